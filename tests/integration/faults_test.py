#!/usr/bin/env python3
"""Faults and the journal on the wire: answers that are late, cut off, or never come."""

import tempfile
import time
import unittest

from emulator import Emulator
from wire import Connection, request

SHORT = 0.3  # as long as a test waits for what must not come
STOP = 0.8  # seconds; it takes 0.9 where somebody is waited for in vain


class FaultsTest(unittest.TestCase):
    def setUp(self):
        self.emulator = self.start()

    def start(self, *options):
        return self.enterContext(Emulator("--clock", "2026-01-01T00:00:00Z", *options))

    def add(self, fault, emulator=None, **members):
        rule = {"match": {"operation": "GetCanary"}, "fault": fault, **members}
        status, _, body = (emulator or self.emulator).request("POST", "/_emulator/faults", rule)
        self.assertEqual(status, 201, body)

    def ask(self):
        """A connection that has asked for the canary `shop`, and waits."""
        connection = self.enterContext(Connection(self.emulator.url))
        connection.send(request("GET", "/canary/shop"))
        return connection

    def assert_others_are_answered(self):
        began = time.monotonic()
        status, _, _ = self.emulator.request("POST", "/canaries", {})
        self.assertEqual(status, 200)
        self.assertLess(time.monotonic() - began, SHORT)

    def test_a_late_answer_is_late_and_others_are_not(self):
        self.add({"latencyMs": 700})
        began = time.monotonic()
        connection = self.ask()
        self.assert_others_are_answered()
        self.assertEqual(connection.read_answer().status, 404)
        self.assertGreaterEqual(time.monotonic() - began, 0.7)
        # The connection goes on.
        connection.send(request("POST", "/canaries"))
        self.assertEqual(connection.read_answer().status, 200)

    def test_an_error_can_be_late(self):
        self.add({"latencyMs": 300, "status": 503, "code": "ServiceUnavailable", "message": "m"})
        began = time.monotonic()
        answer = self.ask().read_answer()
        self.assertEqual((answer.status, answer.json()), (503, {"Message": "m"}))
        self.assertEqual(answer.headers["x-amzn-errortype"], "ServiceUnavailable")
        self.assertIn("Fault rule 1 ", answer.headers["x-emulator-explain"])
        self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_a_reset_is_a_reset(self):
        self.add({"connection": "reset"})
        with self.assertRaises(ConnectionResetError):
            self.ask().read_to_end()

    def test_an_answer_is_cut_within_its_body(self):
        self.add({"connection": "close"})
        head, _, body = self.ask().read_to_end().partition(b"\r\n\r\n")
        self.assertIn(b"HTTP/1.1 404", head)
        length = len(b'{"Message":"Canary not found: shop"}')
        self.assertIn(b"Content-Length: %d" % length, head)
        self.assertEqual(len(body), length // 2)

    def test_a_hanging_request_is_never_answered_and_others_are(self):
        self.add({"connection": "hang"})
        connection = self.ask()
        self.assert_others_are_answered()
        time.sleep(SHORT)
        self.assertFalse(connection.has_data())
        connection.socket.close()
        self.assert_others_are_answered()

    def test_a_hanging_connection_outlasts_the_idle_timeout(self):
        self.emulator = self.start("--idle-timeout", "0.1")
        self.add({"connection": "hang"})
        connection = self.ask()
        time.sleep(SHORT)
        self.assertFalse(connection.has_data())

    def test_a_broken_intermediary_answers_what_it_will(self):
        self.add({"status": 502, "body": "<html>Bad gateway"})
        answer = self.ask().read_answer()
        self.assertEqual((answer.status, answer.body), (502, b"<html>Bad gateway"))
        self.assertEqual(answer.headers["content-type"], "text/plain")

    def test_a_stop_does_not_wait_for_a_hanging_connection(self):
        self.add({"connection": "hang"})
        connection = self.ask()
        self.assert_others_are_answered()
        self.assert_stops_at_once()
        self.assertEqual(connection.read_to_end(), b"")

    def test_a_stop_does_not_wait_for_a_late_answer_which_comes_at_once(self):
        self.add({"latencyMs": 60_000})
        connection = self.ask()
        self.assert_others_are_answered()
        self.assert_stops_at_once()
        self.assertEqual(connection.read_answer().status, 404)

    def assert_stops_at_once(self):
        began = time.monotonic()
        self.assertEqual(self.emulator.stop(), 0)
        self.assertLess(time.monotonic() - began, STOP)

    def test_rules_survive_a_restart_with_data(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        first = self.start("--data", folder)
        self.add({"status": 429, "code": "X"}, first, times=2)
        self.assertEqual(first.request("GET", "/canary/shop")[0], 429)
        first.stop()
        second = self.start("--data", folder)
        _, _, body = second.request("GET", "/_emulator/faults")
        [rule] = body["faults"]
        self.assertEqual((rule["times"], rule["hits"]), (1, 1))
        self.assertEqual(second.request("GET", "/canary/shop")[0], 429)
        self.assertEqual(second.request("GET", "/canary/shop")[0], 404)


class JournalTest(unittest.TestCase):
    def test_it_knows_who_asked_and_how_long_the_answer_took(self):
        emulator = self.enterContext(Emulator())
        emulator.request("GET", "/canary/shop", headers={"User-Agent": "tester/1"})
        _, _, journal = emulator.request("GET", "/_emulator/requests")
        [entry] = journal["requests"]
        self.assertEqual(entry["userAgent"], "tester/1")
        self.assertGreater(entry["durationUs"], 0)
        self.assertLess(entry["durationUs"], 1_000_000)

    def test_its_size_is_a_setting(self):
        emulator = self.enterContext(Emulator("--journal-size", "2"))
        for _ in range(3):
            emulator.request("GET", "/canary/shop")
        _, _, journal = emulator.request("GET", "/_emulator/requests")
        self.assertEqual([entry["id"] for entry in journal["requests"]], [3, 2])


if __name__ == "__main__":
    unittest.main()
