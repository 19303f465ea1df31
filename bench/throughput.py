#!/usr/bin/env python3
"""How many requests the program answers and what each costs, beside other servers and the goals.

usage: throughput.py [--json] [--plot FILE] [--rounds N] [--seconds N] [--canaries N]
                     [--only OPERATION]... [--connections N]... BINARY

A goal that is missed is printed, and is no error: how busy the machine is has a say in it.
"""

import argparse
import json
import pathlib
import statistics
import sys
from dataclasses import dataclass, field

import goals
from figures import MB, print_heading
from load import HEADERS, drive, get_canary, operations, prepare
from peers import find_servers
from plot import draw
from program import HEALTH, Program

CONNECTIONS = (1, 16)
# What a row is for, in the units that the names say.
NUMBERS = (
    "requestsPerSecond",
    "canariesPerSecond",
    "cpuUs",
    "p50Ms",
    "p99Ms",
    "residentMb",
)
COLUMNS = "requests/s   cpu us   p50 ms   p99 ms     MB  cpu/constant  moto/cpu  requests/moto"


class Invalid(Exception):
    """A figure that must not be counted, and why."""


@dataclass
class Row:
    operation: str
    server: str
    connections: int
    rounds: list = field(default_factory=list)
    invalid: str | None = None

    def summary(self):
        medians = dict.fromkeys(NUMBERS)
        if not self.invalid:
            for number in self.rounds[0]:
                medians[number] = round(statistics.median(r[number] for r in self.rounds), 3)
        return {
            "operation": self.operation,
            "server": self.server,
            "connections": self.connections,
            **medians,
            "invalid": self.invalid,
        }


def check(connection, operation, constant):
    """Asks for each thing once. `constant` is what the answer has to be, where that is so.

    Returns how many canaries an answer lists.
    """
    for request in operation.requests:
        try:
            answer = request.ask(connection)
        except RuntimeError as error:
            raise Invalid(str(error)) from error
        if constant:
            is_right = answer == constant
        else:
            is_right = request.is_right(connection, answer, request.first)
        if not is_right:
            raise Invalid(f"wrong answer to {request.method} {request.path}: {answer}"[:200])
    return len(answer.get("Canaries", ()))


def measure(server, operation, connections, seconds, listed):
    before = server.cpu_seconds()
    said = drive(server.address, operation, connections, seconds)
    cpu = server.cpu_seconds() - before
    if said["refused"] or said["failed"] or not said["requests"]:
        raise Invalid("{requests} requests, {refused} refused, {failed} failed".format(**said))
    rate = said["requests"] / said["seconds"]
    numbers = {
        "requestsPerSecond": rate,
        "cpuUs": 1e6 * cpu / said["requests"],
        "p50Ms": said["p50Us"] / 1000,
        "p99Ms": said["p99Us"] / 1000,
        "residentMb": server.resident_bytes() / MB,
    }
    return numbers | ({"canariesPerSecond": listed * rate} if listed else {})


def run_round(start, rows, operation, seconds, constant):
    """One operation with one server, started for it: the rows differ in their connections only."""
    with start() as server:
        connection = server.connect(HEADERS)
        if not constant:
            prepare(connection, operation)
        try:
            listed = check(connection, operation, constant)
            for row in rows:
                row.rounds.append(measure(server, operation, row.connections, seconds, listed))
        except Invalid as reason:
            for row in rows:
                row.invalid = str(reason)
        connection.close()


def measure_all(arguments, constant):
    """All rows, each server in its turn in each round."""
    servers = find_servers(arguments.binary, json.dumps(constant, separators=(",", ":")))
    chosen = [
        operation
        for operation in operations(arguments.canaries)
        if not arguments.only or operation.name in arguments.only
    ]
    rows = {
        (operation.name, server): [Row(operation.name, server, n) for n in arguments.connections]
        for operation in chosen
        for server in servers
        if server not in operation.lacking
    }
    for number in range(arguments.rounds):
        print(f"throughput: round {number + 1} of {arguments.rounds}", file=sys.stderr)
        for operation in chosen:
            for server, start in servers.items():
                mine = rows.get((operation.name, server), [])
                fixed = constant if server in ("constant", "nginx") else None
                for some in [[row] for row in mine] if operation.changes_much else [mine]:
                    if some:
                        run_round(start, some, operation, arguments.seconds, fixed)
    return [row.summary() for some in rows.values() for row in some]


def constant_answer(binary):
    """The version, and GetCanary's answer, which is what the constant servers say to everything."""
    with Program(binary, "memory") as program:
        connection = program.connect(HEADERS)
        prepare(connection, operations(1)[0])
        answer = get_canary(1).ask(connection)
        version = connection.ask("GET", HEALTH)["version"]
        connection.close()
        return version, answer


def make_report(arguments):
    version, constant = constant_answer(arguments.binary)
    rows = measure_all(arguments, constant)
    goals.compare(rows)
    return {
        "version": version,
        "rounds": arguments.rounds,
        "seconds": arguments.seconds,
        "canaries": arguments.canaries,
        "rows": rows,
        "goals": goals.judge(rows),
    }


def print_table(report):
    print_heading(report["version"], report["rounds"], f" of {report['seconds']} s")
    print("cpu: the server's own processor time a request. MB: resident, afterwards.")
    heading = None
    for row in sorted(report["rows"], key=lambda row: row["connections"]):
        if heading != (heading := (row["operation"], row["connections"])):
            plural = "" if row["connections"] == 1 else "s"
            print(f"\n{f'{heading[0]}, {heading[1]} connection{plural}':34}{COLUMNS}")
        print(f"  {row['server']:32}{invalid_or_numbers(row)}")
    print(f"\nGoals, at {goals.CONNECTIONS} connections:")
    for goal in report["goals"]:
        verdict = {True: "met, {}", False: "MISSED, {}", None: "not measured"}[goal["met"]]
        print(f"  {goal['goal']}: {verdict.format(goal['ratio'])}")


def invalid_or_numbers(row):
    if row["invalid"]:
        return f"INVALID: {row['invalid']}"

    def times(name):
        ratio = row["ratios"][name]
        return "" if ratio is None else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"

    return (
        f"{row['requestsPerSecond']:10.0f} {row['cpuUs']:8.1f} {row['p50Ms']:8.2f}"
        f" {row['p99Ms']:8.2f} {row['residentMb']:6.1f}  {times('cpuToConstant'):>12}"
        f"  {times('cpuBelowMoto'):>8}  {times('requestsAboveMoto'):>13}"
    )


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [operation.name for operation in operations(1)]
    parser.add_argument("binary", metavar="BINARY", help="the program, as it is shipped")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    parser.add_argument("--plot", type=pathlib.Path, metavar="FILE", help="draw an SVG, too")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each figure")
    parser.add_argument("--seconds", type=int, default=1, help="length of each measurement")
    parser.add_argument("--canaries", type=int, default=1000, help="that there are")
    parser.add_argument("--only", action="append", choices=names, help="this operation")
    parser.add_argument("--connections", action="append", type=int, help="1 and 16 without it")
    arguments = parser.parse_args()
    arguments.connections = arguments.connections or CONNECTIONS
    if min(arguments.rounds, arguments.seconds, arguments.canaries, *arguments.connections) < 1:
        parser.error("all numbers are above 0")
    return arguments


def main():
    arguments = parse_arguments()
    report = make_report(arguments)
    if arguments.plot:
        arguments.plot.write_text(draw(report))
    if arguments.json:
        print(json.dumps(report, indent=2))
    else:
        print_table(report)


if __name__ == "__main__":
    main()
