#!/usr/bin/env python3
"""`kill -9` under a load of writes, again and again on the same directory: what was acknowledged is there,
nothing is half done, and time goes on."""

import contextlib
import json
import pathlib
import random
import signal
import sqlite3
import tempfile
import threading
import unittest

import canaries
import figures
from emulator import Emulator
from wire import Connection, request

ROUNDS = 200
ROUNDS_BETWEEN_CHECKS = 40
WRITERS = 3
MOST_WRITES = 120  # acknowledged between a start and its kill
MINUTE = 60
OPTIONS = ["--clock", "2026-01-01T00:00:00Z", "--transitions", "instant", "--journal-size", "0"]
OPTIONS += ["--quota-groups", "1000", "--quota-group-canaries", "100000"]
ARN = "arn:aws:synthetics:us-east-1:123456789012:canary:"


class Client(threading.Thread):
    """Writes until the server is gone."""

    def __init__(self, emulator, acknowledged):
        super().__init__()
        self.url = emulator.url
        self.acknowledged = acknowledged  # a semaphore that counts
        self.count = 0
        self.refused = None  # an answer that a good write does not get

    def run(self):
        with contextlib.suppress(OSError, EOFError), Connection(self.url) as self.connection:
            while True:
                self.write()

    def ask(self, method, path, body):
        self.connection.send(request(method, path, json.dumps(body).encode()))
        answer = self.connection.read_answer()
        if answer.status != 200:
            self.refused = answer.body
            raise EOFError
        self.count += 1
        self.acknowledged.release()
        return answer.json()


class Writer(Client):
    """Makes canaries, each of which gets into a group, gets a tag, and some of which go again."""

    def __init__(self, emulator, acknowledged, group):
        super().__init__(emulator, acknowledged)
        self.group = group
        self.steps = {}  # by canary: how many of its steps were acknowledged

    def write(self):
        number = len(self.steps)
        name = f"{self.group}-{number}"
        self.steps[name] = 0
        tags = {"group": self.group, "name": name}
        path = "/tags/" + (ARN + name).replace(":", "%3A")
        steps = [
            ("POST", "/canary", {**canaries.creation(name), "Tags": tags}),
            ("PATCH", f"/group/{self.group}/associate", {"ResourceArn": ARN + name}),
            ("POST", path, {"Tags": {"last": str(number)}}),
        ]
        if number % 4 == 3:
            steps.append(("DELETE", f"/canary/{name}", {}))
        for step in steps:
            self.ask(*step)
            self.steps[name] += 1


class Mover(Client):
    """Moves the clock on, minute by minute."""

    now = None  # as it was acknowledged last

    def write(self):
        self.now = self.ask("POST", "/_emulator/clock/advance", {"seconds": MINUTE})["now"]


class KillsTest(unittest.TestCase):
    def setUp(self):
        self.directory = self.enterContext(tempfile.TemporaryDirectory())
        self.file = pathlib.Path(self.directory) / "synthetics-local.db"
        self.kept = {}  # by canary: whether it has to be there

    def start(self):
        return self.enterContext(Emulator("--data", self.directory, *OPTIONS))

    def test_nothing_acknowledged_is_lost(self):
        chance = random.Random(1)
        emulator = self.start()
        canaries.create(emulator, "pulse")
        canaries.start(emulator, "pulse")
        writes = 0
        for number in range(1, ROUNDS + 1):
            writers, mover = self.write_until_killed(emulator, number, chance)
            writes += sum(client.count for client in (*writers, mover))
            emulator = self.start()
            for writer in writers:
                self.assert_kept(emulator, writer)
            self.assert_time_goes_on(emulator, mover)
            if number % ROUNDS_BETWEEN_CHECKS == 0:
                self.assert_intact(emulator)
                emulator = self.start()
        figures.record("kills-survived", ROUNDS)
        figures.record("writes-acknowledged-before-kills", writes)

    def write_until_killed(self, emulator, number, chance):
        acknowledged = threading.Semaphore(0)
        writers = [
            Writer(emulator, acknowledged, f"round-{number}-{index}") for index in range(WRITERS)
        ]
        for writer in writers:
            canaries.call(emulator, "POST", "/group", {"Name": writer.group})
        mover = Mover(emulator, acknowledged)
        for client in (*writers, mover):
            client.start()
        for _ in range(chance.randint(1, MOST_WRITES)):
            self.assertTrue(acknowledged.acquire(timeout=60), "the writers have stopped")
        emulator.stop(signal.SIGKILL)
        for client in (*writers, mover):
            client.join()
            self.assertIsNone(client.refused)
        return writers, mover

    def assert_kept(self, emulator, writer):
        """Each canary of the round is where its last acknowledged step, or the one after, leaves it."""
        members = self.members(emulator, writer.group)
        for name, steps in writer.steps.items():
            is_to_go = int(name.rpartition("-")[2]) % 4 == 3
            status, _, answer = emulator.request("GET", f"/canary/{name}")
            if status == 404:
                self.assertTrue(steps == 0 or (is_to_go and steps >= 3), (name, steps))
                self.assertNotIn(name, members)
                self.kept[name] = False
                continue
            self.assertEqual(status, 200, name)
            self.assertFalse(is_to_go and steps == 4, name)
            tags = dict(answer["Canary"]["Tags"])
            is_tagged = tags.pop("last", None) is not None
            self.assertEqual(tags, {"group": writer.group, "name": name})
            self.assertIn(name in members, {True} if steps >= 2 else {steps == 1, False})
            self.assertIn(is_tagged, {True} if steps >= 3 else {steps == 2, False})
            self.kept[name] = True

    def members(self, emulator, group):
        names, token = set(), {}
        while True:
            page = canaries.call(emulator, "POST", f"/group/{group}/resources", token)
            names |= {arn.rpartition(":")[2] for arn in page["Resources"]}
            if "NextToken" not in page:
                return names
            token = {"NextToken": page["NextToken"]}

    def assert_time_goes_on(self, emulator, mover):
        """The clock is where it was, at least, and the pulse has not missed a beat."""
        now = canaries.now(emulator)
        if mover.now:
            self.assertGreaterEqual(now, canaries.seconds(mover.now))
        emulator.advance(seconds=MINUTE)
        runs = canaries.call(emulator, "POST", "/canary/pulse/runs")["CanaryRuns"]
        beats = canaries.started(runs)
        self.assertEqual(beats, [now + MINUTE - n * MINUTE for n in range(len(beats))])

    def assert_intact(self, emulator):
        """The emulator ends, SQLite finds nothing wrong, and all rounds' canaries are as they were."""
        self.assertEqual(emulator.stop(), 0)
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
            names = {name for [name] in database.execute("SELECT name FROM canaries")}
        there = {name for name, is_there in self.kept.items() if is_there}
        self.assertEqual(names, there | {"pulse"})


if __name__ == "__main__":
    unittest.main()
