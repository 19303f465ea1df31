#!/usr/bin/env python3
"""What the program begins with by `--load`: a seed's canaries and their past, or a snapshot."""

import json
import pathlib
import tempfile
import unittest

import canaries
from emulator import Emulator, assert_mistake
from wire import Connection, request

NOON = "2026-01-08T12:00:00Z"
FROZEN = ["--clock", NOON, "--seed", "1"]
HOUR = 3600
# A day at a run an hour, with two of them in an outage.
HISTORY = {
    "days": 1,
    "outages": [{"from": "2026-01-08T09:00:00Z", "to": "2026-01-08T11:00:00Z"}],
}
SEED = {
    "canaries": [
        {**canaries.creation("checkout", "rate(1 hour)"), "start": True, "history": HISTORY},
        canaries.creation("idle"),
    ],
    "groups": [{"Name": "web", "members": ["checkout"]}],
}


class SeedsTest(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def file(self, content, name="seed.json"):
        """A file with this content, a seed where it is not bytes."""
        path = self.directory / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    def start(self, *options, environment=None):
        return self.enterContext(Emulator(*options, environment=environment))

    def log_of(self, emulator):
        self.assertEqual(emulator.stop(), 0)
        emulator.log.seek(0)
        return emulator.log.read()

    def mistake(self, path, *options):
        """The one line with which a start ends."""
        line = assert_mistake("--port", "0", *FROZEN, "--load", path, *options)
        self.assertIn(f"'{path}'", line)
        return line

    def assert_seeded(self, emulator):
        self.assertEqual(canaries.state_of(emulator, "checkout"), "RUNNING")
        self.assertEqual(canaries.state_of(emulator, "idle"), "READY")
        states = [run["Status"]["State"] for run in canaries.runs_of(emulator, "checkout")]
        self.assertEqual(states, 21 * ["PASSED"] + 2 * ["FAILED"] + ["PASSED", "RUNNING"])
        members = canaries.call(emulator, "POST", "/group/web/resources", {})["Resources"]
        self.assertEqual(len(members), 1)


class SeedTest(SeedsTest):
    def test_it_is_there_with_the_first_answer_and_goes_on(self):
        emulator = self.start("--load", self.file(SEED), *FROZEN)
        self.assert_seeded(emulator)
        self.assertEqual(canaries.call(emulator, "GET", "/_emulator/clock")["now"], NOON)
        self.assertEqual(emulator.advance(seconds=HOUR)["runsStarted"], 1)

    def test_the_file_can_be_named_by_a_variable(self):
        for name in ("LOAD", "SYNTHETICS_LOCAL_LOAD"):
            with self.subTest(name):
                self.assert_seeded(self.start(*FROZEN, environment={name: self.file(SEED)}))

    def test_it_is_the_same_each_time_and_the_same_as_over_http(self):
        def world(emulator):
            return canaries.get(emulator, "checkout"), canaries.runs_of(emulator, "checkout")

        loaded = [self.start("--load", self.file(SEED), *FROZEN) for _ in range(2)]
        self.assertEqual(world(loaded[0]), world(loaded[1]))
        posted = self.start(*FROZEN)
        status, _, answer = posted.request("POST", "/_emulator/seed", SEED)
        expected = {"canaries": 2, "groups": 1, "runs": 25, "now": NOON}
        self.assertEqual((status, answer), (201, expected))
        self.assertEqual(world(posted), world(loaded[0]))

    def test_while_the_clock_runs_it_ends_now(self):
        seed = {"canaries": [{**SEED["canaries"][0], "history": {"days": 2}}]}
        emulator = self.start("--load", self.file(seed))
        [canary] = canaries.call(emulator, "POST", "/canaries")["Canaries"]
        created = canary["Timeline"]["Created"]
        self.assertGreaterEqual(canaries.now(emulator), created + 48 * HOUR)
        self.assertEqual(len(canaries.runs_of(emulator, "checkout")), 49)

    def test_a_reset_does_not_load_it_again(self):
        emulator = self.start("--load", self.file(SEED), *FROZEN)
        emulator.request("POST", "/_emulator/reset")
        self.assertEqual(canaries.call(emulator, "POST", "/canaries"), {"Canaries": []})

    def test_quotas_and_defaults_are_those_of_the_settings(self):
        options = ("--region", "eu-north-1", "--quota-groups", "1", *FROZEN)
        emulator = self.start("--load", self.file(SEED), *options)
        [member] = canaries.call(emulator, "POST", "/group/web/resources", {})["Resources"]
        self.assertEqual(member, "arn:aws:synthetics:eu-north-1:123456789012:canary:checkout")


class SnapshotTest(SeedsTest):
    def test_it_goes_on_as_it_was(self):
        first = self.start("--load", self.file(SEED), *FROZEN)
        with Connection(first.url) as connection:
            connection.send(request("GET", "/_emulator/snapshot"))
            image = connection.read_answer().body
        snapshot = self.file(image, "state.db")
        second = self.start("--load", snapshot, "--clock", "2030-01-01T00:00:00Z", "--seed", "2")
        self.assert_seeded(second)
        self.assertEqual(canaries.call(second, "GET", "/_emulator/clock")["now"], NOON)
        settings = canaries.call(second, "GET", "/_emulator/settings")["settings"]
        self.assertEqual([row["value"] for row in settings if row["name"] == "seed"], ["1"])
        for emulator in (first, second):
            emulator.advance(seconds=HOUR)
        self.assertEqual(*(canaries.runs_of(emulator, "checkout") for emulator in (first, second)))


class DataTest(SeedsTest):
    def setUp(self):
        super().setUp()
        self.data = ["--data", str(self.directory / "data")]

    def test_a_world_with_canaries_or_groups_is_kept(self):
        load = ("--load", self.file(SEED))
        for path, body in (
            ("/canary", canaries.creation("precious")),
            ("/group", {"Name": "precious"}),
        ):
            data = ("--data", str(self.directory / path[1:]))
            with self.subTest(path):
                first = self.start(*data, *FROZEN)
                canaries.call(first, "POST", path, body)
                first.stop()
                again = self.start(*data, *load, *FROZEN)
                canaries.call(again, "GET", f"{path}/precious")
                self.assertEqual(again.request("GET", "/canary/checkout")[0], 404)
                self.assertRegex(self.log_of(again), r"Not loaded: .*seed\.json")

    def test_the_same_start_again_goes_on_where_the_first_one_was(self):
        options = (*self.data, "--load", self.file(SEED), *FROZEN)
        first = self.start(*options)
        canaries.call(first, "DELETE", "/canary/idle")
        first.advance(seconds=HOUR)
        first.stop()
        again = self.start(*options)
        self.assertEqual(again.request("GET", "/canary/idle")[0], 404)
        self.assertEqual(len(canaries.runs_of(again, "checkout")), 26)

    def test_an_empty_world_from_before_is_loaded_into_at_its_own_instant(self):
        first = self.start(*self.data, *FROZEN)
        first.advance(seconds=HOUR)
        first.stop()
        again = self.start(*self.data, "--load", self.file(SEED), *FROZEN)
        timeline = canaries.get(again, "checkout")["Timeline"]
        self.assertEqual(timeline["Created"], canaries.seconds(NOON) + HOUR - 24 * HOUR)

    def test_the_time_between_two_starts_has_passed_before_it_is_loaded(self):
        first = self.start(*self.data, "--clock", "x100000")
        shown = canaries.now(first)
        first.stop()
        seed = self.file({"canaries": [canaries.creation("new")]})
        again = self.start(*self.data, "--load", seed)
        self.assertGreater(canaries.get(again, "new")["Timeline"]["Created"], shown)

    def test_what_is_refused_leaves_nothing_there(self):
        bad = {"canaries": [*SEED["canaries"], {**canaries.creation("bad"), "history": {"days": 1}}]}
        self.assertIn("(bad): 'history'", self.mistake(self.file(bad), *self.data))
        emulator = self.start(*self.data, *FROZEN)
        self.assertEqual(canaries.call(emulator, "POST", "/canaries"), {"Canaries": []})


class MistakeTest(SeedsTest):
    def test_a_file_that_cannot_be_read_is_named(self):
        for path in (str(self.directory), str(self.directory / "nowhere.json")):
            with self.subTest(path):
                self.assertIn("cannot read", self.mistake(path))

    def test_what_is_wrong_is_said_with_its_place(self):
        bad = canaries.creation("bad", "rate(2 hours)")
        for content, words in (
            (b"canaries:\n- shop\n", "neither a snapshot nor JSON"),
            (b"[]", "not a JSON object"),
            (b"SQLite format 3\0 and no more", "no snapshot that can be loaded"),
            ({"canaries": [SEED["canaries"][0], bad]}, "canaries.2.member (bad): Invalid schedule"),
            ({"canaries": [{**bad, "Nmae": 1}]}, "'canaries.1.member.Nmae' is not a known field"),
            ({"groups": [{"Name": "web", "members": ["no"]}]}, "groups.1.member (web): Canary not"),
        ):
            with self.subTest(words):
                self.assertIn(words, self.mistake(self.file(content)))

    def test_a_past_before_1970_is_none(self):
        line = self.mistake(self.file(SEED), "--clock", "1970-01-01T12:00:00Z")
        self.assertRegex(line, r"canaries\.1\.member \(checkout\): 'history\.days'.* 1970")


if __name__ == "__main__":
    unittest.main()
