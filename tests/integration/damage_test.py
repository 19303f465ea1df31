#!/usr/bin/env python3
"""Data directories that something has happened to, and disks that are full or not to be written to."""

import contextlib
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

import canaries
import figures
from emulator import Emulator

FILE = "synthetics-local.db"
OPTIONS = ["--clock", "2026-01-01T00:00:00Z", "--transitions", "instant"]
# The same bytes in each run, and no years of runs to catch up with where a byte of a time is another.
OPTIONS += ["--seed", "1", "--catch-up", "skip"]
HEAD = 100  # bytes, of a SQLite file
PLACES = 250  # beyond the head
LENGTHS = (2, 16, 99, 100, 512, 4095, 4096, 4097, 20_000, 40_960)

# What is asked of a world that is altered, and of one that is not.
QUESTIONS = (
    ("POST", "/canaries", {}),
    ("POST", "/canaries/last-run", {}),
    ("GET", "/canary/checkout", None),
    ("POST", "/canary/checkout/runs", {}),
    ("POST", "/groups", {}),
    ("POST", "/group/web/resources", {}),
    ("GET", "/_emulator/clock/pending?limit=1000", None),
    ("GET", "/_emulator/events", None),
    ("POST", "/_emulator/clock/advance", {"seconds": 100}),
    ("POST", "/canary", canaries.creation("new")),
)


def start(directory):
    return Emulator("--data", str(directory), *OPTIONS)


class DataTest(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def populated(self):
        """The directory of a world with something of everything, in good order."""
        directory = self.scratch / "good"
        with start(directory) as emulator:
            for number in range(20):
                canaries.create(emulator, f"number-{number}", "cron(0 10 * * ? *)")
            canaries.run(emulator, "checkout")
            canaries.call(emulator, "POST", "/group", {"Name": "web", "Tags": {"a": "b"}})
            member = {"ResourceArn": "arn:aws:synthetics:us-east-1:123456789012:canary:checkout"}
            canaries.call(emulator, "PATCH", "/group/web/associate", member)
            emulator.advance(seconds=1800)
        return directory

    def directory_with(self, content):
        directory = self.scratch / "altered"
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        (directory / FILE).write_bytes(content)
        return directory

    def refusal(self, directory):
        """The one line with which a start ends that leaves every byte as it was; None where it serves."""
        before = {file.name: file.read_bytes() for file in directory.iterdir()}
        emulator = start(directory)
        try:
            with emulator:
                return None
        except AssertionError:
            self.assertEqual(emulator.process.returncode, 2)
        emulator.log.seek(0)
        line = emulator.log.read()
        emulator.log.close()
        emulator.process.stdout.close()
        self.assertRegex(line, r"\Asynthetics-local: .+\n\Z")
        self.assertIn(str(directory), line)
        after = {file.name: file.read_bytes() for file in directory.iterdir()}
        self.assertEqual(after, before)
        return line

    def answers(self, directory):
        """What a world says to all questions: a good answer, or a 500; and it ends in good order."""
        with start(directory) as emulator:
            answers = [emulator.request(*question) for question in QUESTIONS]
        for status, headers, body in answers:
            self.assertIn(status, (200, 404, 500), body)
            if status == 500:
                self.assertRegex(str(body), "Internal error [0-9a-f-]{36}")
        return [(status, body) for status, _, body in answers]


class DamageTest(DataTest):
    def test_a_file_that_was_cut_is_refused(self):
        whole = (self.populated() / FILE).read_bytes()
        lengths = [length for length in LENGTHS if length < len(whole)]
        for length in (*lengths, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
            with self.subTest(length):
                self.assertIsNotNone(self.refusal(self.directory_with(whole[:length])))

    def test_a_byte_that_is_another_is_noticed_or_does_no_harm(self):
        directory = self.populated()
        whole = (directory / FILE).read_bytes()
        right = self.answers(self.directory_with(whole))
        chance = random.Random(1)
        places = [*range(HEAD), *(chance.randrange(HEAD, len(whole)) for _ in range(PLACES))]
        found = {"refused": 0, "right": 0, "later": 0, "unseen": 0}
        for place in places:
            with self.subTest(place):
                content = bytearray(whole)
                content[place] ^= 1 << chance.randrange(8)
                altered = self.directory_with(content)
                if self.refusal(altered):
                    found["refused"] += 1
                    continue
                answers = self.answers(self.directory_with(content))
                if answers == right:
                    found["right"] += 1
                elif any(status == 500 for status, _ in answers):
                    found["later"] += 1
                else:
                    found["unseen"] += 1  # a value in place of another: nothing says which is right
        print(found)
        self.assertGreater(found["refused"], HEAD // 4)
        figures.record("bytes-flipped", len(places))

    def test_a_log_that_a_newer_version_left_is_not_touched(self):
        good = self.populated()
        newer = self.scratch / "newer"
        with contextlib.closing(sqlite3.connect(good / FILE)) as database:
            database.execute("PRAGMA user_version = 999")
            shutil.copytree(good, newer, ignore=shutil.ignore_patterns("*-shm"))
        self.assertGreater((newer / f"{FILE}-wal").stat().st_size, 0)
        self.assertIn("newer version", self.refusal(newer))


class DiskTest(DataTest):
    def mount(self, directory, *options):
        """A small disk, where this machine lets us have one."""
        directory.mkdir(exist_ok=True)
        command = ["mount", *options, str(directory)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            self.skipTest("no disk can be mounted here")
        self.addCleanup(subprocess.run, ["umount", str(directory)], check=True)
        return directory

    def test_a_disk_that_is_full_keeps_nobody_from_reading(self):
        disk = self.mount(self.scratch / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs")
        fast = ("--clock", "x600", "--transitions", "instant")
        emulator = self.enterContext(Emulator("--data", str(disk), *fast))
        canaries.create(emulator, "pulse")
        canaries.start(emulator, "pulse")
        names = []
        while True:
            name = f"number-{len(names)}"
            status, _, body = emulator.request("POST", "/canary", canaries.creation(name))
            if status != 200:
                break
            names.append(name)
        self.assertEqual(status, 500)
        self.assertRegex(body["Message"], "Internal error [0-9a-f-]{36}")
        # Also where the world's time has something to do that cannot be stored.
        canaries.get(emulator, "pulse")
        self.assertEqual(emulator.request("GET", f"/canary/{name}")[0], 404)
        resize = ["mount", "-o", "remount,size=64m", str(disk)]
        subprocess.run(resize, check=True)
        canaries.create(emulator, name)
        emulator.stop(signal.SIGKILL)
        emulator = self.enterContext(Emulator("--data", str(disk)))
        for kept in (*names, name):
            canaries.get(emulator, kept)

    def test_a_disk_that_cannot_be_written_to_is_refused(self):
        good = self.populated()
        disk = self.mount(self.scratch / "disk", "--bind", "-r", str(good))
        if os.access(disk, os.W_OK):
            self.skipTest("no disk can be mounted read-only here")
        self.assertIsNotNone(self.refusal(disk))


if __name__ == "__main__":
    unittest.main()
