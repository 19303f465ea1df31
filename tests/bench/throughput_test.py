"""bench/throughput.py at small sizes: it measures everything that is here, and prints it."""

import contextlib
import copy
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree

from emulator import skip

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import goals  # noqa: E402
import load  # noqa: E402
import plot  # noqa: E402
import throughput  # noqa: E402
from program import Program  # noqa: E402

BINARY = os.environ["SYNTHETICS_LOCAL_BINARY"]
OPERATIONS = load.operations(25)


def bench():
    command = [sys.executable, BENCH / "throughput.py", "--json", "--rounds", "1"]
    command += ["--canaries", "25", "--connections", "16", BINARY]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout)


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.report = bench()

    def test_each_operation_is_measured_in_memory_and_in_a_file(self):
        rows = self.report["rows"]
        mine = [(row["operation"], row["server"]) for row in rows]
        for operation in OPERATIONS:
            self.assertIn((operation.name, "memory"), mine)
            self.assertIn((operation.name, "file"), mine)

    def test_every_figure_of_ours_is_valid(self):
        for row in self.report["rows"]:
            if row["server"] not in ("memory", "file"):
                continue
            self.assertIsNone(row["invalid"], row)
            for number in ("requestsPerSecond", "cpuUs", "p50Ms", "p99Ms", "residentMb"):
                self.assertGreater(row[number], 0, row)

    def test_a_page_of_ours_lists_20_canaries(self):
        for row in self.report["rows"]:
            if (row["operation"], row["server"]) == ("DescribeCanaries", "memory"):
                listed = row["canariesPerSecond"] / row["requestsPerSecond"]
                self.assertAlmostEqual(listed, 20, places=3)

    def test_the_table_has_every_row_and_every_goal_with_its_verdict(self):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            throughput.print_table(self.report)
        print(printed.getvalue())
        for row in self.report["rows"]:
            figures = "INVALID: " if row["invalid"] else r"[\d.]+ +[\d.]+ "
            self.assertRegex(printed.getvalue(), rf"(?m)^  {row['server']} +{figures}")
        for goal in goals.GOALS:
            verdict = r"(met, [\d.]+|MISSED, [\d.]+|not measured)"
            row = rf"(?m)^  {goal.operation}, {goal.server}: .*: {verdict}$"
            self.assertRegex(printed.getvalue(), row)

    def test_the_plot_is_a_drawing_with_a_bar_for_each_row(self):
        drawing = plot.draw(self.report)
        self.assertEqual(drawing, plot.draw(copy.deepcopy(self.report)))
        bars = xml.etree.ElementTree.fromstring(drawing).findall(".//{*}rect[@class='memory']")
        self.assertEqual(len(bars), len(OPERATIONS))


class Check(unittest.TestCase):
    def check(self, operation, constant=None):
        with Program(BINARY, "memory", "--log-level", "off") as program:
            connection = program.connect(load.HEADERS)
            try:
                return throughput.check(connection, operation, constant)
            finally:
                connection.close()

    def test_a_refusal_makes_a_figure_invalid(self):
        with self.assertRaisesRegex(throughput.Invalid, "404"):
            self.check(OPERATIONS[0])

    def test_a_wrong_answer_makes_a_figure_invalid(self):
        with self.assertRaisesRegex(throughput.Invalid, "wrong answer to POST /canaries"):
            self.check(OPERATIONS[1])

    def test_an_answer_that_is_not_the_constant_one_makes_a_figure_invalid(self):
        with self.assertRaisesRegex(throughput.Invalid, "wrong answer to POST /canaries"):
            self.check(OPERATIONS[1], constant={"Canary": {}})

    def test_a_refusal_under_load_makes_a_figure_invalid(self):
        with Program(BINARY, "memory", "--log-level", "off") as program:
            with self.assertRaisesRegex(throughput.Invalid, "[1-9][0-9]* refused, 0 failed"):
                throughput.measure(program, OPERATIONS[0], connections=1, seconds=1, listed=0)


def row(server, cpu, **numbers):
    numbers = {"p99Ms": 1, "requestsPerSecond": 1, "canariesPerSecond": None, **numbers}
    about = {"operation": "CreateCanary", "server": server, "connections": 16}
    return {**about, "cpuUs": cpu, "invalid": None, **numbers}


class Verdict(unittest.TestCase):
    def verdicts(self, *rows):
        goals.compare(rows)
        of = {"memory": {}, "file": {}, "full": {}}
        for goal, verdict in zip(goals.GOALS, goals.judge(rows), strict=True):
            if goal.operation == "CreateCanary":
                of[goal.server][goal.ratio] = verdict["met"]
        return of

    def test_at_most_so_many_times_the_constant_server(self):
        constant = row("constant", 10)
        self.assertTrue(self.verdicts(row("memory", 30), constant)["memory"]["cpuToConstant"])
        self.assertFalse(self.verdicts(row("memory", 31), constant)["memory"]["cpuToConstant"])

    def test_at_least_so_many_times_better_than_moto(self):
        moto = row("moto", 1200, p99Ms=60)
        self.assertTrue(self.verdicts(row("memory", 10), moto)["memory"]["cpuBelowMoto"])
        self.assertFalse(self.verdicts(row("memory", 11), moto)["memory"]["cpuBelowMoto"])
        self.assertTrue(self.verdicts(row("file", 10, p99Ms=2), moto)["file"]["p99BelowMoto"])
        self.assertFalse(self.verdicts(row("file", 10, p99Ms=3), moto)["file"]["p99BelowMoto"])

    def test_nothing_is_said_where_nothing_was_measured(self):
        self.assertIsNone(self.verdicts(row("memory", 30))["memory"]["cpuToConstant"])

    def test_an_invalid_figure_is_not_judged(self):
        invalid = row("constant", None, p99Ms=None, requestsPerSecond=None)
        self.assertIsNone(self.verdicts(row("memory", 30), invalid)["memory"]["cpuToConstant"])


if __name__ == "__main__":
    if not shutil.which("wrk"):
        skip("no wrk here")
    unittest.main()
