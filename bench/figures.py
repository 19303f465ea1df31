"""What was measured, as a table for people or as JSON for machines."""

import json
import os
import statistics
import time
from dataclasses import dataclass, field

MB = 1_000_000


def milliseconds(call):
    """How long it takes."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


@dataclass
class Figure:
    """One thing that is measured, a number a round.

    `judged` says which of the rounds' numbers the goal is for: their median, or the worst of them.
    """

    name: str
    storage: str
    goal: float  # milliseconds
    judged: str = "median"
    wall: list = field(default_factory=list)  # milliseconds
    cpu: list = field(default_factory=list)  # milliseconds; none where that says nothing

    def measure(self, program, call):
        """Adds a round: what the call takes, and what of that is the program's own work."""
        cpu = program.cpu_seconds()
        self.wall.append(milliseconds(call))
        self.cpu.append(1000 * (program.cpu_seconds() - cpu))

    def summary(self):
        judged = {"median": statistics.median(self.wall), "worst": max(self.wall)}
        return {
            "figure": self.name,
            "storage": self.storage,
            "medianMs": round(judged["median"], 2),
            "worstMs": round(judged["worst"], 2),
            "cpuMs": round(statistics.median(self.cpu), 2) if self.cpu else None,
            "goalMs": self.goal,
            "judged": self.judged,
            "met": judged[self.judged] <= self.goal,
        }


def print_json(figures, **about):
    print(json.dumps({**about, "figures": [figure.summary() for figure in figures]}, indent=2))


def print_heading(version, rounds, length=""):
    count = f"{rounds} round{'' if rounds == 1 else 's'}"
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    print(f"synthetics-local {version}, {count}{length}; {machine}")


def print_table(figures):
    print("Milliseconds; cpu is the program's own time: what it is below the median is waiting.\n")
    print(f"{'':42} {'storage':8} {'median':>8} {'worst':>8} {'cpu':>8}   goal")
    for row in (figure.summary() for figure in figures):
        cpu = "" if row["cpuMs"] is None else f"{row['cpuMs']:.1f}"
        print(
            f"{row['figure']:42} {row['storage']:8} {row['medianMs']:8.1f} {row['worstMs']:8.1f}"
            f" {cpu:>8}   {row['judged']} <= {row['goalMs']:g}: {'met' if row['met'] else 'MISSED'}"
        )
