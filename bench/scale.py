#!/usr/bin/env python3
"""What much state costs: calls and memory with many canaries and runs, beside those with few.

usage: scale.py [--json] [--rounds N] [--scale FACTOR] [--only MEASUREMENT]...
                [--canaries N] [--runs N] BINARY

A goal that is missed is printed, and is no error: how busy the machine is has a say in it.
"""

import functools
import itertools
import json
import os
import statistics
import time

from control_plane import MINUTE, advance, create, create_one, make_parser, parse, reset, scaled
from control_plane import version
from figures import MB, milliseconds, print_heading
from program import STORAGES, Program, time_life

FEW = 100
MANY = 100_000
RUNS = 1_000_000
KEPT = 31 * 24 * 60  # runs of a canary with rate(1 minute): they are kept for 31 days
RUNNING = 10_000
STARTS = 21
CALLS = 2_000


def cpu_microseconds(program, call, times=CALLS):
    """The program's own time a call."""
    cpu = program.cpu_seconds()
    for number in range(times):
        call(number)
    return 1e6 * (program.cpu_seconds() - cpu) / times


def call_times(program, connection, canaries, pages_of_runs=False):
    """Of calls all over the canaries, each at its second time: an answer's first costs once."""
    names = [f"canary-{number * canaries // FEW}" for number in range(FEW)]
    tokens = [None]
    for _ in range(min(canaries // 20, FEW) - 1):
        body = {"MaxResults": 20, **({"NextToken": tokens[-1]} if tokens[-1] else {})}
        tokens.append(connection.ask("POST", "/canaries", body)["NextToken"])
    bodies = [{"MaxResults": 20, **({"NextToken": token} if token else {})} for token in tokens]
    calls = {
        "GetCanary": lambda number: connection.ask("GET", f"/canary/{names[number % FEW]}"),
        "a page of canaries": lambda number: connection.ask(
            "POST", "/canaries", bodies[number % len(bodies)]
        ),
    }
    if pages_of_runs:
        calls["a page of runs"] = lambda number: connection.ask(
            "POST", f"/canary/{names[number % FEW]}/runs", {"MaxResults": 20}
        )
    for name, call in calls.items():
        cpu_microseconds(program, call, FEW)
        yield name, cpu_microseconds(program, call)


def measure_canaries(binary, scale):
    """Calls with few canaries and with many, and the end of them all."""
    times = {}
    many = scaled(MANY, scale)
    for count in (FEW, many):
        with Program(binary, "memory", "--log-level", "warning") as program:
            connection = program.connect()
            create(connection, count)
            times[count] = dict(call_times(program, connection, count))
            took = milliseconds(lambda: reset(connection))
            connection.close()
    for name, few in times[FEW].items():
        ratio = times[many][name] / few
        yield f"{name}: cpu with {many:,} canaries, by {FEW}'s", ratio, "x", 1.2
    yield f"reset of {many:,} canaries", took, "ms", 100


def measure_runs(binary, scale, canaries=FEW, runs=RUNS):
    """Calls with few runs and with many, the many of so many canaries."""
    times = []
    runs = scaled(runs, scale)
    for count, each in ((FEW, FEW), (canaries, runs // canaries)):
        with Program(binary, "memory", "--log-level", "warning") as program:
            connection = program.connect()
            create(connection, count, start=True)
            # The first run of each has started already.
            took = milliseconds(lambda: advance(connection, (each - 1) * MINUTE))
            times.append(dict(call_times(program, connection, count, pages_of_runs=True)))
            resident = program.resident_bytes() / MB
            connection.close()
    state = f"{runs:,} runs" + (f" of {canaries:,} canaries" if canaries != FEW else "")
    few, many = times
    for name in few:
        yield f"{name}: cpu with {state}, by {FEW * FEW:,}'s", many[name] / few[name], "x", 1.2
    usual = (canaries, runs) == (FEW, scaled(RUNS, scale))
    yield f"memory with {state}", resident, "MB", 250 if usual else None
    if not usual:
        yield f"simulating {state}", took / 1000, "s", None


def measure_memory(binary, scale):
    count = scaled(RUNNING, scale)
    with Program(binary, "memory", "--log-level", "warning") as program:
        connection = program.connect()
        yield "memory, idle", program.resident_bytes() / MB, "MB", 6
        create(connection, count)
        yield f"memory with {count:,} canaries", program.resident_bytes() / MB, "MB", 40
        connection.close()


def measure_simulation(binary, scale):
    """Runs a second of an advance: of one canary, and of a hundred that run at once."""
    for storage, canaries in itertools.product(STORAGES, (1, 100)):
        with Program(binary, storage, "--log-level", "warning") as program:
            connection = program.connect()
            create(connection, canaries, start=True)
            minutes = scaled(100_000 // canaries, scale)
            took = milliseconds(lambda: advance(connection, minutes * MINUTE))
            connection.close()
        goal = {"memory": 150_000, "file": 80_000}[storage]
        name = f"simulated runs a second, {storage}, {canaries} at once"
        yield name, minutes * canaries / took * 1000, "/s", -goal


def measure_running_clock(binary, scale):
    """Canaries that run each minute of a clock that runs: how much of a processor that takes."""
    count = scaled(RUNNING, scale)
    seconds = scaled(10, scale)
    with Program(binary, "memory", "--log-level", "warning") as program:
        connection = program.connect()
        for number in range(count):
            create_one(connection, number, start=True)
            # Each has a moment of its own in the minute.
            advance(connection, 60 / count)
        waits = {}
        for mode in ("frozen", "running"):
            connection.ask("PUT", "/_emulator/clock", {"mode": mode})
            cpu, start, took = program.cpu_seconds(), time.perf_counter(), []
            while time.perf_counter() < start + (1 if mode == "frozen" else seconds):
                took.append(milliseconds(lambda: connection.ask("GET", "/canary/canary-1")))
                time.sleep(0.002)
            waits[mode] = statistics.quantiles(took, n=100)[98]
            share = 100 * (program.cpu_seconds() - cpu) / (time.perf_counter() - start)
        connection.close()
    name = f"{count:,} canaries each minute"
    yield f"{name}: of a processor, calls included", share, "%", 50
    yield f"{name}: GetCanary's p99, by that at rest", waits["running"] / waits["frozen"], "x", 2


def measure_start(binary, _scale):
    took = [time_life(lambda: Program(binary, "memory"))[0] for _ in range(STARTS)]
    yield "exec to first 200", statistics.median(took), "ms", 5
    yield "the program", os.path.getsize(binary) / MB, "MB", 6


MEASUREMENTS = {
    "start": measure_start,
    "memory": measure_memory,
    "canaries": measure_canaries,
    "runs": measure_runs,
    "simulation": measure_simulation,
    "running-clock": measure_running_clock,
}


def measure_all(measurements, binary, rounds, scale):
    """A row a figure: the median of the rounds."""
    for measure in measurements:
        measured = [list(measure(binary, scale)) for _ in range(rounds)]
        for same in zip(*measured, strict=True):
            name, _, unit, goal = same[0]
            yield summary(name, statistics.median(row[1] for row in same), unit, goal)


def summary(name, value, unit, goal):
    """A negative goal is one to reach, any other not to pass."""
    met = None if goal is None else value >= -goal if goal < 0 else value <= goal
    return {"figure": name, "value": round(value, 2), "unit": unit, "goal": goal, "met": met}


def parse_arguments():
    parser = make_parser(__doc__, rounds=1)
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="this measurement")
    parser.add_argument("--runs", type=int, default=RUNS, help="how many the many runs are")
    help = f"that they are of; {FEW}, or {MANY:,} where these would not keep so many"
    parser.add_argument("--canaries", type=int, help=help)
    arguments = parse(parser)
    runs = scaled(arguments.runs, arguments.scale)
    arguments.canaries = arguments.canaries or (FEW if runs <= KEPT * FEW else MANY)
    if not max(2 * FEW, 2 * arguments.canaries) <= runs <= KEPT * arguments.canaries:
        parser.error(f"--runs are 2 to {KEPT:,} of each canary: older ones are gone")
    return arguments


def main():
    arguments = parse_arguments()
    measure = functools.partial(measure_runs, canaries=arguments.canaries, runs=arguments.runs)
    chosen = [
        measure if name == "runs" else MEASUREMENTS[name]
        for name in MEASUREMENTS
        if not arguments.only or name in arguments.only
    ]
    rows = list(measure_all(chosen, arguments.binary, arguments.rounds, arguments.scale))
    about = {"version": version(arguments.binary), "rounds": arguments.rounds}
    if arguments.json:
        print(json.dumps({**about, "scale": arguments.scale, "figures": rows}, indent=2))
        return
    print_heading(**about)
    width = max(62, *(len(row["figure"]) for row in rows))
    for row in rows:
        print(f"{row['figure']:{width}} {row['value']:10,.1f} {row['unit']:3}{verdict(row)}")


def verdict(row):
    if row["goal"] is None:
        return ""
    sign = ">=" if row["goal"] < 0 else "<="
    return f"  {sign} {abs(row['goal']):g}: {'met' if row['met'] else 'MISSED'}"


if __name__ == "__main__":
    main()
