#!/usr/bin/env python3
"""What the image costs: its size, how soon it answers and ends, what it needs; beside moto_server.

usage: measure.py [--json] [--rounds N]

Both programs run here, in turn, in the same way: the image's is copied out of it. What only a container
has is measured of the image alone. A goal that is missed is printed, and is no error.
"""

import argparse
import datetime
import http.client
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

IMAGE = os.environ.get("SYNTHETICS_IMAGE", "synthetics-local")
CANARIES = 1_000
CREATION = {
    "Code": {"Handler": "index.handler", "S3Bucket": "my-bucket", "S3Key": "canary.zip"},
    "ArtifactS3Location": "s3://my-bucket",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
    "Schedule": {"Expression": "rate(5 minutes)"},
    "RuntimeVersion": "syn-nodejs-puppeteer-10.0",
}
# By the service in it moto knows which of its own is meant.
HEADERS = {
    "Content-Type": "application/json",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/synthetics/aws4_request,"
    " SignedHeaders=host, Signature=0",
}
MB = 1_000_000


def milliseconds_since(start):
    return 1000 * (time.perf_counter() - start)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def await_answer(port, path):
    """Asks until the answer is 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request)
                if connection.recv(12) == b"HTTP/1.1 200":
                    return
        except OSError:
            pass
        time.sleep(0.0002)


class Peer:
    """A program that serves, measured from outside."""

    def __init__(self, command, health, clean):
        self.command = command
        self.health = health
        self.environment = {} if clean else None

    def start(self):
        self.port = free_port()
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [part.format(port=self.port) for part in self.command],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await_answer(self.port, self.health)
        return milliseconds_since(start)

    def stop(self):
        start = time.perf_counter()
        self.process.terminate()
        self.process.wait()
        return milliseconds_since(start)

    def resident(self):
        """Megabytes that it has in memory."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1]) * 1024 / MB

    def create_canaries(self):
        for number in range(CANARIES):
            # moto ends every connection after its answer.
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            body = json.dumps({"Name": f"canary-{number}", **CREATION})
            connection.request("POST", "/canary", body, HEADERS)
            answer = connection.getresponse()
            text = answer.read()
            connection.close()
            if answer.status != 200:
                raise RuntimeError(f"CreateCanary: {answer.status} {text}")

    def measure(self, rounds):
        starts, ends = [], []
        for _ in range(rounds):
            starts.append(self.start())
            ends.append(self.stop())
        self.start()
        idle = self.resident()
        self.create_canaries()
        full = self.resident()
        ends.append(self.stop())
        return {
            "exec to first 200, ms": statistics.median(starts),
            "memory idle, MB": idle,
            f"memory with {CANARIES:,} canaries, MB": full,
            "SIGTERM to end, ms": statistics.median(ends),
        }


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def instant(text):
    """Of Docker's, with its nanoseconds left out."""
    text, zone = text.replace("Z", "+00:00")[:26], text[-6:]
    zone = zone if zone[0] in "+-" else "+00:00"
    return datetime.datetime.fromisoformat(text.split("+")[0].rstrip("Z") + zone)


def seconds_to_health(container):
    """From the start of the process to Docker's first good look at it."""
    while True:
        state = json.loads(docker("inspect", container))[0]["State"]
        if state["Health"]["Status"] == "healthy":
            first = state["Health"]["Log"][0]
            return (instant(first["End"]) - instant(state["StartedAt"])).total_seconds()
        time.sleep(0.02)


def measure_container(rounds):
    runs, stops, healths = [], [], []
    for _ in range(rounds):
        port = free_port()
        start = time.perf_counter()
        container = docker("run", "--detach", "--rm", "--publish", f"127.0.0.1:{port}:4566", IMAGE)
        await_answer(port, "/_emulator/health")
        runs.append(milliseconds_since(start))
        healths.append(1000 * seconds_to_health(container))
        start = time.perf_counter()
        docker("stop", container)
        stops.append(milliseconds_since(start))
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
    with tempfile.TemporaryDirectory() as folder:
        program = copy_program(folder)
        ours = Peer([program, "--port", "{port}"], "/_emulator/health", clean=True)
        figures = ours.measure(options.rounds)
    figures = {**measure_container(max(options.rounds // 4, 1)), **figures}
    peers = {}
    if moto := shutil.which("moto_server"):
        command = [moto, "-H", "127.0.0.1", "-p", "{port}"]
        peers = Peer(command, "/moto-api/", clean=False).measure(3)
    table = list(rows(figures, peers))
    if options.json:
        print(json.dumps(table, indent=2))
        return
    print_table(table)
    if not peers:
        print("There is no moto_server here to compare with (pip install 'moto[server]').")


if __name__ == "__main__":
    main()
