"""The few Synthetics calls that these tests are made of."""

import datetime


def creation(name, expression="rate(1 minute)"):
    """CreateCanary's request."""
    return {
        "Name": name,
        "Code": {"S3Bucket": "code", "S3Key": "code.zip", "Handler": "index.handler"},
        "ArtifactS3Location": "s3://artifacts",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
        "Schedule": {"Expression": expression},
        "RuntimeVersion": "syn-nodejs-puppeteer-13.0",
    }


# A seed that keeps the program busy for seconds.
MUCH_TO_DO = {"canaries": [{**creation("checkout"), "start": True, "history": {"days": 150}}]}


def call(emulator, method, path, body=None, headers=None):
    """The answer's body of a call that succeeds."""
    status, _, answer = emulator.request(method, path, body, headers)
    assert status == 200, (method, path, status, answer)
    return answer


def create(emulator, name, expression="rate(1 minute)"):
    """A new canary, as CreateCanary shows it."""
    return call(emulator, "POST", "/canary", creation(name, expression))["Canary"]


def start(emulator, name):
    """StartCanary."""
    call(emulator, "POST", f"/canary/{name}/start")


def run(emulator, name, expression="rate(1 minute)"):
    """A new canary in RUNNING, its first run just begun. The clock moves as far as that takes."""
    create(emulator, name, expression)
    emulator.advance(until="settled")
    start(emulator, name)
    emulator.advance(until="settled")


def get(emulator, name):
    """The canary as GetCanary shows it."""
    return call(emulator, "GET", f"/canary/{name}")["Canary"]


def state_of(emulator, name):
    """The canary's state."""
    return get(emulator, name)["Status"]["State"]


def runs_of(emulator, name):
    """All runs of a canary, in the order in which they started."""
    runs, token = [], {}
    while True:
        page = call(emulator, "POST", f"/canary/{name}/runs", token)
        runs += page["CanaryRuns"]
        if "NextToken" not in page:
            return runs[::-1]
        token = {"NextToken": page["NextToken"]}


def started(runs):
    """When runs started, in seconds since 1970."""
    return [run["Timeline"]["Started"] for run in runs]


def now(emulator):
    """What the emulator's clock shows, in seconds since 1970."""
    return seconds(call(emulator, "GET", "/_emulator/clock")["now"])


def seconds(instant):
    """An ISO instant in seconds since 1970."""
    return datetime.datetime.fromisoformat(instant).timestamp()
