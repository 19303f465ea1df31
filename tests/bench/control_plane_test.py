"""bench/control_plane.py at small sizes: it measures everything and prints it."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

from figures import Figure  # noqa: E402

SCALE = "0.005"
FIGURES = [
    "reset, 50 canaries",
    "restore, 5 canaries, 500 runs",
    "advance, 216 runs of a canary",
    "slowest health meanwhile",
]
EXPECTED = [(name, storage) for storage in ("memory", "file") for name in FIGURES]


def bench(*options):
    command = [sys.executable, BENCH / "control_plane.py", "--rounds", "2", "--scale", SCALE]
    ended = subprocess.run(
        [*command, *options, os.environ["SYNTHETICS_LOCAL_BINARY"]],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


class ControlPlane(unittest.TestCase):
    def test_the_table_has_every_figure_with_goal_and_verdict(self):
        table = bench()
        print(table)
        for name, storage in EXPECTED:
            row = rf"(?m)^{name} +{storage} +[\d. ]+ (median|worst) <= \d+: (met|MISSED)$"
            self.assertRegex(table, row)

    def test_the_json_has_every_figure(self):
        report = json.loads(bench("--json"))
        self.assertEqual(report["rounds"], 2)
        rows = report["figures"]
        self.assertEqual([(row["figure"], row["storage"]) for row in rows], EXPECTED)
        for row in rows:
            self.assertGreater(row["medianMs"], 0)
            self.assertGreaterEqual(row["worstMs"], row["medianMs"])
            measured = row["figure"] != "slowest health meanwhile"
            self.assertEqual(row["cpuMs"] is not None, measured)


class Verdict(unittest.TestCase):
    def verdict(self, judged):
        return Figure("any", "memory", 50, judged, wall=[10, 20, 90]).summary()["met"]

    def test_a_goal_for_the_median_forgives_one_slow_round(self):
        self.assertTrue(self.verdict("median"))

    def test_a_goal_for_the_worst_forgives_nothing(self):
        self.assertFalse(self.verdict("worst"))


if __name__ == "__main__":
    unittest.main()
