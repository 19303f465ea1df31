#!/usr/bin/env python3
"""The benchmark of much state runs, and says what was measured; how long it took is not asserted."""

import json
import pathlib
import subprocess
import sys
import unittest

from emulator import BINARY

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import scale  # noqa: E402


def bench(*options):
    return subprocess.run(
        [sys.executable, BENCH / "scale.py", "--scale", "0.02", *options, BINARY],
        capture_output=True,
        text=True,
    )


class ScaleTest(unittest.TestCase):
    def test_it_prints_all_figures(self):
        report = json.loads(bench("--json").stdout)
        self.assertEqual(report["rounds"], 1)
        figures = {row["figure"]: row for row in report["figures"]}
        for name in (
            "exec to first 200",
            "memory with 200 canaries",
            "GetCanary: cpu with 2,000 canaries, by 100's",
            "reset of 2,000 canaries",
            "memory with 20,000 runs",
            "simulated runs a second, file, 100 at once",
            "GetCanary's p99 beside 40 idle and 4 slow connections, by that alone",
            "GetCanary's p99 beside a pipeline of 1,000, by that alone",
        ):
            self.assertGreater(figures[name]["value"], 0, name)
            self.assertIn("met", figures[name])
        self.assertEqual(len(figures), 19)

    def test_one_measurement_can_be_chosen_and_of_how_many_runs(self):
        sizes = ("--canaries", "200", "--runs", "100000")
        rows = json.loads(bench("--json", "--only", "runs", *sizes).stdout)["figures"]
        state = "2,000 runs of 200 canaries"
        self.assertEqual(
            [(row["figure"], row["goal"]) for row in rows],
            [
                (f"GetCanary: cpu with {state}, by 10,000's", 1.2),
                (f"a page of canaries: cpu with {state}, by 10,000's", 1.2),
                (f"a page of runs: cpu with {state}, by 10,000's", 1.2),
                (f"memory with {state}", None),
                (f"simulating {state}", None),
            ],
        )

    def test_it_refuses_runs_that_would_be_gone_by_the_end(self):
        ended = bench("--runs", "500000000", "--canaries", "200")
        self.assertIn("--runs are 2 to 44,640 of each", ended.stderr)

    def test_it_refuses_no_rounds(self):
        self.assertIn("--rounds and --scale are above 0", bench("--rounds", "0").stderr)


class RoundsTest(unittest.TestCase):
    def test_a_figure_is_the_median_of_its_rounds(self):
        values = iter([(90, 1), (10, 9), (20, 2)])

        def measure(binary, factor):
            self.assertEqual((binary, factor), ("the binary", 0.5))
            first, second = next(values)
            yield "one", first, "ms", 25
            yield "another", second, "/s", -3

        rows = list(scale.measure_all((measure,), "the binary", rounds=3, scale=0.5))
        self.assertEqual(
            [(row["figure"], row["value"], row["met"]) for row in rows],
            [("one", 20, True), ("another", 2, False)],
        )


if __name__ == "__main__":
    unittest.main()
