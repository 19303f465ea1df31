"""The requests that the table makes: what breaks a constraint, and what keeps it only just."""

import collections

from contract import Fact
from examples import CODE, MISSING, ZIP, at_limit, beyond_limit, example
from world import BASES

Case = collections.namedtuple("Case", "operation steps member what value")


def is_breakable(operation, steps, member, what):
    """Whether a request can break it at all. Where not, it is covered by how requests are made.

    Without a label a request is on another path, and all of a path or a query is text, as is a key
    in JSON.
    """
    place = operation.request.members[steps[0]].place
    if what == "accepted":
        return False  # what is not accepted does not match the pattern either
    if what == "required":
        return place != "label"
    if what == "type":
        return (place == "body" and steps[-1] != "{key}") or member.kind == "boolean"
    if what == "min" and member.kind != "integer":
        # Nothing is shorter than nothing. A list without entries is missing from a query, and the
        # empty label has a test of its own.
        is_sent = place == "body" or (place == "query" and member.kind == "string")
        return member.constraint["min"] > 0 and is_sent
    return True


def code_around(path, value):
    """The code in which a value of a member of it is accepted, or a runtime version."""
    if path.startswith("Code.S3"):
        return {"Code": {"Handler": "index.handler", "S3Bucket": "code", "S3Key": "code.zip"}}
    # A blueprint stands in for the handler, on its own runtime.
    if path == "Code.Handler" and value == "":
        code = {"ZipFile": ZIP, "BlueprintTypes": ["multi-checks"]}
        return {"Code": code, "RuntimeVersion": "syn-nodejs-3.0"}
    if path.startswith("Code.BlueprintTypes") and value != []:
        return {"Code": {"ZipFile": ZIP}, "RuntimeVersion": "syn-nodejs-3.0"}
    return {"Code": CODE}


def surroundings(path, value):
    """What has to stand beside a member for its value to be accepted."""
    name = path.split(".")[0]
    if name in ("Code", "RuntimeVersion"):
        return code_around(path, value)
    if name == "VisualReference":
        return {"Code": CODE, "RuntimeVersion": "syn-nodejs-puppeteer-10.0"}
    if name.startswith("ResourcesToReplicateTags"):
        return {"Tags": {"k0": "v"}}
    if name == "Schedule":
        return {"RunConfig": {"TimeoutInSeconds": 60}}  # for two retries
    return {}


def grown(member, current, steps, value):
    """A member's value that has another value within, where the steps lead."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    inner = member.members[step]
    if step == "[]":
        first = current[0] if current else example(inner)
        return [grown(inner, first, rest, value)]
    if step == "{key}":
        return {value: example(member.members["{value}"])}
    if step == "{value}":
        return {example(member.members["{key}"]): value}
    current = example(member) if current is None else current
    members = {**current, step: grown(inner, current.get(step), rest, value)}
    return {name: value for name, value in members.items() if value is not MISSING}


def request_of(case):
    base = {**BASES[case.operation.name], **surroundings(case.member.path, case.value)}
    return grown(case.operation.request, base, case.steps, case.value)


def whats(member):
    """All that the table says of a member's value."""
    return [*member.constraints(), *({"accepted"} & member.constraint.keys())]


def refused_cases(operation):
    for steps, member in operation.request.walk():
        for what in whats(member):
            if is_breakable(operation, steps, member, what):
                for value in beyond_limit(member, what):
                    yield Case(operation, steps, member, what, value)


def accepted_cases(operation):
    for steps, member in operation.request.walk():
        for what in whats(member):
            for value in at_limit(member, what):
                yield Case(operation, steps, member, what, value)


def fact_of(case):
    return Fact(case.operation.name, "request", case.member.path, case.what)


def name_of(case):
    shown = "nothing" if case.value is MISSING else repr(case.value)
    shown = shown if len(shown) < 80 else f"{shown[:60]}... ({len(shown)} characters)"
    return f"{case.operation.name} {case.member.path}, {case.what}: {shown}"
