#!/usr/bin/env python3
"""How many instructions an answer takes, beside what was kept; the same on each run, to the digit.

usage: instructions.py [--keep | --json] DRIVER

Ends with 1 where an operation takes over 10 % more than what was kept of it. How long it takes
without callgrind is printed beside, and has no say.
"""

import argparse
import json
import pathlib
import platform
import re
import subprocess
import sys
from dataclasses import dataclass, replace

import control_plane
import load

KEPT = pathlib.Path(__file__).with_name("instructions.json")
MOST = 0.10  # that a count may rise by
CANARIES = 200
# Asked before anything counts: enough to fill the journal and to make each canary's answer.
WARM = 1000
COUNTED = 200
MINUTES = 1000
# A time varies, so it is the best of some runs of many times what is counted.
TIMED = 20
RUNS = 3
GOALS = {"CreateCanary, only decoded": 6}  # microseconds

# Neither the user's environment nor the processor is to have a say. The C library has several
# memcpy and the like, and takes here what every x86-64 can run. callgrind counts the "rep movsb" of
# some of the others as an instruction a byte, too.
FEATURES = ("AVX512F", "AVX512VL", "AVX2", "AVX", "AVX_Fast_Unaligned_Load", "SSSE3")
FEATURES += ("SSE4_1", "SSE4_2", "ERMS", "FSRM")
ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=" + ",".join(f"-{name}" for name in FEATURES)}


class Script:
    """What instructions.cpp reads. Takes the place of a connection, and notes what is asked."""

    def __init__(self, decode=False):
        self.asked = []
        self.before = []
        self.decode = decode

    def ask(self, method, target, body=None, status=200):
        text = "" if body is None else json.dumps(body)
        self.asked.append({"method": method, "target": target, "body": text, "status": status})

    def begin_counting(self):
        self.before, self.asked = self.asked, []

    def text(self):
        script = {"before": self.before, "counted": self.asked, "decode": self.decode}
        return json.dumps({"headers": load.HEADERS, **script})


@dataclass(frozen=True)
class Operation:
    name: str
    script: Script
    answers: int  # or whatever else is counted


def repeat(script, ask, times):
    """`ask` is told how often it was called before."""
    for number in range(WARM + times * COUNTED):
        if number == WARM:
            script.begin_counting()
        ask(number)
    return script


def as_under_load(operation, times):
    (request,) = operation.requests
    script = Script()
    load.prepare(script, operation)

    def ask(number):
        replace(request, first=request.first + number % request.period).ask(script)

    return Operation(operation.name, repeat(script, ask, times), times * COUNTED)


def refused(times):
    script = Script()
    body = {**load.creation(0), "SuccessRetentionPeriodInDays": 0}
    repeat(script, lambda _: script.ask("POST", "/canary", body, status=400), times)
    return Operation("CreateCanary, refused", script, times * COUNTED)


def decoded(times):
    script = Script(decode=True)
    repeat(script, lambda number: script.ask("POST", "/canary", load.creation(number)), times)
    return Operation("CreateCanary, only decoded", script, times * COUNTED)


def advanced(times):
    script = Script()
    control_plane.create(script, 1, start=True)
    control_plane.advance(script, 60 * MINUTES)
    script.begin_counting()
    control_plane.advance(script, 60 * times * MINUTES)
    return Operation("advance, a run", script, times * MINUTES)


def operations(times=1):
    """With so many times what is counted."""
    # A mix is no operation.
    under_load = [each for each in load.operations(CANARIES) if len(each.requests) == 1]
    answers = [as_under_load(each, times) for each in under_load]
    return (*answers, refused(times), decoded(times), advanced(times))


def run(command, operation, driver, environment=None):
    """What the driver says."""
    # The path of a program stands on its stack and moves what is below, so it is always the same.
    ended = subprocess.run(
        [*command, f"./{driver.name}"],
        input=operation.script.text(),
        cwd=driver.parent,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout)


def count(driver, operation):
    """Instructions an answer, and what the driver was made with.

    Leaves what callgrind_annotate reads beside the driver.
    """
    left = driver.with_name("callgrind." + re.sub("[^A-Za-z]+", "-", operation.name))
    command = ["valgrind", "-q", "--tool=callgrind", "--instr-atstart=no"]
    command += [f"--callgrind-out-file={left.name}"]
    made_with = run(command, operation, driver, ENVIRONMENT)["madeWith"]
    total = int(re.search(r"(?m)^totals: (\d+)$", left.read_text())[1])
    return round(total / operation.answers), made_with


def measure(driver):
    now = {"madeWith": {}, "instructions": {}}
    for operation in operations():
        now["instructions"][operation.name], made_with = count(driver, operation)
    now["madeWith"] = {**made_with, "machine": platform.machine()}
    return now


def time_all(driver):
    """Microseconds an answer takes, by operation."""
    times = {}
    for operation in operations(TIMED):
        took = min(run([], operation, driver)["microseconds"] for _ in range(RUNS))
        times[operation.name] = took / operation.answers
    return times


def compare(now, kept, times):
    """A row for each operation."""
    rows = []
    for operation, instructions in now["instructions"].items():
        before = kept["instructions"].get(operation)
        change = None if before is None else instructions / before - 1
        rows.append(
            {
                "operation": operation,
                "instructions": instructions,
                "kept": before,
                "changePercent": None if change is None else round(100 * change, 2),
                "verdict": verdict(change),
                "us": round(times[operation], 2),
                "goalUs": GOALS.get(operation),
            }
        )
    return rows


def verdict(change):
    if change is None:
        return "NOT KEPT"
    if change > MOST:
        return "ROSE"
    return "fell: worth keeping" if change < -MOST else "good"


def is_good(rows):
    return all(row["verdict"] not in ("ROSE", "NOT KEPT") for row in rows)


def can_judge(now, kept):
    """Another compiler or library makes other counts."""
    return now["madeWith"] == kept["madeWith"]


def print_table(rows, now, kept):
    print(f"Instructions an answer, with {words(now)}\n")
    print(f"{'':28} {'now':>10} {'kept':>10} {'change':>9} {'us':>8}")
    for row in rows:
        before = "" if row["kept"] is None else f"{row['kept']:,}"
        change = "" if row["kept"] is None else f"{row['changePercent']:+.1f} %"
        goal = "" if row["goalUs"] is None else f" (goal {row['goalUs']:g})"
        line = f"{row['operation']:28} {row['instructions']:10,} {before:>10} {change:>9}"
        print(f"{line} {row['us']:8.2f}{goal:9}   {row['verdict']}")
    if not can_judge(now, kept):
        print(f"\nNOT JUDGED: what was kept was made with {words(kept)}")


def words(counts):
    return ", ".join(f"{name} {version}" for name, version in counts["madeWith"].items())


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "driver", metavar="DRIVER", type=pathlib.Path, help="instructions.cpp, built"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--keep", action="store_true", help="keep these counts, whatever they are")
    how.add_argument("--json", action="store_true", help="print JSON in place of a table")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    kept = json.loads(KEPT.read_text())
    now = measure(arguments.driver)
    rows = compare(now, kept, time_all(arguments.driver))
    judged = can_judge(now, kept)
    if arguments.json:
        about = {"madeWith": now["madeWith"], "keptMadeWith": kept["madeWith"], "judged": judged}
        print(json.dumps({**about, "figures": rows}, indent=2))
    else:
        print_table(rows, now, kept)
    if arguments.keep:
        KEPT.write_text(json.dumps(now, indent=2) + "\n")
    elif judged and not is_good(rows):
        sys.exit(
            "\nSome took over 10 % more than what was kept, or have nothing kept. Where that is"
            " meant:\n./dev bench instructions --keep, and commit bench/instructions.json with the"
            " reason."
        )


if __name__ == "__main__":
    main()
