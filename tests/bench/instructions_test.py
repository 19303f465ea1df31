"""bench/instructions.py's verdicts; what it counts is not counted here."""

import contextlib
import io
import json
import pathlib
import sys
import unittest
import unittest.mock

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import instructions  # noqa: E402

DECODED = "CreateCanary, only decoded"
TIMES = {"GetCanary": 3.14159, "UpdateCanary": 20, DECODED: 7}


def counts(compiler="12.2.0", **of_operations):
    return {"madeWith": {"g++": compiler}, "instructions": of_operations}


def run(now, kept, *options):
    """What it ends with, and prints, where the driver has counted `now`."""
    printed = io.StringIO()
    file = unittest.mock.Mock(**{"read_text.return_value": json.dumps(kept)})
    with (
        unittest.mock.patch.multiple(
            instructions, KEPT=file, measure=lambda _: now, time_all=lambda _: TIMES
        ),
        unittest.mock.patch("sys.argv", ["instructions.py", *options, "driver"]),
        contextlib.redirect_stdout(printed),
    ):
        try:
            instructions.main()
            ended = None
        except SystemExit as end:
            ended = end.code
    return ended, printed.getvalue(), file


class Verdict(unittest.TestCase):
    def test_a_rise_of_nine_percent_is_good(self):
        ended, table, _ = run(counts(GetCanary=109), counts(GetCanary=100))
        self.assertIsNone(ended)
        self.assertRegex(table, r"GetCanary +109 +100 +\+9\.0 % +3.14 +good")

    def test_a_rise_of_eleven_percent_fails_and_says_how_to_keep_it(self):
        ended, table, _ = run(counts(GetCanary=111), counts(GetCanary=100))
        self.assertIn("./dev bench instructions --keep", ended)
        self.assertRegex(table, r"GetCanary +111 +100 +\+11\.0 % +3.14 +ROSE")

    def test_one_rise_among_many_fails(self):
        now, kept = counts(GetCanary=1, UpdateCanary=111), counts(GetCanary=1, UpdateCanary=100)
        self.assertTrue(run(now, kept)[0])

    def test_a_fall_is_worth_keeping(self):
        ended, table, _ = run(counts(GetCanary=80), counts(GetCanary=100))
        self.assertIsNone(ended)
        self.assertRegex(table, r"-20\.0 % +3.14 +fell: worth keeping")

    def test_what_was_never_kept_fails(self):
        ended, table, _ = run(counts(GetCanary=80), counts())
        self.assertTrue(ended)
        self.assertIn("NOT KEPT", table)

    def test_another_compiler_is_not_judged(self):
        ended, table, _ = run(counts(GetCanary=200), counts(compiler="13", GetCanary=100))
        self.assertIsNone(ended)
        self.assertIn("NOT JUDGED: what was kept was made with g++ 13", table)


class Times(unittest.TestCase):
    def test_a_time_and_its_goal_stand_beside_and_are_not_judged(self):
        same = counts(**{"GetCanary": 100, DECODED: 100})
        ended, table, _ = run(same, same)
        self.assertIsNone(ended)
        self.assertRegex(table, r"(?m)^GetCanary .* 3\.14 +good$")
        self.assertRegex(table, r"(?m)^CreateCanary, only decoded .* 7\.00 \(goal 6\) +good$")

    def test_what_is_timed_is_many_times_what_is_counted(self):
        for counted, timed in zip(instructions.operations(), instructions.operations(3)):
            self.assertEqual(timed.name, counted.name)
            self.assertEqual(timed.answers, 3 * counted.answers)
            self.assertEqual(timed.script.before, counted.script.before)


class Keep(unittest.TestCase):
    def test_whatever_was_counted_is_kept(self):
        now = counts(GetCanary=200)
        ended, _, file = run(now, counts(GetCanary=100), "--keep")
        self.assertIsNone(ended)
        self.assertEqual(json.loads(file.write_text.call_args.args[0]), now)

    def test_nothing_is_kept_unasked(self):
        file = run(counts(GetCanary=200), counts(GetCanary=100))[2]
        file.write_text.assert_not_called()

    def test_every_operation_is_kept(self):
        kept = json.loads((BENCH / "instructions.json").read_text())["instructions"]
        self.assertEqual(list(kept), [each.name for each in instructions.operations()])


class Json(unittest.TestCase):
    def test_it_says_all_that_the_table_says(self):
        ended, printed, _ = run(counts(GetCanary=111), counts(GetCanary=100), "--json")
        self.assertTrue(ended)
        report = json.loads(printed)
        self.assertTrue(report["judged"])
        expected = {
            "operation": "GetCanary",
            "instructions": 111,
            "kept": 100,
            "changePercent": 11.0,
            "verdict": "ROSE",
            "us": 3.14,
            "goalUs": None,
        }
        self.assertEqual(report["figures"], [expected])


if __name__ == "__main__":
    unittest.main()
