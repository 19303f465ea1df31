#!/usr/bin/env python3
"""The whole state as a SQLite file over HTTP: any reader opens it, and any emulator goes on with it."""

import contextlib
import pathlib
import signal
import sqlite3
import tempfile
import unittest

import canaries
from emulator import Emulator
from wire import Connection, chunk, request

FROZEN = ["--clock", "2026-01-01T00:00:00Z", "--seed", "1"]
TYPE = "application/vnd.sqlite3"
MIB = 1024 * 1024
HOUR = 3600


class SnapshotsTest(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def start(self, *options):
        return self.enterContext(Emulator(*options))

    def send(self, emulator, data):
        with Connection(emulator.url) as connection:
            connection.send(data)
            return connection.read_answer()

    def take(self, emulator):
        answer = self.send(emulator, request("GET", "/_emulator/snapshot"))
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, TYPE))
        return answer.body

    def load(self, emulator, image, content_type=TYPE):
        data = request("PUT", "/_emulator/snapshot", image, content_type=content_type)
        return self.send(emulator, data)

    def altered(self, image, script):
        """The snapshot after another program has worked on it."""
        file = self.directory / "altered.db"
        file.write_bytes(image)
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.executescript(script)
        return file.read_bytes()

    def world(self, emulator):
        """All that can be seen of it."""
        return (
            canaries.get(emulator, "checkout"),
            canaries.runs_of(emulator, "checkout"),
            canaries.call(emulator, "GET", "/_emulator/clock"),
            canaries.call(emulator, "GET", "/_emulator/clock/pending"),
        )


class FileTest(SnapshotsTest):
    def test_other_programs_can_read_it(self):
        for options in ((), ("--data", str(self.directory / "data"))):
            with self.subTest(options), Emulator(*options, *FROZEN) as emulator:
                canaries.run(emulator, "checkout")
                emulator.advance(seconds=HOUR)
                file = self.directory / "snapshot.db"
                file.write_bytes(self.take(emulator))
                with contextlib.closing(sqlite3.connect(file)) as database:
                    for check, good in (
                        ("PRAGMA integrity_check", [("ok",)]),
                        ("PRAGMA foreign_key_check", []),
                        ("PRAGMA journal_mode", [("delete",)]),
                        ("SELECT name FROM canaries", [("checkout",)]),
                        ("SELECT count(*) FROM runs", [(61,)]),
                    ):
                        self.assertEqual(database.execute(check).fetchall(), good, check)
                beside = [path.name for path in self.directory.iterdir() if path != file]
                self.assertLessEqual(set(beside), {"data"})

    def test_another_process_goes_on_with_it(self):
        first = self.start(*FROZEN)
        canaries.run(first, "checkout")
        image = self.take(first)
        first.advance(seconds=HOUR)
        for options in ((), ("--data", str(self.directory))):
            with self.subTest(options):
                other = self.start(*options)
                self.assertEqual(self.load(other, image).status, 204)
                other.advance(seconds=HOUR)
                self.assertEqual(self.world(other), self.world(first))

    def test_what_was_loaded_or_restored_survives_the_end_of_the_process(self):
        image = self.take(self.start(*FROZEN))
        options = ["--data", str(self.directory), *FROZEN]
        emulator = self.start(*options)
        canaries.run(emulator, "checkout")
        emulator.advance(seconds=HOUR)
        before = self.world(emulator)
        self.assertEqual(emulator.request("PUT", "/_emulator/snapshots/checkout")[0], 201)
        self.assertEqual(self.load(emulator, image).status, 204)
        self.assertEqual(emulator.request("GET", "/canary/checkout")[0], 404)
        self.assertEqual(emulator.request("POST", "/_emulator/snapshots/checkout/restore")[0], 204)
        emulator.stop(signal.SIGKILL)
        emulator = self.start(*options)
        self.assertEqual(self.world(emulator), before)
        self.assertEqual(emulator.request("POST", "/_emulator/snapshots/checkout/restore")[0], 404)
        self.assertEqual(self.load(emulator, image).status, 204)
        emulator.stop(signal.SIGKILL)
        emulator = self.start(*options)
        self.assertEqual(emulator.request("GET", "/canary/checkout")[0], 404)

    def test_it_comes_back_from_other_programs(self):
        emulator = self.start(*FROZEN)
        canaries.run(emulator, "checkout")
        image = self.altered(
            self.take(emulator),
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;"
            "DELETE FROM timeline WHERE run IS NOT NULL; DELETE FROM runs; VACUUM",
        )
        self.assertEqual(self.load(emulator, image).status, 204)
        self.assertEqual(canaries.runs_of(emulator, "checkout"), [])

    def test_the_file_of_a_data_directory_is_one_too(self):
        emulator = self.start("--data", str(self.directory), *FROZEN)
        canaries.run(emulator, "checkout")
        before = self.world(emulator)
        emulator.stop()
        other = self.start()
        file = self.directory / "synthetics-local.db"
        self.assertEqual(self.load(other, file.read_bytes()).status, 204)
        self.assertEqual(self.world(other), before)


class LimitsTest(SnapshotsTest):
    def test_a_snapshot_may_be_larger_than_other_bodies(self):
        emulator = self.start(*FROZEN)
        canaries.create(emulator, "checkout")
        zip_file = f"zeroblob({40 * MIB})"
        code = f"REPLACE INTO canary_code SELECT key, {zip_file}, '', 0 FROM canaries"
        image = self.altered(self.take(emulator), code)
        self.assertGreater(len(image), 40 * MIB)
        self.assertEqual(self.load(emulator, image).status, 204)
        self.assertEqual(len(self.take(emulator)), len(image))
        head = request(
            "PUT", "/_emulator/snapshot", transfer_encoding="chunked", content_type=TYPE
        )
        self.assertEqual(self.send(emulator, head + chunk(image) + chunk(b"")).status, 204)

    def test_but_only_there_and_not_without_end(self):
        emulator = self.start()
        for method, path, size, limit in (
            ("POST", "/_emulator/snapshot", 17 * MIB, "16 MiB"),
            ("PUT", "/_emulator/snapshots/a", 17 * MIB, "16 MiB"),
            ("PUT", "/_emulator/clock", 17 * MIB, "16 MiB"),
            ("PUT", "/_emulator/snapshot", 1025 * MIB, "1024 MiB"),
        ):
            with self.subTest(path):
                answer = self.send(emulator, request(method, path, content_length=size))
                self.assertEqual(answer.status, 413)
                self.assertIn(limit, answer.json()["error"]["message"])

    def test_a_body_has_the_type_of_its_route(self):
        emulator = self.start(*FROZEN)
        image = self.take(emulator)
        for content_type in ("application/json", "text/plain", "application/x-sqlite3"):
            self.assertEqual(self.load(emulator, image, content_type).status, 415)
        self.assertEqual(self.load(emulator, image, TYPE + "; charset=binary").status, 204)

    def test_a_head_says_how_large_it_is(self):
        emulator = self.start(*FROZEN)
        with Connection(emulator.url) as connection:
            connection.send(request("HEAD", "/_emulator/snapshot"))
            answer = connection.read_answer("HEAD")
        self.assertEqual(int(answer.headers["content-length"]), len(self.take(emulator)))


class RefusalTest(SnapshotsTest):
    def test_what_is_no_snapshot_changes_nothing(self):
        emulator = self.start(*FROZEN)
        canaries.run(emulator, "checkout")
        image = self.take(emulator)
        before = self.world(emulator)
        for body, why in (
            (b'{"canaries":[]}', "not a SQLite database"),
            (image[:-4096], "damaged"),
            (self.altered(image, "PRAGMA user_version = 999"), "newer version"),
            (self.altered(image, "CREATE TABLE more (word TEXT)"), "its tables"),
            (self.altered(image, "PRAGMA page_size = 8192; VACUUM"), "its tables"),
        ):
            with self.subTest(why):
                answer = self.load(emulator, body)
                self.assertEqual(answer.status, 400)
                error = answer.json()["error"]
                self.assertEqual(error["code"], "InvalidRequest")
                self.assertIn(why, error["message"])
                self.assertEqual(self.world(emulator), before)


if __name__ == "__main__":
    unittest.main()
