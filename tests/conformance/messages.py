"""What the service's frameworks say of a constraint that does not hold."""

import json

from examples import example

REQUIREMENTS = {
    "string": "a string",
    "blob": "base64",
    "integer": "an integer",
    "boolean": "true or false",
    "list": "a list",
    "map": "an object",
    "structure": "an object",
}


def printed(case):
    """The path as messages have it: small first letters, entries as `names.1.member`."""
    parts, parent = [], case.operation.request
    for step in case.steps:
        if step == "[]":
            parts.append("1.member")
        elif step == "{key}":
            parts.append("key")
        elif step == "{value}":
            parts.append(example(parent.members["{key}"]))
        else:
            parts.append(step[0].lower() + step[1:])
        parent = parent.members[step]
    return ".".join(parts)


def requirement(case):
    constraint = case.member.constraint
    measured = "value" if case.member.kind == "integer" else "length"
    if case.what == "required":
        return "Member must not be null"
    if case.what == "type":
        return "Member must be " + REQUIREMENTS[case.member.kind]
    if case.what == "pattern":
        return "Member must satisfy regular expression pattern: " + constraint["pattern"]
    if case.what == "enum":
        return f"Member must satisfy enum value set: [{', '.join(constraint['values'])}]"
    than = "greater" if case.what == "min" else "less"
    return f"Member must have {measured} {than} than or equal to {constraint[case.what]}"


def shown(case):
    if case.what == "required":
        return "null"
    if case.member.constraint.get("is_secret"):
        return "'***'"
    text = case.value
    if not isinstance(text, str):
        text = json.dumps(text, separators=(",", ":"), ensure_ascii=False)
    if len(text.encode()) > 1024:
        text = text.encode()[:1024].decode() + "..."
    return f"'{text}'"


def sentence_of(case):
    """What a message says of the constraint, after `Value `."""
    return f"{shown(case)} at '{printed(case)}' failed to satisfy constraint: {requirement(case)}"
