#!/usr/bin/env python3
"""Requests that two servers could read differently, targets that should lead nowhere, and bodies
that end in no proper way: each is refused, and what stands behind it is never answered."""

import unittest

import figures
from connections_test import KIB, MIB, ConnectionsTest
from wire import chunk, request

HIDDEN = request("GET", "/hidden")
CODING = b"Transfer-Encoding: chunked\r\n"
LAST = b"0\r\n\r\n"


def post(headers, body=LAST, version=b"HTTP/1.1", host=b"Host: localhost\r\n"):
    return b"POST /canaries " + version + b"\r\n" + host + headers + b"\r\n" + body


# Every one of them is malformed.
FRAMINGS = [
    post(b"Content-Length: 5\r\nContent-Length: 6\r\n"),
    post(b"Content-Length: 5\r\nContent-Length: 5\r\n"),
    post(b"Content-Length: 5, 5\r\n"),
    post(b"Content-Length: 5, 6\r\n"),
    post(b"Content-Length: 5,\r\n"),
    post(b"Content-Length:\r\n"),
    post(b"Content-Length: +5\r\n"),
    post(b"Content-Length: 5 5\r\n"),
    post(b"Content-Length: 0x5\r\n"),
    post(b"Content-Length: 5_0\r\n"),
    post(b"Content-Length: 5.0\r\n"),
    post(b"Content-Length: \x0b5\r\n"),
    post(b"Content-Length: 18446744073709551616\r\n"),
    post(b"Content-Length : 5\r\n"),
    post(b"Content-Length\t: 5\r\n"),
    post(b" Content-Length: 5\r\n"),
    post(b"Content-Length: 5\r\n" + CODING),
    post(CODING + b"Content-Length: 5\r\n"),
    post(b"Content-Length: 0\r\n" + CODING),
    post(CODING + CODING),
    post(b"Transfer-Encoding: identity\r\n" + CODING),
    post(CODING + b"Transfer-Encoding: identity\r\n"),
    post(b"Transfer-Encoding: chunked, identity\r\n"),
    post(b"Transfer-Encoding: identity, chunked\r\n"),
    post(b"Transfer-Encoding: chunked, chunked\r\n"),
    post(b"Transfer-Encoding: ,chunked\r\n"),
    post(b"Transfer-Encoding: chunked;q=1\r\n"),
    post(b"Transfer-Encoding: xchunked\r\n"),
    post(b"Transfer-Encoding: chunkedx\r\n"),
    post(b'Transfer-Encoding: "chunked"\r\n'),
    post(b"Transfer-Encoding:\r\n"),
    post(b"Transfer-Encoding: \x0bchunked\r\n"),
    post(b"Transfer-Encoding: chunked\x0c\r\n"),
    post(b"Transfer-Encoding : chunked\r\n"),
    post(b"Transfer-Encoding\t: chunked\r\n"),
    post(b"Transfer-Encoding:\r\n chunked\r\n"),
    post(b"Transfer-Encoding: chunked\r\n ,identity\r\n"),
    post(CODING, version=b"HTTP/1.0"),
    post(b"Name: value\r\n folded\r\n" + CODING),
    post(b"Name: value\r\n\tfolded\r\n" + CODING),
    post(b"Name:\r\n\r\n" + CODING, host=b"Host: localhost\r\n folded\r\n"),
    post(b"Name: value\n" + CODING),
    post(b"Name: value\r" + CODING),
    post(b"Name: a\0b\r\n" + CODING),
    post(b"Na\0me: value\r\n" + CODING),
    post(b"Name value\r\n" + CODING),
    post(b": value\r\n" + CODING),
    post(CODING, host=b""),
    post(CODING, host=b"Host: localhost\r\nHost: localhost\r\n"),
    post(CODING, host=b"Host: localhost\r\nHost: elsewhere\r\n"),
    post(CODING, host=b"Host:\r\nHost: localhost\r\n"),
    post(b"Content-Type: application/json\r\nContent-Type: text/plain\r\n" + CODING),
    post(b"Authorization: a\r\nAuthorization: b\r\n" + CODING),
    b"POST  /canaries HTTP/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST\t/canaries HTTP/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /canaries  HTTP/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /canaries HTTP/1.1 \r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /canaries HTTP/1.1\nHost: localhost\n" + CODING + b"\n" + LAST,
    b"POST /canaries http/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /canaries HTTP/1.10\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /canaries HTTP/0.9\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"POST /can\0aries HTTP/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
    b"PO(ST /canaries HTTP/1.1\r\nHost: localhost\r\n" + CODING + b"\r\n" + LAST,
]

# Chunked bodies, none of them whole.
CHUNKS = [
    b"x\r\n{}\r\n" + LAST,
    b"2g\r\n{}\r\n" + LAST,
    b"-2\r\n{}\r\n" + LAST,
    b"+2\r\n{}\r\n" + LAST,
    b" 2\r\n{}\r\n" + LAST,
    b"0x2\r\n{}\r\n" + LAST,
    b"2 2\r\n{}\r\n" + LAST,
    b"\r\n{}\r\n" + LAST,
    b";name\r\n{}\r\n" + LAST,
    b"10000000000000002\r\n{}\r\n" + LAST,
    b"fffffffffffffffff\r\n{}\r\n" + LAST,
    b"2\n{}\r\n" + LAST,
    b"2\r{}\r\n" + LAST,
    b"2\r\n{}" + LAST,
    b"2\r\n{}\n" + LAST,
    b"2\r\n{}x\r\n" + LAST,
    b"1\r\n{}\r\n" + LAST,
    b"2;\r\n{}\r\n" + LAST,
    b"2;=value\r\n{}\r\n" + LAST,
    b'2;name="value\r\n{}"\r\n' + LAST,
    b"2;na me\r\n{}\r\n" + LAST,
    b"2\r\n{}\r\n0\r\nno trailer\r\n\r\n",
    b"2\r\n{}\r\n0\r\n: value\r\n\r\n",
    b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
    b"2\r\n{}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
]

# Too much of what nobody needs. Of it 64 KiB may wait for its end, and what a read brings beside.
HUGE = [
    b"2;" + b"x" * 200 * KIB,
    b"2;" + b"x" * MIB + b"\r\n{}\r\n" + LAST,
    b"2\r\n{}\r\n0\r\nName: " + b"x" * 200 * KIB + b"\r\n\r\n",
    b"2\r\n{}\r\n0\r\n" + b"Name: value\r\n" * 20_000 + b"\r\n",
]

# What leads nowhere: the status, and whether the connection goes on.
TARGETS = {
    "/../../etc/passwd": 404,
    "/canary/../../etc/passwd": 404,
    "/canary/..": 400,
    "/canary/..%2f..%2fetc%2fpasswd": 400,
    "/canary/%2e%2e/%2e%2e/etc/passwd": 404,
    "/canary/a%00b": 400,
    "/canary/a%2Fb": 400,
    "/canary/a%5Cb": 400,
    "/canary/a%0d%0aSet-Cookie:%20x": 400,
    "/canary/%ff": 400,
    "/canary/%c0%ae%c0%ae": 400,
    "/canary/%": 400,
    "/canary/%zz": 400,
    "/canary/%u002e": 400,
    "//canary/nobody": 404,
    "/canary//nobody": 404,
    "/canary/nobody/": 404,
    "/canary/nobody;x=y": 400,
    "/canary/nobody%3Fx": 400,
    "/canary/nobody#x": 400,
    "/%63anary/nobody": 404,
    "/_emulator/../canary/nobody": 404,
    "/_emulator%2fhealth": 404,
    "/_emulator/%00": 404,
    "/_emulator/health%00": 404,
    "/_emulator/snapshots/..%2f..%2fetc%2fpasswd/restore": 405,
    "/?": 404,
    "/?x=%": 400,
    "*": 400,
    "canary/nobody": 400,
    "localhost:4566": 400,
    "ftp://localhost/canary/nobody": 400,
    "file:///etc/passwd": 400,
    "http:///canary/nobody": 404,
    "http://localhost/canary/nobody": 404,
    "HTTP://localhost:4566/canary/nobody": 404,
    "https://127.0.0.1/canary/nobody": 404,
    "http://elsewhere/canary/nobody": 403,
    "http://localhost@elsewhere/canary/nobody": 403,
}


class ShapesTest(ConnectionsTest):
    @classmethod
    def tearDownClass(cls):
        figures.record("hostile-shapes", len(FRAMINGS) + len(CHUNKS) + len(HUGE) + len(TARGETS))
        super().tearDownClass()

    def test_a_head_that_can_be_read_in_two_ways_is_refused(self):
        for sent in FRAMINGS:
            with self.subTest(sent):
                self.assert_refused_and_closed(sent + HIDDEN, 400)

    def test_a_head_that_arrives_byte_by_byte_is_refused_as_well(self):
        for sent in FRAMINGS:
            with self.subTest(sent):
                connection = self.connect()
                connection.send_slowly(sent + HIDDEN)
                self.assert_refused(connection.read_answer(), 400)
                self.assertEqual(connection.read_to_end(), b"")

    def test_a_chunked_body_that_is_broken_is_refused(self):
        for sent in CHUNKS:
            with self.subTest(sent):
                self.assert_refused_and_closed(post(CODING, sent) + HIDDEN, 400)

    def test_chunks_and_trailers_have_a_limit(self):
        for sent in HUGE:
            with self.subTest(sent[:40]):
                self.assert_refused_and_closed(post(CODING, sent), 431)

    def test_a_head_of_many_lines_has_the_limit_of_one_line(self):
        lines = b"Name: value\r\n" * 5_100
        self.assert_refused_and_closed(post(lines + CODING), 431)

    def test_trailers_are_no_headers(self):
        connection = self.connect()
        credential = b"Authorization: AWS4-HMAC-SHA256 Credential=x/y\r\n"
        connection.send(post(CODING, b"2\r\n{}\r\n0\r\nHost: elsewhere\r\n" + credential + b"\r\n"))
        self.assertEqual(connection.read_answer().status, 200)

    def test_the_largest_chunked_body_is_read(self):
        body = chunk(b'{"MaxResults":1}'.ljust(MIB)) + chunk(b" " * MIB) * 15 + chunk(b"")
        connection = self.connect()
        connection.send(post(CODING, body))
        self.assertEqual(connection.read_answer().json(), {"Canaries": []})

    def test_a_target_that_leads_nowhere_is_refused(self):
        for target, status in TARGETS.items():
            with self.subTest(target):
                connection = self.connect()
                connection.send(request("GET", target) + request("GET", "/health"))
                answer = connection.read_answer()
                self.assertEqual(answer.status, status, answer.body)
                answer.json()
                self.assertEqual(connection.read_answer().status, 200)

    def test_a_target_with_its_host_is_the_one_without(self):
        for target in ("http://localhost/health", "http://127.0.0.1:1/health?x=y"):
            connection = self.connect()
            connection.send(request("GET", target, host="elsewhere"))
            self.assertEqual(connection.read_answer().status, 200)


if __name__ == "__main__":
    unittest.main()
