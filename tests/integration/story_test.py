#!/usr/bin/env python3
"""The same seed, requests and moves of the clock give the same answers, wherever the state is kept and
however often the process has ended meanwhile."""

import json
import signal
import tempfile
import unittest

import canaries
from emulator import Emulator
from wire import Connection, request

OPTIONS = ("--clock", "2026-01-01T00:00:00Z", "--seed", "7")
RULE = {"rule": {"failureRate": 0.4, "durationMs": {"min": 500, "max": 60000}, "stateReason": "Error: 503"}}
STATES = {
    "CREATING": {"polls": 2, "then": {"stateReason": "no role"}, "times": 1},
    "UPDATING": {"hold": True},
}
SLOW = {"fault": {"status": 429, "code": "TooManyRequestsException"}, "probability": 0.5}
SEEDED = {
    **canaries.creation("seeded"),
    "start": True,
    "history": {"days": 1, "failureRate": 0.1},
}

# Each of them depends on chance, or on what those before it have left.
STORY = [
    ("POST", "/_emulator/seed", {"canaries": [SEEDED]}),
    ("PUT", "/_emulator/outcomes", RULE),
    ("POST", "/canary", canaries.creation("shop")),
    ("POST", "/_emulator/clock/advance", {"until": "settled"}),
    ("POST", "/canary/shop/start", None),
    ("PUT", "/_emulator/canaries/shop/outcomes", {"script": [{"state": "FAILED", "count": 3}], **RULE}),
    ("POST", "/_emulator/clock/advance", {"seconds": 1000}),
    ("POST", "/canary/shop/runs", {}),
    ("PUT", "/_emulator/transitions", {"states": STATES}),
    ("POST", "/canary", canaries.creation("broken")),
    ("GET", "/canary/broken", None),
    ("GET", "/canary/broken", None),
    ("GET", "/canary/broken", None),
    ("PATCH", "/canary/shop", {"SuccessRetentionPeriodInDays": 5}),
    ("POST", "/_emulator/clock/advance", {"seconds": 1000}),
    ("POST", "/_emulator/canaries/shop/release", None),
    ("POST", "/_emulator/clock/advance", {"until": "nextRun"}),
    ("POST", "/_emulator/faults", SLOW),
    *[("GET", "/canary/shop", None)] * 6,
    ("GET", "/_emulator/faults", None),
    ("DELETE", "/_emulator/faults", None),
    ("POST", "/canary/shop/dry-run/start", {"RunConfig": {"TimeoutInSeconds": 30}}),
    ("POST", "/_emulator/canaries/shop/runs", None),
    ("POST", "/group", {"Name": "web"}),
    ("POST", "/_emulator/clock/advance", {"seconds": 86400}),
    ("GET", "/_emulator/clock/pending", None),
    ("GET", "/_emulator/events?limit=10000", None),
    ("POST", "/canary/seeded/runs", {}),
    ("POST", "/canaries/last-run", {}),
]


def tell(emulator, steps):
    """The status and the bytes of each answer."""
    answers = []
    with Connection(emulator.url) as connection:
        for method, path, body in steps:
            text = b"" if body is None else json.dumps(body).encode()
            connection.send(request(method, path, text))
            answer = connection.read_answer(method)
            answers.append((path, answer.status, answer.body))
    return answers


class StoryTest(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        with Emulator(*OPTIONS) as emulator:
            cls.told = tell(emulator, STORY)

    def test_it_goes_well(self):
        statuses = {status for _, status, _ in self.told}
        self.assertEqual(statuses, {200, 201, 204, 429})

    def test_in_memory_again(self):
        with Emulator(*OPTIONS) as emulator:
            self.assertEqual(tell(emulator, STORY), self.told)

    def test_after_a_reset(self):
        with Emulator(*OPTIONS) as emulator:
            tell(emulator, STORY)
            tell(emulator, [("POST", "/_emulator/reset", None)])
            self.assertEqual(tell(emulator, STORY), self.told)

    def test_from_a_file(self):
        with tempfile.TemporaryDirectory() as data, Emulator("--data", data, *OPTIONS) as emulator:
            self.assertEqual(tell(emulator, STORY), self.told)

    def test_from_a_file_with_a_kill_after_each_step(self):
        with tempfile.TemporaryDirectory() as data:
            for step, told in zip(STORY, self.told):
                with Emulator("--data", data, *OPTIONS) as emulator:
                    self.assertEqual(tell(emulator, [step]), [told])
                    emulator.stop(signal.SIGKILL)

    def test_from_a_snapshot_taken_on_the_way(self):
        """The second half is another process's, which has the first one's state."""
        half = len(STORY) // 2
        with Emulator(*OPTIONS) as first, Emulator("--seed", "8") as second:
            tell(first, STORY[:half])
            with Connection(first.url) as connection:
                connection.send(request("GET", "/_emulator/snapshot"))
                image = connection.read_answer().body
            with Connection(second.url) as connection:
                put = request("PUT", "/_emulator/snapshot", image, content_type="application/vnd.sqlite3")
                connection.send(put)
                self.assertEqual(connection.read_answer().status, 204)
            self.assertEqual(tell(second, STORY[half:]), self.told[half:])


if __name__ == "__main__":
    unittest.main()
