#!/usr/bin/env python3
"""The benchmark of much state runs, and says what was measured; how long it took is not asserted."""

import json
import pathlib
import subprocess
import sys
import unittest

from emulator import BINARY

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "bench" / "scale.py"


class ScaleTest(unittest.TestCase):
    def test_it_prints_all_figures(self):
        output = subprocess.run(
            [sys.executable, SCRIPT, "--json", "--scale", "0.02", BINARY],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        figures = {row["figure"]: row for row in json.loads(output)["figures"]}
        for name in (
            "exec to first 200",
            "memory with 200 canaries",
            "GetCanary: cpu with 2,000 canaries, by 100's",
            "reset of 2,000 canaries",
            "memory with 20,000 runs",
            "simulated runs a second, file, 100 at once",
        ):
            self.assertGreater(figures[name]["value"], 0, name)
            self.assertIn("met", figures[name])
        self.assertEqual(len(figures), 15)


if __name__ == "__main__":
    unittest.main()
