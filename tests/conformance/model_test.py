#!/usr/bin/env python3
"""The table of the contract against the service model that botocore ships, both ways.

With a botocore that is older than the table, what it does not know yet is printed, and only what it
does know has to be in the table.
"""

import collections
import sys
import unittest

from isolation import isolate, require_boto3

import contract

# By the model's names. `long` is for the widest numbers only, the table has one kind for both.
KINDS = {"long": "integer", "timestamp": "instant"}
PLACES = {"uri": "label", "querystring": "query"}


def model_facts(operation):
    """The facts of the table again, from botocore's shapes, by nothing that reads the table."""
    facts = {
        contract.Fact(operation.name, "", "", "method"): operation.http["method"],
        contract.Fact(operation.name, "", "", "path"): operation.http["requestUri"],
        contract.Fact(operation.name, "", "", "413"): "RequestEntityTooLargeException"
        in [shape.name for shape in operation.error_shapes],
    }

    def say(side, path, what, value):
        facts[contract.Fact(operation.name, side, path, what)] = value

    def see(side, path, shape, place="body", required=False):
        say(side, path, "type", KINDS.get(shape.type_name, shape.type_name))
        if side == "request":
            say(side, path, "place", place)
            if required:
                say(side, path, "required", True)
            for what in ("min", "max", "pattern", "enum"):
                if what in shape.metadata:
                    say(side, path, what, shape.metadata[what])
        if shape.type_name == "structure":
            see_members(side, path, shape)
        elif shape.type_name == "list":
            see(side, path + "[]", shape.member)
        elif shape.type_name == "map":
            see(side, path + "{key}", shape.key)
            see(side, path + "{value}", shape.value)

    def see_members(side, path, shape):
        for member, inner in shape.members.items():
            name = inner.serialization.get("name", member)
            location = inner.serialization.get("location", "body")
            place = PLACES.get(location, location)
            required = member in shape.required_members
            see(side, f"{path}.{name}" if path else name, inner, place, required)

    for side, shape in (("request", operation.input_shape), ("response", operation.output_shape)):
        if shape is not None:
            see_members(side, "", shape)
    return facts


def merged(dictionaries):
    return dict(collections.ChainMap(*dictionaries))


def name_of(fact):
    return " ".join(part for part in (fact.operation, fact.side, fact.path, fact.what) if part)


def lacking(here, there):
    """The operations and members that are here and not there, without what is within them."""
    operations = {fact.operation for fact in there}
    lost = {fact.operation for fact in here} - operations
    members = [
        (fact.operation, fact.side, fact.path)
        for fact in here
        if fact.what == "type" and fact not in there and fact.operation in operations
    ]
    topmost = [
        member
        for member in members
        if not any(is_within(member, other) for other in members if other != member)
    ]
    return sorted(lost) + [" ".join(member) for member in sorted(topmost)]


def is_within(member, other):
    path = other[2]
    return member[:2] == other[:2] and member[2].startswith((path + ".", path + "[", path + "{"))


def differences(model, table):
    """A line for each fact that is not the same on both sides."""
    for fact in sorted(model.keys() | table.keys()):
        if model.get(fact) != table.get(fact):
            ours, theirs = table.get(fact), model.get(fact)
            yield f"{name_of(fact)}: {ours!r} in the table, {theirs!r} in botocore"


def of_known_members(facts, others):
    """Without the facts of members that the others do not have."""
    known = {fact[:3] for fact in others}
    return {fact: value for fact, value in facts.items() if fact[:3] in known}


def print_counts(title, facts):
    for side in ("request", "response"):
        counts = contract.count(facts, side)
        kinds = ", ".join(f"{number} {what}" for what, number in counts.items())
        print(f"{title}, {side}s: {sum(counts.values())} constraints ({kinds})")


class ModelTest(unittest.TestCase):
    def setUp(self):
        from strict import MODEL, MODEL_IS_CURRENT

        self.is_current = MODEL_IS_CURRENT
        models = (MODEL.operation_model(name) for name in MODEL.operation_names)
        self.model = merged(model_facts(model) for model in models)
        self.table = merged(contract.facts_of(row) for row in contract.load().values())

    def test_the_table_lacks_nothing(self):
        missing = lacking(self.model, self.table)
        if missing:
            self.fail("newer in botocore: " + ", ".join(missing))

    def test_both_say_the_same(self):
        if self.is_current:
            different = list(differences(self.model, self.table))
            if different:
                self.fail("\n".join(["not the same:", *different]))
            return
        unknown = lacking(self.table, self.model)
        print("unknown to this botocore:", *unknown, sep="\n  ")
        known = of_known_members(self.table, self.model)
        print("known to it differently:", *differences(self.model, known), sep="\n  ")

    def test_both_say_as_much(self):
        print_counts("botocore", self.model)
        print_counts("the table", self.table)
        if self.is_current:
            for side in ("request", "response"):
                theirs, ours = (contract.count(facts, side) for facts in (self.model, self.table))
                self.assertEqual(theirs, ours)


def main():
    require_boto3()
    isolate()
    ended = unittest.main(exit=False)

    import botocore

    print(f"botocore {botocore.__version__} on Python {sys.version.split()[0]}")
    sys.exit(not ended.result.wasSuccessful())


if __name__ == "__main__":
    main()
