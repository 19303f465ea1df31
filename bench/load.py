"""What is asked of the servers: the operations, checked once and then sent by wrk."""

import json
import pathlib
import subprocess
from dataclasses import dataclass

SCRIPT = pathlib.Path(__file__).resolve().parent / "requests.lua"

# As long as what an SDK sends; no server here checks the signature.
HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux#6.1.0 md/arch#x86_64"
    " lang/python#3.11.2 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.34.0",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256"
    " Credential=test/20260101/us-east-1/synthetics/aws4_request,"
    " SignedHeaders=content-type;host;x-amz-date,"
    " Signature=8d0b1a5c7e3f92460c4b6d8e1f3a57920b4c6d8e0f1a3b5c7d9e2f4061728394",
}

NUMBER = "########"  # requests.lua puts a number of as many digits here
EVER_NEW = 99_000_000  # a period that no round gets to the end of
PAGE = 20
RUNS = 100


def name(number=NUMBER):
    return f"canary-{number}" if number == NUMBER else f"canary-{number:08d}"


def creation(number=NUMBER):
    """With all members that people commonly set."""
    return {
        "Name": name(number),
        "Code": {"S3Bucket": "my-bucket", "S3Key": "canary.zip", "Handler": "index.handler"},
        "ArtifactS3Location": "s3://my-bucket/artifacts",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/service-role/canary-role",
        "Schedule": {
            "Expression": "rate(5 minutes)",
            "DurationInSeconds": 0,
            "RetryConfig": {"MaxRetries": 1},
        },
        "RunConfig": {
            "TimeoutInSeconds": 120,
            "MemoryInMB": 1024,
            "ActiveTracing": True,
            "EnvironmentVariables": {"STAGE": "test", "TARGET": "https://shop.example.com/"},
        },
        "SuccessRetentionPeriodInDays": 31,
        "FailureRetentionPeriodInDays": 31,
        "RuntimeVersion": "syn-nodejs-puppeteer-11.0",
        "VpcConfig": {
            "SubnetIds": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
            "SecurityGroupIds": ["sg-0a1b2c3d4e5f60718"],
        },
        "Tags": {"team": "shop", "stage": "test"},
        "ArtifactConfig": {"S3Encryption": {"EncryptionMode": "SSE_S3"}},
    }


UPDATE = {
    "Schedule": {"Expression": "rate(10 minutes)"},
    "RunConfig": {"TimeoutInSeconds": 240, "MemoryInMB": 2048},
    "SuccessRetentionPeriodInDays": 62,
}


@dataclass(frozen=True)
class Request:
    """`NUMBER` in path and body is `first` when it is checked, and goes on from there."""

    method: str
    path: str
    body: dict | None
    is_right: callable  # of a connection, the answer, and the number that was in the request
    first: int = 0
    period: int = 1
    share: int = 1

    def text(self, host):
        body = "" if self.body is None else json.dumps(self.body)
        head = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        head += [f"{key}: {value}" for key, value in HEADERS.items()]
        head += [f"Content-Length: {len(body)}"] if body else []
        return "\r\n".join([*head, "", body])

    def ask(self, connection):
        def numbered(text):
            return text.replace(NUMBER, f"{self.first:08d}")

        body = None if self.body is None else json.loads(numbered(json.dumps(self.body)))
        return connection.ask(self.method, numbered(self.path), body)


@dataclass(frozen=True)
class Operation:
    name: str
    requests: tuple
    canaries: int  # that are there beforehand
    runs: bool = False  # of the first of them
    changes_much: bool = False  # so that what is measured after it finds another state
    lacking: tuple = ("full",)  # the servers that do not have it, or for which it is no news


def get_canary(canaries, share=1):
    def is_right(_, answer, number):
        return has_members(answer["Canary"], number)

    path = f"/canary/{name()}"
    return Request("GET", path, None, is_right, period=canaries, share=share)


def describe_canaries(canaries, share=1):
    def is_right(_, answer, __):
        # moto_server has no pages.
        listed = answer["Canaries"]
        return len(listed) in (min(PAGE, canaries), canaries) and all(
            has_members(canary, int(canary["Name"][-len(NUMBER) :])) for canary in listed
        )

    return Request("POST", "/canaries", {"MaxResults": PAGE}, is_right, share=share)


def get_canary_runs():
    def is_right(_, answer, number):
        runs = answer["CanaryRuns"]
        return len(runs) == PAGE and all(
            run["Name"] == name(number) and run["Status"]["State"] == "PASSED" for run in runs
        )

    return Request("POST", f"/canary/{name()}/runs", {"MaxResults": PAGE}, is_right)


def create_canary(canaries, share=1):
    def is_right(connection, answer, number):
        kept = connection.ask("GET", f"/canary/{name(number)}")["Canary"]
        return has_members(answer["Canary"], number) and has_members(kept, number)

    return Request(
        "POST", "/canary", creation(), is_right, first=canaries, period=EVER_NEW, share=share
    )


def update_canary(canaries):
    def is_right(connection, _, number):
        kept = connection.ask("GET", f"/canary/{name(number)}")["Canary"]
        return kept["Name"] == name(number) and has(kept, UPDATE)

    return Request("PATCH", f"/canary/{name()}", UPDATE, is_right, period=canaries)


def has(actual, expected):
    """Whether all that is expected is there: a server may add to it."""
    if not isinstance(expected, dict):
        return actual == expected
    return isinstance(actual, dict) and all(
        key in actual and has(actual[key], value) for key, value in expected.items()
    )


def has_members(canary, number):
    expected = creation(number)
    # What a canary does not show as it was given: the service leaves it out or writes it otherwise.
    del expected["Code"], expected["ArtifactS3Location"]
    del expected["RunConfig"]["EnvironmentVariables"]
    return has(canary, expected) and canary["Status"]["State"] == "READY"


def operations(canaries):
    """The mix begins with no more than a page, so that a server without pages has a fair chance."""
    return (
        Operation("GetCanary", (get_canary(canaries),), canaries),
        Operation("DescribeCanaries", (describe_canaries(canaries),), canaries),
        Operation(
            "GetCanaryRuns", (get_canary_runs(),), canaries, runs=True, lacking=("moto", "full")
        ),
        Operation("CreateCanary", (create_canary(0),), 0, changes_much=True, lacking=()),
        Operation("UpdateCanary", (update_canary(canaries),), canaries, lacking=("moto", "full")),
        Operation(
            "mix 80/15/5",
            (get_canary(PAGE, 80), describe_canaries(PAGE, 15), create_canary(PAGE, 5)),
            PAGE,
            changes_much=True,
        ),
    )


def prepare(connection, operation):
    for number in range(operation.canaries):
        connection.ask("POST", "/canary", creation(number))
    if operation.runs:
        connection.ask("POST", f"/canary/{name(0)}/start")
        # At rate(5 minutes), the first of them at once, and to the end of the last.
        connection.ask("POST", "/_emulator/clock/advance", {"seconds": 300 * RUNS - 1})


def drive(address, operation, connections, seconds):
    """What wrk, on one thread, says about it; the last line that requests.lua prints."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT)]
    command += [f"http://{address}/", "--"]
    for request in operation.requests:
        command += [str(request.share), str(request.first), str(request.period)]
        command += [request.text(address)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ended.stdout.splitlines()[-1])
