#!/usr/bin/env python3
"""With `--data`, a killed emulator comes back as it was. Without, it honestly forgets."""

import contextlib
import json
import pathlib
import signal
import sqlite3
import tempfile
import unittest

import canaries
from emulator import Emulator
from wire import Connection, request

START = "2026-01-01T00:00:00Z"
FROZEN = ["--clock", START]
MINUTE = 60
HOUR = 60 * MINUTE


class DurabilityTest(unittest.TestCase):
    def setUp(self):
        self.directory = self.enterContext(tempfile.TemporaryDirectory())

    def start(self, *options):
        return self.enterContext(Emulator("--data", self.directory, *options))

    def restart(self, emulator, number=signal.SIGKILL):
        """The same program on the same data, after a sudden end of this one."""
        emulator.stop(number)
        return self.start(*emulator.options[2:])

    def assert_intact(self, emulator):
        """The emulator ends, and SQLite finds nothing wrong with what it leaves behind."""
        self.assertEqual(emulator.stop(), 0)
        file = pathlib.Path(self.directory) / "synthetics-local.db"
        with contextlib.closing(sqlite3.connect(file)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])

    def assert_on_grid(self, runs, first, count):
        """A run each minute, none missing, none twice."""
        self.assertEqual(canaries.started(runs), [first + n * MINUTE for n in range(count)])
        self.assertEqual(len({run["Id"] for run in runs}), count)


class AcknowledgedWritesTest(DurabilityTest):
    ROUNDS = 15

    def test_the_last_answer_before_the_end_holds(self):
        emulator = self.start(*FROZEN)
        for number in range(self.ROUNDS):
            name = f"number-{number}"
            created = canaries.create(emulator, name)
            emulator = self.restart(emulator)
            self.assertEqual(canaries.get(emulator, name), created)

    def test_a_deletion_holds_too(self):
        emulator = self.start(*FROZEN)
        canaries.create(emulator, "checkout")
        emulator.advance(until="settled")
        canaries.call(emulator, "DELETE", "/canary/checkout")
        emulator.advance(until="settled")
        emulator = self.restart(emulator)
        self.assertEqual(emulator.request("GET", "/canary/checkout")[0], 404)

    def test_a_reset_holds_too(self):
        emulator = self.start(*FROZEN)
        canaries.run(emulator, "checkout")
        emulator.advance(seconds=HOUR)
        emulator.request("POST", "/_emulator/reset")
        emulator = self.restart(emulator)
        self.assertEqual(canaries.call(emulator, "POST", "/canaries"), {"Canaries": []})
        self.assertEqual(canaries.now(emulator), canaries.seconds(START))

    def test_transition_times_hold_too(self):
        emulator = self.start(*FROZEN)
        times = {"profile": "realistic", "states": {"CREATING": {"seconds": 90}}}
        canaries.call(emulator, "PUT", "/_emulator/transitions", times)
        emulator = self.restart(emulator)
        kept = canaries.call(emulator, "GET", "/_emulator/transitions")
        self.assertEqual(kept, times)


class FrozenClockTest(DurabilityTest):
    def test_the_clock_stands_where_it_stood(self):
        emulator = self.start("--clock", "frozen")
        emulator.advance(seconds=1234.567)
        stood = canaries.call(emulator, "GET", "/_emulator/clock")
        emulator = self.restart(emulator)
        self.assertEqual(canaries.call(emulator, "GET", "/_emulator/clock"), stood)

    def test_options_for_a_new_world_do_not_change_one_that_is_kept(self):
        emulator = self.start(*FROZEN, "--seed", "1")
        emulator.advance(seconds=HOUR)
        emulator.stop(signal.SIGKILL)
        emulator = self.start("--clock", "x60", "--seed", "2", "--transitions", "realistic")
        clock = canaries.call(emulator, "GET", "/_emulator/clock")
        self.assertEqual(clock, {"now": "2026-01-01T01:00:00Z", "mode": "frozen", "speed": 1})
        profile = canaries.call(emulator, "GET", "/_emulator/transitions")["profile"]
        self.assertEqual(profile, "fast")

    def test_a_clock_that_was_set_keeps_its_setting(self):
        emulator = self.start(*FROZEN)
        setting = {"now": "2027-01-01T00:00:00Z", "mode": "frozen", "speed": 7}
        canaries.call(emulator, "PUT", "/_emulator/clock", setting)
        emulator = self.restart(emulator)
        self.assertEqual(canaries.call(emulator, "GET", "/_emulator/clock"), setting)

    def test_each_transition_goes_on_where_it_was(self):
        emulator = self.start(*FROZEN, "--transitions", "realistic")
        canaries.create(emulator, "checkout")
        for call, between, after in (
            (None, "CREATING", "READY"),
            (("POST", "/canary/checkout/start"), "STARTING", "RUNNING"),
            (("PATCH", "/canary/checkout"), "UPDATING", "RUNNING"),
            (("POST", "/canary/checkout/stop"), "STOPPING", "STOPPED"),
        ):
            with self.subTest(between):
                if call:
                    canaries.call(emulator, *call)
                emulator.advance(seconds=1)
                before = canaries.get(emulator, "checkout")
                self.assertEqual(before["Status"]["State"], between)
                pending = canaries.call(emulator, "GET", "/_emulator/clock/pending")
                emulator = self.restart(emulator)
                self.assertEqual(canaries.get(emulator, "checkout"), before)
                kept = canaries.call(emulator, "GET", "/_emulator/clock/pending")
                self.assertEqual(kept, pending)
                emulator.advance(until="settled")
                self.assertEqual(canaries.state_of(emulator, "checkout"), after)

    def test_a_deletion_under_way_is_finished(self):
        emulator = self.start(*FROZEN)
        canaries.create(emulator, "checkout")
        emulator.advance(until="settled")
        canaries.call(emulator, "DELETE", "/canary/checkout")
        emulator = self.restart(emulator)
        self.assertEqual(canaries.state_of(emulator, "checkout"), "DELETING")
        emulator.advance(until="settled")
        self.assertEqual(emulator.request("GET", "/canary/checkout")[0], 404)

    def test_a_schedule_stays_on_its_grid(self):
        emulator = self.start(*FROZEN)
        canaries.run(emulator, "checkout")
        first = canaries.started(canaries.runs_of(emulator, "checkout"))[0]
        for number in range(6):
            # On a full minute of the grid, before it, and behind it; with a run under way or not.
            emulator.advance(seconds=[180, 59.9, 61.1, 119, 1, 239][number])
            emulator = self.restart(emulator)
        emulator.advance(to="2026-01-01T01:00:00.600Z")
        runs = canaries.runs_of(emulator, "checkout")
        self.assert_on_grid(runs, first, 60 + 1)
        self.assert_intact(emulator)

    def test_a_run_under_way_is_completed_once(self):
        emulator = self.start(*FROZEN)
        canaries.run(emulator, "checkout")
        emulator.advance(seconds=1)
        [before] = canaries.runs_of(emulator, "checkout")
        self.assertEqual(before["Status"]["State"], "RUNNING")
        emulator = self.restart(emulator)
        self.assertEqual(canaries.runs_of(emulator, "checkout"), [before])
        self.assertEqual(emulator.advance(seconds=10)["runsCompleted"], 1)
        [after] = canaries.runs_of(emulator, "checkout")
        self.assertEqual((after["Id"], after["Status"]["State"]), (before["Id"], "PASSED"))


class LongAdvanceTest(DurabilityTest):
    """The end comes in the middle of an advance, which is not over in a moment."""

    names = [f"number-{number}" for number in range(20)]

    def begin_month(self, emulator):
        """Starts an advance of a month and returns when it is on its way."""
        before = canaries.now(emulator)
        body = json.dumps({"seconds": 30 * 24 * HOUR}).encode()
        connection = self.enterContext(Connection(emulator.url))
        connection.send(request("POST", "/_emulator/clock/advance", body))
        while canaries.now(emulator) == before:
            pass

    def test_what_it_had_reached_holds_and_the_rest_can_follow(self):
        for number in (signal.SIGKILL, signal.SIGTERM):
            with self.subTest(number):
                emulator = self.start(*FROZEN)
                emulator.request("POST", "/_emulator/reset")
                for name in self.names:
                    canaries.run(emulator, name)
                began = canaries.now(emulator)
                self.begin_month(emulator)
                emulator = self.restart(emulator, number)
                reached = canaries.now(emulator)
                self.assertGreater(reached, began)
                for name in self.names:
                    last = canaries.started(canaries.runs_of(emulator, name))[-1]
                    self.assertLessEqual(last, reached)
                emulator.advance(seconds=3 * MINUTE)
                for name in self.names:
                    runs = canaries.runs_of(emulator, name)
                    first = runs[0]["Timeline"]["Started"]
                    passed = round(1000 * (reached - first)) // (1000 * MINUTE) + 3
                    self.assert_on_grid(runs, first, passed + 1)
                self.assert_intact(emulator)

    def test_a_running_clock_runs_on_from_where_it_had_got(self):
        emulator = self.start("--transitions", "instant")
        for name in self.names:
            canaries.create(emulator, name)
            canaries.start(emulator, name)
        self.begin_month(emulator)
        emulator = self.restart(emulator)
        reached = canaries.now(emulator)
        for _ in range(5000):
            if canaries.now(emulator) > reached:
                return
        self.fail(f"it stands still at {reached}")


class SeedTest(DurabilityTest):
    def chapters(self):
        """What a user does, in parts between which the program may end."""
        yield lambda emulator: canaries.run(emulator, "checkout")
        yield lambda emulator: emulator.advance(seconds=10 * MINUTE)
        yield lambda emulator: canaries.create(emulator, "login", "rate(5 minutes)")
        yield lambda emulator: emulator.advance(seconds=0.2)
        yield lambda emulator: emulator.advance(until="settled")
        yield lambda emulator: canaries.start(emulator, "login")
        yield lambda emulator: emulator.advance(seconds=HOUR + 2)
        yield lambda emulator: canaries.call(emulator, "POST", "/canary/checkout/stop")
        yield lambda emulator: emulator.advance(until="nextRun")

    def world(self, emulator):
        """All that can be seen of it."""
        names = ("checkout", "login")
        return (
            [canaries.get(emulator, name) for name in names],
            [canaries.runs_of(emulator, name) for name in names],
            canaries.call(emulator, "GET", "/_emulator/clock"),
            canaries.call(emulator, "GET", "/_emulator/clock/pending"),
        )

    def test_the_future_is_the_same_with_ends_and_without(self):
        options = [*FROZEN, "--seed", "42"]
        broken = self.start(*options)
        whole = self.enterContext(Emulator(*options))
        for chapter in self.chapters():
            chapter(whole)
            chapter(broken)
            broken = self.restart(broken)
        self.assertEqual(self.world(broken), self.world(whole))
        self.assert_intact(broken)

    def test_another_seed_is_another_future(self):
        ids = set()
        for seed in ("1", "2"):
            emulator = self.enterContext(Emulator(*FROZEN, "--seed", seed))
            canaries.run(emulator, "checkout")
            ids.add(canaries.runs_of(emulator, "checkout")[0]["Id"])
        self.assertEqual(len(ids), 2)


class RunningClockTest(DurabilityTest):
    """The only tests that wait for time to pass, as the clock is what they are about."""

    OPTIONS = ["--clock", "x600", "--transitions", "instant"]

    def wait_for_runs(self, emulator, count):
        while len(runs := canaries.runs_of(emulator, "checkout")) < count:
            pass
        return runs

    def test_runs_go_on_with_none_missing(self):
        emulator = self.start(*self.OPTIONS)
        canaries.create(emulator, "checkout")
        canaries.start(emulator, "checkout")
        before = self.wait_for_runs(emulator, 3)
        emulator = self.restart(emulator)
        # Its time has not stood still meanwhile: the runs of that time are there too.
        runs = self.wait_for_runs(emulator, len(before) + 3)
        self.assert_on_grid(runs, before[0]["Timeline"]["Started"], len(runs))
        ids = [run["Id"] for run in runs]
        self.assertEqual(ids[: len(before)], [run["Id"] for run in before])
        self.assert_intact(emulator)

    def test_a_transition_under_way_goes_on(self):
        emulator = self.start("--clock", "x600")
        times = {"states": {"CREATING": {"seconds": 60}}}
        canaries.call(emulator, "PUT", "/_emulator/transitions", times)
        canaries.create(emulator, "checkout")
        emulator = self.restart(emulator)
        while canaries.state_of(emulator, "checkout") == "CREATING":
            pass
        timeline = canaries.get(emulator, "checkout")["Timeline"]
        self.assertEqual(timeline["LastModified"] - timeline["Created"], 60)

    def test_its_clock_goes_on_at_its_speed_and_never_back(self):
        emulator = self.start(*self.OPTIONS)
        before = canaries.call(emulator, "GET", "/_emulator/clock")
        emulator = self.restart(emulator)
        after = canaries.call(emulator, "GET", "/_emulator/clock")
        self.assertEqual((after["mode"], after["speed"]), ("running", 600))
        self.assertLess(canaries.seconds(before["now"]), canaries.seconds(after["now"]))


class MemoryTest(unittest.TestCase):
    def test_without_a_directory_nothing_outlives_the_program(self):
        for _ in range(2):
            with Emulator(*FROZEN) as emulator:
                storage = canaries.call(emulator, "GET", "/_emulator/health")["storage"]
                self.assertEqual(storage, {"kind": "memory"})
                self.assertEqual(emulator.request("GET", "/canary/checkout")[0], 404)
                canaries.create(emulator, "checkout")
                emulator.advance(seconds=HOUR)


if __name__ == "__main__":
    unittest.main()
