#!/usr/bin/env python3
"""What the image costs: its size, how soon it answers and ends, what it needs; beside moto_server.

usage: image.py [--json] [--rounds N]

Both programs run here, in turn, in the same way: the image's is copied out of it. What only a container
has is measured of the image alone. A goal that is missed is printed, and is no error.
"""

import argparse
import datetime
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

from control_plane import create
from figures import MB, milliseconds
from load import HEADERS
from peers import Moto, free_port
from program import HEALTH, Program, answers, time_life

IMAGE = os.environ.get("SYNTHETICS_IMAGE", "synthetics-local")
CANARIES = 1_000


def measure_program(start, rounds):
    """Of the server that `start` makes."""
    starts, ends = zip(*(time_life(start) for _ in range(rounds)), strict=True)
    with start() as server:
        idle = server.resident_bytes() / MB
        # By the service in the Authorization moto knows which of its own is meant.
        connection = server.connect(HEADERS)
        create(connection, CANARIES)
        connection.close()
        full = server.resident_bytes() / MB
    return {
        "exec to first 200, ms": statistics.median(starts),
        "memory idle, MB": idle,
        f"memory with {CANARIES:,} canaries, MB": full,
        "SIGTERM to end, ms": statistics.median(ends),
    }


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def seconds_to_health(container):
    """From the start of the process to Docker's first good look at it."""
    while True:
        state = json.loads(docker("inspect", container))[0]["State"]
        if state["Health"]["Status"] == "healthy":
            first = state["Health"]["Log"][0]
            instants = (first["End"], state["StartedAt"])
            healthy, started = map(datetime.datetime.fromisoformat, instants)
            return (healthy - started).total_seconds()
        time.sleep(0.02)


def await_answer(address):
    while not answers(address, HEALTH):
        time.sleep(0.0002)


def measure_container(rounds):
    runs, stops, healths = [], [], []
    for _ in range(rounds):
        address = f"127.0.0.1:{free_port()}"
        start = time.perf_counter()
        container = docker("run", "--detach", "--rm", "--publish", f"{address}:4566", IMAGE)
        await_answer(address)
        runs.append(1000 * (time.perf_counter() - start))
        healths.append(1000 * seconds_to_health(container))
        stops.append(milliseconds(lambda: docker("stop", container)))
    return {
        "image, MB": json.loads(docker("inspect", IMAGE))[0]["Size"] / MB,
        "docker run to first 200, ms": statistics.median(runs),
        "start to healthy, ms": statistics.median(healths),
        "docker stop, ms": statistics.median(stops),
    }


def copy_program(folder):
    container = docker("create", IMAGE)
    docker("cp", f"{container}:/synthetics-local", folder)
    docker("rm", "--volumes", container)
    return f"{folder}/synthetics-local"


GOALS = {
    "image, MB": 8,
    "start to healthy, ms": 1000,
    "exec to first 200, ms": 10,
    "memory idle, MB": 8,
    "SIGTERM to end, ms": 1000,
}


def rows(ours, peers):
    for name, value in ours.items():
        peer = peers.get(name)
        goal = GOALS.get(name)
        yield {
            "figure": name,
            "value": round(value, 2),
            "goal": goal,
            "met": goal is None or value <= goal,
            "motoServer": peer and round(peer, 2),
            "ratio": peer and round(peer / value, 1),
        }


def print_table(table):
    print(f"{'':34} {'here':>9} {'moto_server':>12} {'ratio':>8}   goal")
    for row in table:
        peer, ratio, goal = row["motoServer"], row["ratio"], row["goal"]
        print(
            f"{row['figure']:34} {row['value']:9.1f}"
            f" {'' if peer is None else format(peer, '.1f'):>12}"
            f" {'' if ratio is None else format(ratio, '.0f') + ' x':>8}"
            f"   {'' if goal is None else f'<= {goal}: ' + ('met' if row['met'] else 'MISSED')}"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds is above 0")
    with tempfile.TemporaryDirectory() as folder:
        program = copy_program(folder)
        figures = measure_program(lambda: Program(program, "memory"), options.rounds)
    figures = {**measure_container(max(options.rounds // 4, 1)), **figures}
    peers = {}
    if moto := shutil.which("moto_server"):
        peers = measure_program(lambda: Moto(moto), 3)
    table = list(rows(figures, peers))
    if options.json:
        print(json.dumps(table, indent=2))
        return
    print_table(table)
    if not peers:
        print("There is no moto_server here to compare with (pip install 'moto[server]').")


if __name__ == "__main__":
    main()
