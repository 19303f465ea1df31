"""A running emulator with a canary, a dry run of it and a group, asked over one connection."""

import http.client
import json
import urllib.parse

from emulator import Emulator

from examples import ACCOUNT, CANARY, CODE, ROLE, RUNTIME

CREATION = {
    "Code": CODE,
    "ArtifactS3Location": "s3://artifacts",
    "ExecutionRoleArn": ROLE,
    "Schedule": {"Expression": "rate(1 hour)"},
    "RuntimeVersion": RUNTIME,
}

# A request of each operation that succeeds, for which an operation may need another state.
BASES = {
    "CreateCanary": {"Name": "fresh", **CREATION},
    "GetCanary": {"name": "checkout"},
    "UpdateCanary": {"name": "checkout"},
    "DeleteCanary": {"name": "checkout"},
    "StartCanary": {"name": "checkout"},
    "StopCanary": {"name": "checkout"},
    "StartCanaryDryRun": {"name": "checkout"},
    "GetCanaryRuns": {"name": "checkout"},
    "DescribeCanaries": {},
    "DescribeCanariesLastRun": {},
    "DescribeRuntimeVersions": {},
    "TagResource": {"resourceArn": CANARY, "Tags": {"k0": "new"}},
    "UntagResource": {"resourceArn": CANARY, "tagKeys": ["k0"]},
    "ListTagsForResource": {"resourceArn": CANARY},
    "CreateGroup": {"Name": "fresh"},
    "GetGroup": {"groupIdentifier": "team"},
    "DeleteGroup": {"groupIdentifier": "team"},
    "ListGroups": {},
    "AssociateResource": {"groupIdentifier": "team", "ResourceArn": CANARY},
    "DisassociateResource": {"groupIdentifier": "team", "ResourceArn": CANARY},
    "ListGroupResources": {"groupIdentifier": "team"},
    "ListAssociatedGroups": {"resourceArn": CANARY},
}
NEEDED = {"StopCanary": ("POST", "/canary/checkout/start")}


def quoted(text):
    return urllib.parse.quote(text, safe="")


# Where everything that a request could change is to be seen.
VIEWS = [
    ("POST", "/canaries"),
    ("POST", "/canary/checkout/runs"),
    ("POST", "/canary/checkout/runs", {"RunType": "DRY_RUN"}),
    ("POST", "/groups"),
    ("GET", "/group/team"),
    ("POST", "/group/team/resources"),
    ("GET", "/tags/" + quoted(CANARY)),
    ("GET", "/_emulator/clock/pending"),
]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.kind = response.getheader("x-amzn-ErrorType")
        self.body = response.read()

    @property
    def message(self):
        return json.loads(self.body).get("Message")

    def __repr__(self):
        return f"{self.status} {self.kind} {self.body[:2000]!r}"


class World:
    def __init__(self):
        options = ("--clock", "2026-10-01T00:00:00Z", "--transitions", "instant", "--seed", "1")
        self.emulator = Emulator("--log-level", "error", "--account", ACCOUNT, *options)
        self.connection = None
        self.dry_run = None
        self.views = []

    def __enter__(self):
        self.emulator.__enter__()
        address = urllib.parse.urlsplit(self.emulator.url).netloc
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.make()
        return self

    def __exit__(self, *error):
        self.connection.close()
        self.emulator.__exit__(*error)

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body)
        self.connection.request(method, path, data, {"Content-Type": "application/json"})
        return Answer(self.connection.getresponse())

    def call(self, operation, members):
        """Sends a request, each of its members to the place that the table has for it."""
        path, query, body = operation.path, [], {}
        for name, value in members.items():
            place = operation.request.members[name].place
            if place == "label":
                path = path.replace("{" + name + "}", quoted(value))
            elif place == "query":
                query += [(name, text) for text in texts_of(value)]
            else:
                body[name] = value
        if query:
            path += "?" + urllib.parse.urlencode(query)
        return self.ask(operation.method, path, body or None)

    def make(self, operation=""):
        """Begins anew, with what an operation needs."""
        self.expect("POST", "/_emulator/reset", status=204)
        self.expect("POST", "/canary", {"Name": "checkout", "Tags": {"k0": "v"}, **CREATION})
        dry_run = self.expect("POST", "/canary/checkout/dry-run/start")["DryRunConfig"]
        self.dry_run = dry_run["DryRunId"]
        self.expect("POST", "/_emulator/clock/advance", {"until": "settled"})
        self.expect("POST", "/_emulator/clock/advance", {"seconds": 600})
        group = self.expect("POST", "/group", {"Name": "team", "Tags": {"k0": "v"}})["Group"]
        self.expect("PATCH", "/group/team/associate", {"ResourceArn": CANARY})
        if operation in NEEDED:
            self.expect(*NEEDED[operation])
        self.views = [*VIEWS, ("GET", "/tags/" + quoted(group["Arn"]))]

    def expect(self, method, path, body=None, status=200):
        answer = self.ask(method, path, body)
        assert answer.status == status, (method, path, answer)
        return json.loads(answer.body) if answer.body else None

    def state(self):
        """All that can be seen of it."""
        return [self.expect(*view) for view in self.views]


def texts_of(value):
    """A value as the query has it: each entry of a list by itself."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return value if isinstance(value, list) else [value]
