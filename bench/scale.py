#!/usr/bin/env python3
"""What much costs: calls and memory with many canaries, runs and connections, beside those with few.

usage: scale.py [--json] [--rounds N] [--scale FACTOR] [--only MEASUREMENT]...
                [--canaries N] [--runs N] BINARY

A goal that is missed is printed, and is no error: how busy the machine is has a say in it.
"""

import contextlib
import functools
import itertools
import json
import os
import statistics
import time

import crowd
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
CALLS = 200
TURNS = 20


def cpu_microseconds(program, call, times):
    """The program's own time a call."""
    cpu = program.cpu_seconds()
    for number in range(times):
        call(number)
    return 1e6 * (program.cpu_seconds() - cpu) / times


def calls_of(connection, canaries, pages_of_runs=False):
    """Calls all over the canaries, by name, each of them for a number."""
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
    return calls


@contextlib.contextmanager
def on_one_processor(*programs):
    """With whoever asks them: a processor that has to be woken for each answer hides what it costs."""
    mine = os.sched_getaffinity(0)
    one = {min(mine)}
    for program in programs:
        os.sched_setaffinity(program.process.pid, one)
    os.sched_setaffinity(0, one)
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def cpu_ratios(few, many, scale):
    """What a call costs the one program by what it costs the other, asked in turn.

    Each has been asked before: an answer's first costs once.
    """
    times = scaled(CALLS, scale)
    with on_one_processor(few[0], many[0]):
        for name in few[1]:
            for program, calls in (few, many):
                cpu_microseconds(program, calls[name], FEW)
            turns = [
                [cpu_microseconds(program, calls[name], times) for program, calls in (few, many)]
                for _ in range(TURNS)
            ]
            few_cpu, many_cpu = (statistics.median(side) for side in zip(*turns, strict=True))
            yield name, many_cpu / few_cpu


@contextlib.contextmanager
def filled(binary, canaries, start=False):
    """A program with so many canaries, and a connection to it."""
    with Program(binary, "memory", "--log-level", "warning") as program:
        connection = program.connect()
        create(connection, canaries, start)
        yield program, connection
        connection.close()


def measure_canaries(binary, scale):
    """Calls with few canaries and with many, and the end of them all."""
    count = scaled(MANY, scale)
    with filled(binary, FEW) as few, filled(binary, count) as many:
        sides = [
            (program, calls_of(connection, canaries))
            for (program, connection), canaries in ((few, FEW), (many, count))
        ]
        for name, ratio in cpu_ratios(*sides, scale):
            yield f"{name}: cpu with {count:,} canaries, by {FEW}'s", ratio, "x", 1.2
        took = milliseconds(lambda: reset(many[1]))
    yield f"reset of {count:,} canaries", took, "ms", 100


def measure_runs(binary, scale, canaries=FEW, runs=RUNS):
    """Calls with few runs and with many, the many of so many canaries."""
    runs = scaled(runs, scale)
    with filled(binary, FEW, start=True) as few, filled(binary, canaries, start=True) as many:
        # The first run of each has started already.
        advance(few[1], (FEW - 1) * MINUTE)
        took = milliseconds(lambda: advance(many[1], (runs // canaries - 1) * MINUTE))
        resident = many[0].resident_bytes() / MB
        sides = [
            (program, calls_of(connection, count, pages_of_runs=True))
            for (program, connection), count in ((few, FEW), (many, canaries))
        ]
        state = f"{runs:,} runs" + (f" of {canaries:,} canaries" if canaries != FEW else "")
        for name, ratio in cpu_ratios(*sides, scale):
            yield f"{name}: cpu with {state}, by {FEW * FEW:,}'s", ratio, "x", 1.2
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


def measure_crowd(binary, scale):
    """Somebody who asks while many others are there."""
    idle, slow = scaled(crowd.IDLE, scale), scaled(crowd.SLOW, scale)
    asked = max(2, scaled(crowd.ASKED, scale))
    with filled(binary, 1) as (program, connection):
        beside_crowd, beside_pipeline = crowd.measure(program, connection, idle, slow, asked)
    name = "GetCanary's p99 beside"
    yield f"{name} {idle:,} idle and {slow} slow connections, by that alone", beside_crowd, "x", 2
    yield f"{name} a pipeline of {crowd.PIPELINED:,}, by that alone", beside_pipeline, "x", 2


def measure_start(binary, _scale):
    took = [time_life(lambda: Program(binary, "memory"))[0] for _ in range(STARTS)]
    yield "exec to first 200", statistics.median(took), "ms", 5
    yield "the program, TLS included", os.path.getsize(binary) / MB, "MB", 8


MEASUREMENTS = {
    "start": measure_start,
    "memory": measure_memory,
    "canaries": measure_canaries,
    "runs": measure_runs,
    "simulation": measure_simulation,
    "running-clock": measure_running_clock,
    "crowd": measure_crowd,
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
