#!/usr/bin/env python3
"""The server on the wire: HTTP/1.1 as clients send it, and as they never should."""

import email.utils
import json
import socket
import time
import unittest

import canaries
from emulator import Emulator
from wire import Connection, assert_all_are_answered, chunk, request

KIB = 1024
MIB = 1024 * KIB


class ConnectionsTest(unittest.TestCase):
    """One emulator for all tests of a class: none of them leaves a trace in the world."""

    options = ["--clock", "2026-01-01T00:00:00Z"]

    @classmethod
    def setUpClass(cls):
        cls.emulator = cls.enterClassContext(Emulator(*cls.options))

    def connect(self):
        return self.enterContext(Connection(self.emulator.url))

    def assert_refused(self, answer, status):
        """A clear refusal in JSON, which says that nothing follows it."""
        self.assertEqual(answer.status, status)
        body = answer.json()
        self.assertTrue(body["Message"] if "Message" in body else body["error"]["message"])
        self.assertEqual(answer.headers["connection"], "close")

    def assert_refused_and_closed(self, sent, status):
        """The one answer to these bytes is a refusal, and the end of the connection comes after."""
        connection = self.connect()
        connection.send(sent)
        self.assert_refused(connection.read_answer(), status)
        self.assertEqual(connection.read_to_end(), b"")

    def assert_serves(self):
        with Connection(self.emulator.url) as connection:
            connection.send(request("GET", "/health"))
            self.assertEqual(connection.read_answer().status, 200)


class KeepAliveTest(ConnectionsTest):
    def test_a_connection_serves_many_requests(self):
        connection = self.connect()
        for number in range(100):
            connection.send(request("GET", f"/canary/number-{number}"))
            answer = connection.read_answer()
            self.assertEqual(answer.json()["Message"], f"Canary not found: number-{number}")
            self.assertNotIn("connection", answer.headers)

    def test_requests_sent_at_once_are_answered_in_their_order(self):
        connection = self.connect()
        connection.send(b"".join(request("GET", f"/canary/number-{n}") for n in range(20)))
        for number in range(20):
            message = connection.read_answer().json()["Message"]
            self.assertEqual(message, f"Canary not found: number-{number}")
        self.assertFalse(connection.has_data())

    def test_requests_with_bodies_are_told_apart(self):
        connection = self.connect()
        connection.send(
            request("POST", "/canaries", b'{"MaxResults":1}')
            + request("POST", "/canaries", Transfer_Encoding="chunked")
            + chunk(b'{"MaxResults"')
            + chunk(b":0}")
            + chunk(b"")
            + request("POST", "/tags/x", b"{}")
            + request("GET", "/health")
        )
        self.assertEqual([connection.read_answer().status for _ in range(4)], [200, 400, 400, 200])

    def test_a_request_waits_for_the_advance_before_it(self):
        connection = self.connect()
        connection.send(
            request("POST", "/_emulator/clock/advance", b'{"seconds":1}')
            + request("GET", "/_emulator/clock")
        )
        arrived = connection.read_answer().json()["now"]
        self.assertEqual(connection.read_answer().json()["now"], arrived)

    def test_a_request_that_asks_for_it_is_the_last(self):
        connection = self.connect()
        connection.send(request("GET", "/health", connection="close") + request("GET", "/health"))
        self.assertEqual(connection.read_answer().headers["connection"], "close")
        self.assertEqual(connection.read_to_end(), b"")

    def test_http_1_0_gets_one_answer(self):
        connection = self.connect()
        connection.send(request("GET", "/health", version="HTTP/1.0"))
        answer = connection.read_answer()
        self.assertEqual((answer.version, answer.status), ("HTTP/1.0", 200))
        self.assertEqual(connection.read_to_end(), b"")

    def test_http_1_0_may_ask_for_more(self):
        connection = self.connect()
        for _ in range(2):
            connection.send(request("GET", "/health", version="HTTP/1.0", connection="keep-alive"))
            self.assertEqual(connection.read_answer().headers["connection"], "keep-alive")

    def test_many_connections_at_once_are_all_answered(self):
        assert_all_are_answered(self, [self.connect() for _ in range(200)])


class AnswerTest(ConnectionsTest):
    def answer(self, method, path, body=b""):
        connection = self.connect()
        connection.send(request(method, path, body))
        return connection.read_answer(method)

    def test_an_answer_says_its_length_and_type(self):
        for path in ("/health", "/canary/nobody", "/nowhere", "/_emulator/nowhere"):
            answer = self.answer("GET", path)
            self.assertEqual(int(answer.headers["content-length"]), len(answer.body))
            self.assertTrue(answer.json())

    def test_the_date_is_the_real_one_whatever_the_emulated_clock_shows(self):
        date = email.utils.parsedate_to_datetime(self.answer("GET", "/health").headers["date"])
        self.assertLess(abs(date.timestamp() - time.time()), 60)

    def test_no_content_is_no_content(self):
        connection = self.connect()
        connection.send(request("POST", "/_emulator/reset") + request("GET", "/health"))
        answer = connection.read_answer()
        self.assertEqual(answer.status, 204)
        self.assertNotIn("content-length", answer.headers)
        # Were there a body after all, it would stand where this answer's head is expected.
        self.assertEqual(connection.read_answer().status, 200)

    def test_methods_that_no_operation_has_are_not_found(self):
        for method in ("HEAD", "OPTIONS", "TRACE", "BREW", "PUT"):
            with self.subTest(method):
                answer = self.answer(method, "/canary/nobody")
                self.assertEqual(answer.status, 404)
                self.assertEqual(answer.headers["content-type"], "application/json")

    def test_an_answer_to_head_has_no_body(self):
        # A client does not read one, and would take it for the beginning of the next answer.
        for path in ("/canary/nobody", "/health"):
            with self.subTest(path):
                connection = self.connect()
                connection.send(request("HEAD", path))
                connection.read_answer("HEAD")
                connection.send(request("GET", "/health"))
                self.assertEqual(connection.read_answer().status, 200)

    def test_what_a_client_sends_does_not_spoil_the_answers_encoding(self):
        # JSON is UTF-8, and messages say what was sent.
        for path in ("/caf\xe9", "/canary/caf%E9", "/_emulator/caf%E9", "/_emulator/caf\xe9"):
            with self.subTest(path):
                connection = self.connect()
                connection.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("latin-1"))
                self.assertTrue(connection.read_answer().json())


class LimitsTest(ConnectionsTest):
    def head_of(self, size):
        head = request("GET", "/health", x_padding="")
        return head[:-4] + b"x" * (size - len(head)) + head[-4:]

    def test_a_head_of_64_kib_is_read(self):
        connection = self.connect()
        connection.send(self.head_of(64 * KIB))
        self.assertEqual(connection.read_answer().status, 200)

    def test_a_larger_head_is_refused(self):
        self.assert_refused_and_closed(self.head_of(64 * KIB + 1), 431)
        self.assert_refused_and_closed(self.head_of(MIB), 431)

    def test_a_larger_path_is_refused(self):
        self.assert_refused_and_closed(request("GET", "/" + "x" * 65 * KIB), 431)

    def test_a_body_of_16_mib_is_read(self):
        body = b'{"MaxResults":1}'.ljust(16 * MIB)
        connection = self.connect()
        connection.send(request("POST", "/canaries", body))
        self.assertEqual(connection.read_answer().json(), {"Canaries": []})

    def test_a_larger_body_is_refused(self):
        # All of it is sent before the answer is read: the answer must outlive that.
        body = b"{}".ljust(16 * MIB + 1)
        self.assert_refused_and_closed(request("POST", "/canaries", body), 413)

    def test_a_larger_chunked_body_is_refused(self):
        body = chunk(b" " * MIB) * 16 + chunk(b" ") + chunk(b"")
        head = request("POST", "/canaries", transfer_encoding="chunked")
        self.assert_refused_and_closed(head + body, 413)

    def test_a_larger_body_is_refused_before_it_is_sent(self):
        size = 16 * MIB + 1
        connection = self.connect()
        connection.send(request("POST", "/canaries", content_length=size, expect="100-continue"))
        self.assert_refused(connection.read_answer(), 413)

    def test_the_control_plane_refuses_a_larger_body_in_its_own_words(self):
        connection = self.connect()
        connection.send(request("POST", "/_emulator/reset", content_length=16 * MIB + 1))
        answer = connection.read_answer()
        self.assertEqual(answer.status, 413)
        self.assertEqual(set(answer.json()["error"]), {"code", "message"})


class BodyTest(ConnectionsTest):
    def test_a_chunked_body_is_read(self):
        connection = self.connect()
        connection.send(
            request("POST", "/canaries", transfer_encoding="chunked")
            + chunk(b'{"MaxRe')
            + b"7;name=value\r\nsults\":\r\n"
            + chunk(b"1}")
            + b"0\r\nTrailer: value\r\n\r\n"
        )
        self.assertEqual(connection.read_answer().json(), {"Canaries": []})

    def test_a_body_is_asked_for_where_the_client_waits_for_that(self):
        connection = self.connect()
        body = b'{"MaxResults":1}'
        connection.send(
            request("POST", "/canaries", content_length=len(body), expect="100-continue")
        )
        self.assertEqual(connection.read_answer().status, 100)
        self.assertFalse(connection.has_data())
        connection.send(body)
        self.assertEqual(connection.read_answer().json(), {"Canaries": []})

    def test_an_http_1_0_client_is_not_told_to_continue(self):
        # It would take the 100 for the answer (RFC 9110, 10.1.1).
        connection = self.connect()
        connection.send(request("POST", "/canaries", b"{}", "HTTP/1.0", expect="100-continue"))
        self.assertEqual(connection.read_answer().status, 200)


class MalformedTest(ConnectionsTest):
    def test_what_is_not_http_is_refused(self):
        for sent in (
            b"\r\n\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
            b"GET\r\n\r\n",
            b"GET /health\r\n\r\n",
            b"GET /health HTTP/2.0\r\n\r\n",
            b"GET /he alth HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: localhost\r\nna me: value\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: localhost\r\nname: a\0b\r\n\r\n",
            b"POST /canaries HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            b"POST /canaries HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n{}",
            b"POST /canaries HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
            b"POST /canaries HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n",
            b"POST /canaries HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}no end of line",
        ):
            with self.subTest(sent):
                self.assert_refused_and_closed(sent, 400)

    def test_a_body_whose_length_is_ambiguous_is_refused(self):
        # Two servers that read such a request differently can be made to see different requests.
        hidden = request("GET", "/hidden")
        for lengths in (
            b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            b"Content-Length: 2\r\nContent-Length: 3\r\n",
            b"Content-Length: 2, 3\r\n",
            b"Content-Length: 2\r\nTransfer-Encoding : chunked\r\n",
            b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        ):
            with self.subTest(lengths):
                head = b"POST /canaries HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\n"
                self.assert_refused_and_closed(head + b"0\r\n\r\n" + hidden, 400)

    def test_a_body_in_an_unknown_coding_is_not_taken_for_the_next_request(self):
        # Where it ends cannot be known (RFC 9112, 6.3).
        hidden = request("GET", "/hidden")
        for coding in ("identity", "xchunked", "gzip", "chunked, gzip"):
            with self.subTest(coding):
                head = request("POST", "/canaries", transfer_encoding=coding)
                self.assert_refused_and_closed(head + hidden, 400)


class TimeOutTest(ConnectionsTest):
    options = ["--idle-timeout", "0.3"]

    def test_half_a_head_times_out(self):
        self.assert_refused_and_closed(b"GET /health HTT", 408)

    def test_half_a_body_times_out(self):
        head = request("POST", "/canaries", content_length=10)
        self.assert_refused_and_closed(head + b"half", 408)

    def test_half_a_chunked_body_times_out(self):
        head = request("POST", "/canaries", transfer_encoding="chunked")
        self.assert_refused_and_closed(head + chunk(b"{"), 408)

    def test_a_body_that_is_waited_for_times_out(self):
        connection = self.connect()
        connection.send(request("POST", "/canaries", content_length=2, expect="100-continue"))
        self.assertEqual(connection.read_answer().status, 100)
        self.assert_refused(connection.read_answer(), 408)

    def test_a_client_that_says_nothing_is_told_so(self):
        self.assert_refused_and_closed(b"", 408)

    def test_a_connection_that_was_used_is_closed_silently(self):
        # A client that keeps it would take a 408 for the answer to what it sends next.
        connection = self.connect()
        connection.send(request("GET", "/health"))
        self.assertEqual(connection.read_answer().status, 200)
        self.assertEqual(connection.read_to_end(), b"")

    def test_half_a_second_request_times_out(self):
        connection = self.connect()
        connection.send(request("GET", "/health") + b"GET /hea")
        self.assertEqual(connection.read_answer().status, 200)
        self.assert_refused(connection.read_answer(), 408)
        self.assertEqual(connection.read_to_end(), b"")


class DisconnectTest(ConnectionsTest):
    unfinished = (
        b"",
        b"GET /hea",
        request("POST", "/canaries", content_length=10) + b"half",
        request("POST", "/canaries", transfer_encoding="chunked") + b"5\r\nha",
        request("GET", "/_emulator/settings") * 100,  # nobody reads the answers
    )

    def test_a_client_that_goes_away_harms_nobody(self):
        for sent in self.unfinished:
            with self.subTest(sent[:60]):
                with Connection(self.emulator.url) as connection:
                    connection.send(sent)
                self.assert_serves()

    def test_a_client_that_resets_the_connection_harms_nobody(self):
        for sent in self.unfinished:
            with self.subTest(sent[:60]):
                connection = self.connect()
                connection.send(sent)
                connection.reset()
                self.assert_serves()

    def test_a_client_that_has_no_more_to_say_is_answered(self):
        connection = self.connect()
        connection.send(request("GET", "/health"))
        connection.socket.shutdown(socket.SHUT_WR)
        self.assertEqual(connection.read_answer().status, 200)
        self.assertEqual(connection.read_to_end(), b"")


class LongAdvanceTest(unittest.TestCase):
    """While a month of 60 canaries passes, which takes long, others are served."""

    MONTH = 30 * 24 * 3600

    def setUp(self):
        self.emulator = self.enterContext(
            Emulator("--clock", "2026-01-01T00:00:00Z", "--transitions", "instant")
        )
        for number in range(60):
            canaries.create(self.emulator, f"number-{number}")
            canaries.start(self.emulator, f"number-{number}")
        self.began = canaries.now(self.emulator)
        self.advance = self.enterContext(Connection(self.emulator.url))
        body = json.dumps({"seconds": self.MONTH}).encode()
        self.advance.send(request("POST", "/_emulator/clock/advance", body))
        while canaries.now(self.emulator) == self.began:
            pass

    def assert_under_way(self):
        self.assertFalse(self.advance.has_data())

    def test_health_and_reads_are_answered_meanwhile(self):
        health = canaries.call(self.emulator, "GET", "/_emulator/health")
        self.assertEqual(health["status"], "ok")
        self.assertEqual(canaries.state_of(self.emulator, "number-7"), "RUNNING")
        page = canaries.call(self.emulator, "POST", "/canaries", {"MaxResults": 20})
        self.assertEqual(len(page["Canaries"]), 20)
        self.assert_under_way()

    def test_reads_see_an_instant_on_the_way(self):
        before = canaries.now(self.emulator)
        runs = canaries.call(self.emulator, "POST", "/canary/number-7/runs", {"MaxResults": 1})
        after = canaries.now(self.emulator)
        self.assert_under_way()
        self.assertLess(self.began, before)
        self.assertLess(after, self.began + self.MONTH)
        # A canary that runs each minute has its last run less than a minute ago.
        [last] = canaries.started(runs["CanaryRuns"])
        self.assertLessEqual(before - 60, last)
        self.assertLessEqual(last, after)

    def test_the_clock_never_goes_back_meanwhile(self):
        readings = [canaries.now(self.emulator) for _ in range(50)]
        self.assert_under_way()
        self.assertEqual(readings, sorted(readings))
        self.assertLess(readings[0], readings[-1])

    def test_a_canary_that_is_created_meanwhile_is_created_on_the_way(self):
        before = canaries.now(self.emulator)
        created = canaries.create(self.emulator, "latecomer")["Timeline"]["Created"]
        after = canaries.now(self.emulator)
        self.assert_under_way()
        self.assertTrue(before <= created <= after, (before, created, after))

    def test_a_second_advance_is_refused(self):
        for method, path, body in (
            ("POST", "/_emulator/clock/advance", {"seconds": 1}),
            ("POST", "/_emulator/clock/advance", {"until": "settled"}),
            ("PUT", "/_emulator/clock", {"now": "2027-01-01T00:00:00Z"}),
            ("PUT", "/_emulator/clock", {"mode": "running"}),
        ):
            with self.subTest(body):
                status, _, answer = self.emulator.request(method, path, body)
                self.assertEqual((status, answer["error"]["code"]), (409, "Conflict"))
        self.assert_under_way()

    def test_a_reset_ends_it(self):
        status, _, _ = self.emulator.request("POST", "/_emulator/reset")
        self.assertEqual(status, 204)
        answer = self.advance.read_answer()
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json()["error"]["code"], "Conflict")
        self.assertEqual(canaries.now(self.emulator), self.began)
        self.assertEqual(canaries.call(self.emulator, "POST", "/canaries"), {"Canaries": []})
        pending = canaries.call(self.emulator, "GET", "/_emulator/clock/pending")
        self.assertEqual(pending, {"pending": [], "total": 0})

    def test_another_one_can_follow_a_reset(self):
        self.emulator.request("POST", "/_emulator/reset")
        self.emulator.advance(seconds=60)
        self.assertEqual(canaries.now(self.emulator), self.began + 60)

    def test_others_are_served_when_its_client_has_gone(self):
        self.advance.reset()
        self.assertEqual(canaries.state_of(self.emulator, "number-7"), "RUNNING")


class FastClockTest(unittest.TestCase):
    def test_a_clock_that_is_too_fast_for_the_machine_does_not_lock_others_out(self):
        emulator = self.enterContext(Emulator("--transitions", "instant"))
        for number in range(60):
            canaries.create(emulator, f"number-{number}")
            canaries.start(emulator, f"number-{number}")
        # 100,000 runs a second are due.
        canaries.call(emulator, "PUT", "/_emulator/clock", {"speed": 100_000})
        for path in ("/canary/number-7", "/_emulator/clock", "/canary/number-7"):
            with Connection(emulator.url) as connection:
                connection.send(request("GET", path))
                self.assertEqual(connection.read_answer().status, 200)


if __name__ == "__main__":
    unittest.main()
