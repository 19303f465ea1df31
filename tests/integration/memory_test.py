#!/usr/bin/env python3
"""Days of runs end with the memory that the day before had: what retention hides is gone."""

import pathlib
import unittest

import canaries
import figures
from emulator import Emulator

CANARIES = 20
DAYS = 4  # the first fills it
DAY = 24 * 60 * 60


class MemoryTest(unittest.TestCase):
    def test_a_day_leaves_no_more_than_the_day_before(self):
        with Emulator("--clock", "2026-01-01T00:00:00Z", "--transitions", "instant") as emulator:
            for number in range(CANARIES):
                name = f"number-{number}"
                days = {"SuccessRetentionPeriodInDays": 1, "FailureRetentionPeriodInDays": 1}
                canaries.call(emulator, "POST", "/canary", {**canaries.creation(name), **days})
                canaries.start(emulator, name)
            runs, memory = 0, []
            for _ in range(DAYS):
                runs += emulator.advance(seconds=DAY)["runsCompleted"]
                memory.append(self.memory(emulator))
            self.assertLess(memory[-1], 1.1 * memory[1], memory)
            self.assertGreater(runs, CANARIES * (DAYS * 1440 - 1))
        figures.record("runs-in-flat-memory", runs)

    def memory(self, emulator):
        """What it has of the machine's, in KiB."""
        status = pathlib.Path(f"/proc/{emulator.process.pid}/status").read_text()
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1])


if __name__ == "__main__":
    unittest.main()
