"""The table of the contract, as the program `contract` prints it, cut into single facts.

A fact is one thing that is said of one member of one operation's request or answer. Its key tells
what: the operation, "request" or "response", the member's path and what is said of it, such as
("CreateCanary", "request", "RunConfig.TimeoutInSeconds", "max"). `Names[]` are the entries of a
list, `Tags{key}` and `Tags{value}` those of a map.
"""

import collections
import json
import os
import subprocess

# What the model calls a constraint. The other facts say where a member or an operation is found.
CONSTRAINTS = ("type", "required", "min", "max", "pattern", "enum")

Fact = collections.namedtuple("Fact", "operation side path what")


class Member:
    """A member, or the entries, keys or values of one, and what it has to keep to."""

    def __init__(self, path, kind, constraint, required=False, members=(), place="body"):
        self.path = path
        self.kind = kind
        self.constraint = constraint
        self.required = required
        self.place = place
        self.members = {}
        if kind == "structure":
            names = ((f"{path}.{row['name']}" if path else row["name"], row) for row in members)
            self.members = {row["name"]: member_of(name, row) for name, row in names}
        if kind == "list":
            # The rows do not say what entries are: structures where they have rows, else texts.
            kind_of_entry = "structure" if members else "string"
            of_entry = constraint.get("element", {})
            self.members["[]"] = Member(f"{path}[]", kind_of_entry, of_entry, members=members)
        if kind == "map":
            self.members["{key}"] = Member(path + "{key}", "string", constraint.get("key", {}))
            of_value = constraint.get("element", {})
            self.members["{value}"] = Member(path + "{value}", "string", of_value)

    def constraints(self):
        """What the model could say of it too, by its name in CONSTRAINTS."""
        said = {
            "type": self.kind,
            "required": self.required or None,
            "enum": self.constraint.get("values"),
            **{what: self.constraint.get(what) for what in ("min", "max", "pattern")},
        }
        return {what: value for what, value in said.items() if value is not None}

    def walk(self, steps=()):
        """All that is within it, each with the steps that lead there."""
        for step, member in self.members.items():
            yield (*steps, step), member
            yield from member.walk((*steps, step))


def member_of(path, row):
    return Member(
        path, row["kind"], row["constraint"], row["required"], row.get("members", ()), row["place"]
    )


class Operation:
    def __init__(self, row):
        self.name = row["name"]
        self.method = row["method"]
        self.path = row["path"]
        self.family = row["family"]
        self.can_be_too_large = row["can_be_too_large"]
        self.request = Member("", "structure", {}, members=row["request"])
        self.response = Member("", "structure", {}, members=row["response"])


def load():
    """All operations, by name."""
    program = os.environ["SYNTHETICS_LOCAL_CONTRACT"]
    printed = subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout
    return {row["name"]: Operation(row) for row in json.loads(printed)}


def facts_of(operation):
    facts = {
        Fact(operation.name, "", "", "method"): operation.method,
        Fact(operation.name, "", "", "path"): operation.path,
        Fact(operation.name, "", "", "413"): operation.can_be_too_large,
    }
    for _, member in operation.request.walk():
        facts[Fact(operation.name, "request", member.path, "place")] = member.place
        for what, value in member.constraints().items():
            facts[Fact(operation.name, "request", member.path, what)] = value
    for _, member in operation.response.walk():
        facts[Fact(operation.name, "response", member.path, "type")] = member.kind
    return facts


def count(facts, side):
    """How many constraints of each kind are among the facts of one side."""
    counted = collections.Counter(fact.what for fact in facts if fact.side == side)
    return {what: counted[what] for what in CONSTRAINTS if counted[what]}
