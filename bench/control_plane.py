#!/usr/bin/env python3
"""How long the calls take with which tests begin and pass time, beside the goals for them.

usage: control_plane.py [--json] [--rounds N] [--scale FACTOR] BINARY

A goal that is missed is printed, and is no error: how busy the machine is has a say in it.
"""

import argparse

from figures import Figure, print_heading, print_json, print_table
from program import HEALTH, STORAGES, Poller, Program

CANARIES_TO_RESET = 10_000
CANARIES_TO_RESTORE = 1_000
RUNS_OF_EACH = 100
DAYS_TO_ADVANCE = 30

MINUTE = 60
DAY = 24 * 60 * MINUTE


def creation(name):
    return {
        "Name": name,
        "Code": {"Handler": "index.handler", "S3Bucket": "my-bucket", "S3Key": "canary.zip"},
        "ArtifactS3Location": "s3://my-bucket",
        "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
        "Schedule": {"Expression": "rate(1 minute)"},
        "RuntimeVersion": "syn-nodejs-puppeteer-9.1",
    }


def create_one(connection, number, start=False):
    name = f"canary-{number}"
    connection.ask("POST", "/canary", creation(name))
    if start:
        connection.ask("POST", f"/canary/{name}/start")


def create(connection, count, start=False):
    for number in range(count):
        create_one(connection, number, start)


def advance(connection, seconds):
    return connection.ask("POST", "/_emulator/clock/advance", {"seconds": seconds})


def keep(connection):
    connection.ask("PUT", "/_emulator/snapshots/prepared")


def restore(connection):
    connection.ask("POST", "/_emulator/snapshots/prepared/restore")


def reset(connection):
    connection.ask("POST", "/_emulator/reset")


def measure_reset(program, storage, rounds, scale):
    """POST /_emulator/reset of many canaries."""
    count = scaled(CANARIES_TO_RESET, scale)
    figure = Figure(f"reset, {count} canaries", storage, goal=50)
    connection = program.connect()
    create(connection, count)
    keep(connection)
    for _ in range(rounds):
        restore(connection)
        # A file's log is as long as what was restored; the next change moves it into the file, and
        # that is no part of the reset.
        advance(connection, 1)
        figure.measure(program, lambda: reset(connection))
    connection.close()
    return [figure]


def measure_restore(program, storage, rounds, scale):
    """Back to a named snapshot, each time after another minute has passed."""
    count = scaled(CANARIES_TO_RESTORE, scale)
    connection = program.connect()
    create(connection, count, start=True)
    # The first run of each has started already.
    runs = count + advance(connection, (RUNS_OF_EACH - 1) * MINUTE)["runsStarted"]
    keep(connection)
    figure = Figure(f"restore, {count} canaries, {runs} runs", storage, goal=100)
    for _ in range(rounds):
        advance(connection, MINUTE)
        figure.measure(program, lambda: restore(connection))
    connection.close()
    return [figure]


def measure_advance(program, storage, rounds, scale):
    """A month of a canary that runs each minute, while somebody else asks for the health."""
    days = DAYS_TO_ADVANCE * scale
    minutes = max(1, round(days * DAY / MINUTE))
    figure = Figure(f"advance, {minutes} runs of a canary", storage, goal=1000)
    health = Figure("slowest health meanwhile", storage, goal=50, judged="worst")
    connection = program.connect()
    for _ in range(rounds):
        reset(connection)
        create(connection, 1, start=True)
        with Poller(program, HEALTH) as poller:
            figure.measure(program, lambda: advance(connection, minutes * MINUTE))
        health.wall.append(max(poller.milliseconds))
    connection.close()
    return [figure, health]


MEASUREMENTS = (measure_reset, measure_restore, measure_advance)


def scaled(count, scale):
    return max(1, round(count * scale))


def version(binary):
    with Program(binary, "memory") as program:
        connection = program.connect()
        answer = connection.ask("GET", HEALTH)
        connection.close()
        return answer["version"]


def make_parser(doc, rounds):
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0])
    parser.add_argument("binary", metavar="BINARY", help="the program, as it is shipped")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    parser.add_argument("--rounds", type=int, default=rounds, help="measurements of each figure")
    parser.add_argument(
        "--scale", type=float, default=1, help="of all sizes; the goals are those of the full ones"
    )
    return parser


def parse(parser):
    arguments = parser.parse_args()
    if arguments.rounds < 1 or arguments.scale <= 0:
        parser.error("--rounds and --scale are above 0")
    return arguments


def main():
    arguments = parse(make_parser(__doc__, rounds=5))
    figures = []
    for storage in STORAGES:
        for measure in MEASUREMENTS:
            with Program(arguments.binary, storage) as program:
                figures += measure(program, storage, arguments.rounds, arguments.scale)
    about = {"version": version(arguments.binary), "rounds": arguments.rounds}
    if arguments.json:
        print_json(figures, **about, scale=arguments.scale)
    else:
        print_heading(**about)
        print_table(figures)


if __name__ == "__main__":
    main()
