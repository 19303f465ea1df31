"""Values of members: good ones of every size, and ones that break a single constraint."""

import base64
import collections
import re

from zips import make_zip

ACCOUNT = "123456789012"
MISSING = object()

CANARY = f"arn:aws:synthetics:us-east-1:{ACCOUNT}:canary:checkout"
RUNTIME = "syn-nodejs-puppeteer-13.0"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/canary"

ZIP = base64.b64encode(make_zip("nodejs/node_modules/index.js")).decode()
CODE = {"ZipFile": ZIP, "Handler": "index.handler"}

# Of members that have a meaning besides their form.
BY_NAME = {
    "ArtifactS3Location": "s3://artifacts",
    "BaseCanaryRunId": "nextrun",
    "BlueprintTypes[]": "multi-checks",
    "Code": CODE,
    "Expression": "rate(1 hour)",
    "Handler": "index.handler",
    "RuntimeVersion": RUNTIME,
    "ZipFile": ZIP,
    "name": "checkout",
    "groupIdentifier": "team",
    "resourceArn": CANARY,
    "ResourceArn": CANARY,
}

# The shortest text that matches a pattern, the longest one of a size, ones that do not match, and
# ones that do not but match the wider pattern that the table accepts in its place.
Texts = collections.namedtuple("Texts", "shortest longest bad wider", defaults=[()])


def filled(head, tail=""):
    """Makes texts of any size: between head and tail there is room."""
    return lambda size: head + "a" * (size - len(head) - len(tail)) + tail


def arns(form, bad):
    """Of ARNs whose name is short: the room is in the partition."""
    resource = f":synthetics:us-east-1:{ACCOUNT}:canary:checkout"
    shortest = f"arn::synthetics:us-a-1:{ACCOUNT}:canary:a"
    without_account = "arn:aws:synthetics:us-east-1::canary:checkout"
    return {form: Texts(shortest, filled("arn:aws-", resource), bad, [without_account])}


TEXTS = {
    r"^[0-9a-z_\-]+$": Texts("a", filled(""), ["A", "a b", "ä"]),
    "^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$": Texts(
        "01234567-89ab-cdef-0123-456789abcdef",
        lambda _: "fedcba98-7654-3210-fedc-ba9876543210",
        ["01234567-89AB-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcde"],
    ),
    r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+": Texts(
        f"arn::iam::{ACCOUNT}:rolea", filled(ROLE), ["arn:aws:iam::12345:role/canary", "canary"]
    ),
    r"arn:(aws[a-zA-Z-]*)?:kms:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}:key/[\w\-\/]+": Texts(
        f"arn::kms:us-a-1:{ACCOUNT}:key/a",
        filled(f"arn:aws-us-gov:kms:us-gov-east-1:{ACCOUNT}:key/"),
        [f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/a"],
    ),
    **arns(
        r"arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}"
        r":(canary|group):[0-9a-z_\-]+",
        [f"arn:aws:synthetics:us-east-1:{ACCOUNT}:run:checkout", "checkout"],
    ),
    **arns(
        r"arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}"
        r":canary:[0-9a-z_\-]{1,255}",
        [f"arn:aws:synthetics:us-east-1:{ACCOUNT}:group:team", "checkout"],
    ),
    "^(?!aws:)[a-zA-Z+-=._:/]+$": Texts("a", filled(""), ["aws:mine", "a@b"], ["a b"]),
    r"^(([0-9a-zA-Z_-]+(\/|\.))*[0-9A-Za-z_\\-]+(\.|::)[A-Za-z_][A-Za-z0-9_]*)?$": Texts(
        "", filled("folder/", ".handler"), ["handler", "index.0"]
    ),
    r"[0-9a-zA-Z_\-\.]+": Texts("a", filled(""), ["multi checks"]),
    # How long names are is left to Lambda, which has 4 KB for all of them.
    "[a-zA-Z]([a-zA-Z0-9_])+": Texts("ab", lambda _: filled("A_1")(4000), ["a", "1a", "a-b"]),
    r"^(-?\d{1,5}\.?\d{0,2},){3}(-?\d{1,5}\.?\d{0,2}){1}$": Texts(
        "0,1,2,3", lambda _: ",".join(["-12345.67"] * 4), ["0,1,2", "0,1,2,123456.789"]
    ),
    "^.+$": Texts("a", filled(""), ["\n"]),
}

# Each type of JSON that a member's value is not; `null` says that there is none.
WRONG = {
    "string": [7, 7.5, True, [], {}, ["x"]],
    "blob": [7, 7.5, True, [], {}, "%%%"],
    "integer": ["7", 7.5, -0.5, True, [], {}],
    "boolean": ["yes", "true", 1, 0, 1.5, [], {}],
    "list": ["x", 7, 7.5, True, {}],
    "map": ["x", 7, 7.5, True, []],
    "structure": ["x", 7, 7.5, True, []],
}
# Where all is text, and a list is a parameter that stands as often as it has entries. For booleans.
WRONG_IN_QUERY = ["yes", 1, 0, 1.5]


def matches(constraint, text):
    pattern = constraint.get("accepted", constraint.get("pattern"))
    return pattern is None or re.fullmatch(pattern, text, re.ASCII) is not None


def example(member):
    """A good value: of a structure only with what it requires."""
    name = member.path.split(".")[-1]
    if name in BY_NAME:
        return BY_NAME[name]
    if member.kind == "structure":
        return {step: example(inner) for step, inner in member.members.items() if inner.required}
    if member.kind == "boolean":
        return True
    if "values" in member.constraint:
        return member.constraint["values"][0]
    if "pattern" in member.constraint:
        return TEXTS[member.constraint["pattern"]].shortest
    return of_size(member, max(1, member.constraint.get("min", 1)))


def of_size(member, size):
    """A value with so many characters, bytes or entries, or the number itself."""
    if member.kind == "integer":
        return size
    if member.kind == "list":
        return [example(member.members["[]"])] * size
    if member.kind == "map":
        return {f"k{index}": example(member.members["{value}"]) for index in range(size)}
    if member.kind == "blob":
        return base64.b64encode(bytes(size)).decode()
    if member.path.endswith("Expression") and size > 20:
        return "rate(" + "1 hour)".rjust(size - len("rate("))
    if "pattern" in member.constraint and size > 0:
        return TEXTS[member.constraint["pattern"]].longest(size)
    return "é" * size  # characters count, not bytes


def at_limit(member, what):
    """Values that are only just good."""
    limit = member.constraint.get(what)
    if what == "enum":
        return member.constraint["values"]
    texts = TEXTS.get(member.constraint.get("pattern"))
    if what == "pattern":
        return [texts.shortest, texts.longest(member.constraint.get("max"))]
    if what == "accepted":
        return texts.wider
    if what == "min" and texts:
        return [texts.shortest]
    if what in ("min", "max"):
        return [of_size(member, limit)]
    return [True, False] if member.kind == "boolean" else [example(member)]


def beyond_limit(member, what):
    """Values that break this constraint, of the member's type but where that is broken."""
    limit = member.constraint.get(what)
    if what == "required":
        return [MISSING]
    if what == "type":
        return WRONG_IN_QUERY if member.place == "query" else WRONG[member.kind]
    if what == "enum":
        return ["NONE_OF_THEM", member.constraint["values"][0].swapcase()]
    if what == "pattern":
        return TEXTS[member.constraint["pattern"]].bad
    return [of_size(member, limit - 1 if what == "min" else limit + 1)]


def breaches(member, what, value):
    """How many constraints a value breaks: too short a text cannot match most patterns either."""
    if what in ("required", "type") or not isinstance(value, str) or member.kind == "blob":
        return 1
    constraint = member.constraint
    return sum(
        [
            len(value) < constraint.get("min", 0),
            len(value) > constraint.get("max", len(value)),
            not matches(constraint, value),
            value not in constraint.get("values", [value]),
        ]
    )
