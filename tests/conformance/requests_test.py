#!/usr/bin/env python3
"""The program against the table of the contract: each constraint of each request broken once, and
kept only just.

The requests are made from the table. What breaks a constraint is refused in the words of the
service's frameworks, and changes nothing. What keeps it only just is accepted.
"""

import collections
import unittest

import contract
from cases import Case, accepted_cases, fact_of, name_of, refused_cases, request_of
from contract import CONSTRAINTS
from examples import TEXTS, at_limit, breaches, matches
from messages import sentence_of
from world import BASES, World

# What a constraint allows and a rule refuses, whatever else is in the request.
Rule = collections.namedtuple("Rule", "path limits status message reason")
ALL, ENDS = CONSTRAINTS, ("min", "max", "pattern")
# fmt: off
RULES = [
    Rule("NextToken", ALL, 400, "Invalid NextToken", "tokens are the emulator's, and sealed"),
    Rule("Schedule.Expression", ("min",), 400, "Invalid schedule", "one letter is none"),
    Rule("RuntimeVersion", ("min", "max"), 400, "Invalid runtime version", "there is none such"),
    Rule("Code.BlueprintTypes[]", ENDS, 400, "can be multi-checks only", "it is the only one"),
    Rule("SuccessRetentionPeriodInDays", ("max",), 400, "at most 455 days", "less than the model"),
    Rule("FailureRetentionPeriodInDays", ("max",), 400, "at most 455 days", "less than the model"),
    Rule("VisualReference.BaseCanaryRunId", ("min", "max"), 400, "is no run", "runs have UUIDs"),
    Rule("VisualReferences[].BaseCanaryRunId", ("min", "max"), 400, "is no run", "runs have UUIDs"),
]
RULES_OF_OPERATION = {
    "AssociateResource": [
        Rule("ResourceArn", ENDS, 404, "Canary not found", "no canary has so short or long an ARN"),
    ],
    "DisassociateResource": [
        Rule("ResourceArn", ENDS, 404, "Canary not found", "as above"),
    ],
}
# fmt: on

NOT_FOUND = {"resource": "ResourceNotFoundException", "tag": "NotFoundException"}
INVALID = {"resource": "ValidationException", "tag": "BadRequestException"}


def is_mutating(operation):
    return not operation.name.startswith(("Get", "List", "Describe"))


def is_not_found(case, answer):
    """Whether the longest or shortest label names what there is not: that is for others to test."""
    place = case.operation.request.members[case.steps[0]].place
    if place != "label" or case.what not in ("min", "max", "pattern"):
        return False
    return (answer.status, answer.kind) == (404, NOT_FOUND[case.operation.family])


def rule_of(case):
    rules = RULES_OF_OPERATION.get(case.operation.name, []) + RULES
    found = (rule for rule in rules if rule.path == case.member.path and case.what in rule.limits)
    return next(found, None)


def told(facts):
    counts = contract.count(facts, "request")
    return f"{len(facts)} ({', '.join(f'{number} {what}' for what, number in counts.items())})"


class RequestsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.operations = contract.load()
        cls.world = cls.enterClassContext(World())

    def test_there_are_examples_of_all_patterns(self):
        members = [
            member
            for operation in self.operations.values()
            for _, member in operation.request.walk()
            if "pattern" in member.constraint
        ]
        patterns = {member.constraint["pattern"] for member in members}
        self.assertEqual(patterns, set(TEXTS), "the table's patterns, and those with examples")
        for member in members:
            texts = TEXTS[member.constraint["pattern"]]
            strict = {"pattern": member.constraint["pattern"]}
            good = at_limit(member, "pattern")[:2]
            self.assertTrue(all(matches(strict, text) for text in good), good)
            self.assertFalse(any(matches(member.constraint, text) for text in texts.bad), texts.bad)
            self.assertFalse(any(matches(strict, text) for text in texts.wider), texts.wider)
            self.assertTrue(all(matches(member.constraint, text) for text in texts.wider))

    def test_there_is_a_base_of_all_operations(self):
        self.assertEqual(set(self.operations), set(BASES))

    def test_what_breaks_a_constraint_is_refused(self):
        self.world.make()
        before = self.world.state()
        number = 0
        for operation in self.operations.values():
            for case in refused_cases(operation):
                number += 1
                with self.subTest(name_of(case)):
                    self.check_refusal(case)
            if self.world.state() != before:
                self.blame(operation, before)
        print(f"{number} requests refused")

    def check_refusal(self, case):
        try:
            self.check_answer(case, self.world.call(case.operation, request_of(case)))
        except AssertionError:
            self.world.make()  # the next one is not to suffer from what this one did
            raise

    def blame(self, operation, before):
        """Finds the requests that have changed something, for which looking after each is slow."""
        for case in refused_cases(operation):
            self.world.make()
            self.world.call(operation, request_of(case))
            with self.subTest(name_of(case)):
                self.assertEqual(self.world.state(), before, "a refused request changed something")
        self.fail(f"refused requests of {operation.name} have changed something")

    def check_answer(self, case, answer):
        constraint = case.member.constraint
        is_entity = case.what == "max" and constraint.get("is_entity", False)
        is_too_large = is_entity and case.operation.can_be_too_large
        kind = "RequestEntityTooLargeException" if is_too_large else INVALID[case.operation.family]
        self.assertEqual((answer.status, answer.kind), (413 if is_too_large else 400, kind), answer)
        if "sentence" in constraint and case.what in ("min", "max"):
            self.assertEqual(answer.message, constraint["sentence"])
            return
        count = breaches(case.member, case.what, case.value)
        start = f"{count} validation error{'s' if count > 1 else ''} detected: Value "
        self.assertEqual(answer.message[: len(start)], start, answer)
        sentences = answer.message[len(start) :].split("; Value ")
        self.assertEqual(len(sentences), count, answer)
        self.assertIn(sentence_of(case), sentences)

    def test_what_keeps_a_constraint_is_accepted(self):
        outcomes = collections.Counter()
        self.used_rules = set()
        for operation in self.operations.values():
            self.world.make(operation.name)
            for case in accepted_cases(operation):
                with self.subTest(name_of(case)):
                    outcomes[self.check_acceptance(case)] += 1
        rules = {rule for rules in [RULES, *RULES_OF_OPERATION.values()] for rule in rules}
        self.assertEqual(self.used_rules, rules)
        print(", ".join(f"{number} requests {outcome}" for outcome, number in outcomes.items()))

    def check_acceptance(self, case):
        if case.member.path in ("DryRunId", "dryRunId"):
            case = case._replace(value=self.world.dry_run)
        answer = self.world.call(case.operation, request_of(case))
        if is_mutating(case.operation) and answer.status == 200:
            self.world.make(case.operation.name)
        rule = rule_of(case)
        if rule:
            self.assertEqual(answer.status, rule.status, answer)
            self.assertIn(rule.message, answer.message)
            self.used_rules.add(rule)
            return "accepted but for a rule"
        if is_not_found(case, answer):
            return "accepted for what there is not"
        self.assertEqual(answer.status, 200, answer)
        return "accepted"

    def test_an_empty_label_is_another_path_or_too_short(self):
        for operation in self.operations.values():
            for name, member in operation.request.members.items():
                if member.place == "label":
                    with self.subTest(operation.name):
                        self.check_empty_label(Case(operation, (name,), member, "min", ""))

    def check_empty_label(self, case):
        answer = self.world.call(case.operation, request_of(case))
        if not case.operation.path.endswith("}"):
            self.check_answer(case, answer)
            return
        unknown = (404, "UnknownOperationException")
        self.assertEqual((answer.status, answer.kind), unknown, answer)

    def test_all_constraints_are_covered(self):
        operations = self.operations.values()
        facts = {fact for operation in operations for fact in contract.facts_of(operation)}
        facts = {fact for fact in facts if fact.side == "request" and fact.what in CONSTRAINTS}
        refused = {fact_of(case) for operation in operations for case in refused_cases(operation)}
        accepted = {fact_of(case) for operation in operations for case in accepted_cases(operation)}
        self.assertEqual(refused - facts, set())
        self.assertEqual({fact for fact in accepted if fact.what in CONSTRAINTS}, facts)
        print("constraints covered:", told(facts))
        print("of these no request can break:", told(facts - refused))


if __name__ == "__main__":
    unittest.main()
