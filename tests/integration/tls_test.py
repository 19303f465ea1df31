#!/usr/bin/env python3
"""The server by TLS: who may speak with it, what it says to others, and what a handshake leaves."""

import contextlib
import itertools
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from urllib.parse import urlsplit

import canaries
import figures
import wire
from emulator import BINARY, Emulator, assert_mistake, clean_environment
from wire import TIMEOUT, Connection, assert_all_are_answered, request

HANDSHAKES = 1000
MIB = 1 << 20

# The handshakes that were begun, whole or not.
tried = itertools.count()


def trusting(authority):
    """What a client needs that trusts this authority and nobody else."""
    return ssl.create_default_context(cadata=authority)


class TlsConnection(wire.TlsConnection):
    """One that is counted."""

    def __init__(self, *arguments, **how):
        next(tried)
        super().__init__(*arguments, **how)


class TlsTest(unittest.TestCase):
    options = []

    @classmethod
    def setUpClass(cls):
        cls.emulator = cls.enterClassContext(Emulator("--tls", "self-signed", *cls.options))
        cls.context = trusting(cls.emulator.authority)

    def connect(self, **how):
        return self.enterContext(TlsConnection(self.emulator.url, self.context, **how))

    def connect_bare(self):
        """Without a handshake."""
        next(tried)
        return self.enterContext(Connection(self.emulator.url))

    def assert_serves(self):
        with TlsConnection(self.emulator.url, self.context) as connection:
            connection.send(request("GET", "/health"))
            self.assertEqual(connection.read_answer().status, 200)

    def log(self):
        self.emulator.log.seek(0)
        return self.emulator.log.read()

    def assert_logged(self, text):
        """Sooner or later: the log is written after the answer."""
        while text not in self.log():
            self.assertIsNone(self.emulator.process.poll())


class HandshakeTest(TlsTest):
    options = ["--allowed-hosts", "synthetics,emulator.test"]

    def test_the_start_says_where_it_listens(self):
        self.assertTrue(self.emulator.url.startswith("https://127.0.0.1:"), self.emulator.url)

    def test_the_authority_is_served_as_it_was_printed(self):
        connection = self.connect()
        connection.send(request("GET", "/_emulator/tls/ca.pem"))
        answer = connection.read_answer()
        self.assertEqual(answer.headers["content-type"], "application/x-pem-file")
        self.assertEqual(answer.body.decode(), self.emulator.authority)

    def test_the_certificate_is_good_for_every_name_that_leads_here(self):
        names = ["localhost", "127.0.0.1", "::1", socket.gethostname(), "synthetics", "emulator.test"]
        for name in names:
            with self.subTest(name):
                self.connect(name=name)

    def test_it_is_good_for_no_other_name(self):
        for name in ("elsewhere.test", "127.0.0.2"):
            with self.subTest(name), self.assertRaises(ssl.SSLCertVerificationError):
                self.connect(name=name)

    def test_it_passes_the_strictest_checks(self):
        strict = trusting(self.emulator.authority)
        strict.verify_flags |= ssl.VERIFY_X509_STRICT
        with TlsConnection(self.emulator.url, strict) as connection:
            begin, end = (ssl.cert_time_to_seconds(connection.socket.getpeercert()[key]) for key in ("notBefore", "notAfter"))
        self.assertGreater(end - begin, 365 * 86400)
        self.assertLessEqual(end - begin, 825 * 86400)  # the most that Apple's systems take

    def test_a_client_that_does_not_trust_it_goes_away(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            TlsConnection(self.emulator.url, ssl.create_default_context())
        self.assert_logged("A TLS handshake failed")
        self.assert_serves()

    def test_each_start_has_an_authority_of_its_own(self):
        with Emulator("--tls", "self-signed") as other:
            self.assertNotEqual(other.authority, self.emulator.authority)
            with self.assertRaises(ssl.SSLCertVerificationError):
                TlsConnection(other.url, self.context)
            # Who trusts both can tell them apart.
            both = trusting(self.emulator.authority + other.authority)
            for url in (self.emulator.url, other.url):
                TlsConnection(url, both).socket.close()

    def test_every_cipher_that_it_takes_has_forward_secrecy_and_is_an_aead(self):
        taken = set()
        for cipher in self.context.get_ciphers():
            context = trusting(self.emulator.authority)
            if cipher["protocol"] != "TLSv1.2":
                continue
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers(cipher["name"])
            try:
                TlsConnection(self.emulator.url, context).socket.close()
            except ssl.SSLError:
                continue
            taken.add(cipher["name"])
        self.assertEqual(
            taken,
            {
                "ECDHE-ECDSA-AES128-GCM-SHA256",
                "ECDHE-ECDSA-AES256-GCM-SHA384",
                "ECDHE-ECDSA-CHACHA20-POLY1305",
            },
        )

    def test_older_versions_of_tls_are_refused(self):
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            # Without this OpenSSL refuses by itself, before a byte is sent.
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            with self.subTest(version), self.assertRaisesRegex(ssl.SSLError, "PROTOCOL_VERSION"):
                TlsConnection(self.emulator.url, context)
        self.assert_serves()

    @unittest.skipUnless(shutil.which("openssl"), "no openssl")
    def test_renegotiation_is_refused(self):
        address = urlsplit(self.emulator.url).netloc
        # It asks for a renegotiation where a line is "R".
        client = subprocess.Popen(
            ["openssl", "s_client", "-connect", address, "-tls1_2"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        next(tried)
        output, _ = client.communicate("R\n", timeout=TIMEOUT)
        self.assertIn("RENEGOTIATING", output)
        self.assertIn("no renegotiation", output)
        self.assert_serves()


class UseTest(TlsTest):
    def test_a_connection_serves_many_requests(self):
        connection = self.connect()
        for number in range(100):
            connection.send(request("GET", f"/canary/number-{number}"))
            message = connection.read_answer().json()["Message"]
            self.assertEqual(message, f"Canary not found: number-{number}")

    def test_requests_sent_at_once_are_answered_in_their_order(self):
        connection = self.connect()
        connection.send(b"".join(request("GET", f"/canary/number-{n}") for n in range(200)))
        for number in range(200):
            message = connection.read_answer().json()["Message"]
            self.assertEqual(message, f"Canary not found: number-{number}")

    def test_a_request_in_many_records_is_one(self):
        connection = self.connect()
        for byte in request("POST", "/canaries", b'{"MaxResults":1}'):
            connection.send(bytes([byte]))
        self.assertEqual(connection.read_answer().json(), {"Canaries": []})

    def test_a_body_is_asked_for_where_the_client_waits_for_that(self):
        connection = self.connect()
        connection.send(request("POST", "/canaries", content_length=2, expect="100-continue"))
        self.assertEqual(connection.read_answer().status, 100)
        connection.send(b"{}")
        self.assertEqual(connection.read_answer().status, 200)

    def test_the_end_is_announced(self):
        # Python takes an end that was not for an attack, and raises.
        connection = self.connect()
        connection.socket.suppress_ragged_eofs = False
        connection.send(request("GET", "/health", connection="close"))
        self.assertEqual(connection.read_answer().status, 200)
        self.assertEqual(connection.read_to_end(), b"")

    def test_a_malformed_request_is_refused_and_the_end_announced(self):
        connection = self.connect()
        connection.socket.suppress_ragged_eofs = False
        connection.send(b"GET /he alth HTTP/1.1\r\n\r\n" + b"x" * 100_000)
        self.assertEqual(connection.read_answer().status, 400)
        self.assertEqual(connection.read_to_end(), b"")

    def test_a_client_that_has_no_more_to_say_is_answered(self):
        connection = self.connect()
        connection.send(request("GET", "/health"))
        socket.socket.shutdown(connection.socket, socket.SHUT_WR)
        self.assertEqual(connection.read_answer().status, 200)

    def test_pages_of_the_same_origin_have_access(self):
        connection = self.connect()
        for origin, status in ((self.emulator.url, 200), ("https://evil.example", 403)):
            host = urlsplit(self.emulator.url).netloc
            connection.send(request("GET", "/_emulator/health", host=host, origin=origin))
            self.assertEqual(connection.read_answer().status, status)

    def test_a_body_as_large_as_can_be_comes_in_whole(self):
        connection = self.connect()
        spaces = b" " * (16 * MIB - 3)
        for body, status in ((b"{" + spaces + b"}", 200), (b"{" + spaces + b"]", 400)):
            connection.send(request("PUT", "/_emulator/transitions", body))
            self.assertEqual(connection.read_answer().status, status)

    def test_a_body_that_is_larger_is_refused(self):
        connection = self.connect()
        connection.send(request("PUT", "/_emulator/transitions", b" " * (16 * MIB + 1)))
        self.assertEqual(connection.read_answer().status, 413)


class LargeAnswerTest(TlsTest):
    options = ["--clock", "2026-01-01T00:00:00Z", "--seed", "1"]

    def test_a_large_answer_goes_out_whole(self):
        with_past = {**canaries.creation("checkout"), "start": True, "history": {"days": 10}}
        self.emulator.request("POST", "/_emulator/seed", {"canaries": [with_past]})
        connections = [self.connect() for _ in range(2)]
        for connection in connections:
            connection.send(request("GET", "/_emulator/snapshot"))
        # Both at once, and neither is read before the other one has begun.
        first, second = (connection.read_answer().body for connection in connections)
        self.assertGreater(len(first), 2 * MIB)
        self.assertEqual(first, second)
        # Up again, and it is what was down.
        connection = self.connect()
        upload = request("PUT", "/_emulator/snapshot", first, content_type="application/vnd.sqlite3")
        self.emulator.request("POST", "/_emulator/reset")
        connection.send(upload)
        self.assertEqual(connection.read_answer().status, 204)
        self.assertEqual(canaries.state_of(self.emulator, "checkout"), "RUNNING")

    def test_who_does_not_read_harms_nobody(self):
        idle = self.connect()
        idle.send(request("GET", "/_emulator/settings") * 2000)
        self.assert_serves()


class HostileTest(TlsTest):
    def hello(self):
        """The first bytes that a client sends."""
        outgoing = ssl.MemoryBIO()
        client = self.context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            client.do_handshake()
        return outgoing.read()

    def test_who_breaks_off_at_any_byte_harms_nobody(self):
        hello = self.hello()
        for size in range(len(hello) + 1):
            with Connection(self.emulator.url) as connection:
                next(tried)
                connection.send(hello[:size])
                if size % 2:
                    connection.reset()
        self.assert_serves()

    def test_who_breaks_off_after_the_answer_harms_nobody(self):
        for end in (Connection.reset, lambda connection: None):
            with Connection(self.emulator.url) as connection:
                next(tried)
                connection.send(self.hello())
                connection._receive()
                end(connection)
        self.assert_serves()

    def test_a_hello_in_single_bytes_is_answered(self):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = self.context.wrap_bio(incoming, outgoing, server_hostname="localhost")
        connection = self.connect_bare()
        while True:
            try:
                client.do_handshake()
                break
            except ssl.SSLWantReadError:
                for byte in outgoing.read():
                    connection.send(bytes([byte]))
                incoming.write(connection.socket.recv(1 << 16))
        client.write(request("GET", "/health", connection="close"))
        for byte in outgoing.read():
            connection.send(bytes([byte]))
        incoming.write(connection.read_to_end())
        self.assertIn(b" 200 OK", client.read(1 << 16))

    def test_any_wrong_byte_ends_the_connection_and_nothing_else(self):
        hello = self.hello()
        for place in range(len(hello)):
            with Connection(self.emulator.url) as connection:
                next(tried)
                wrong = hello[:place] + bytes([hello[place] ^ 0xFF]) + hello[place + 1 :]
                try:
                    connection.send(wrong)
                    connection.socket.shutdown(socket.SHUT_WR)
                    connection.read_to_end()
                except TimeoutError:
                    raise
                except OSError:
                    pass  # it was closed already
        self.assert_serves()

    def test_garbage_ends_the_connection(self):
        for garbage in (b"\0" * 5000, b"\xff" * 5000, b"\x16\x03\x01\xff\xff" + b"x" * 70_000, b"\x80\x2e\x01\x03\x01"):
            with self.subTest(garbage[:10]):
                connection = self.connect_bare()
                try:
                    connection.send(garbage)
                    connection.socket.shutdown(socket.SHUT_WR)
                    self.assertNotIn(b"HTTP", connection.read_to_end())
                except TimeoutError:
                    raise
                except OSError:
                    pass  # it was closed already
        self.assert_serves()

    def test_a_flood_of_warnings_lets_others_have_their_turn(self):
        warnings = b"\x15\x03\x03\0\2\1\x5a" * 10_000  # each says user_canceled
        answered = threading.Event()

        def flood(connection):
            until = time.monotonic() + 5
            with contextlib.suppress(OSError):
                while not answered.is_set() and time.monotonic() < until:
                    connection.socket.sendall(warnings)

        served = self.connect()
        flooding = self.connect_bare()
        flooding.send(self.hello())
        thread = threading.Thread(target=flood, args=(flooding,))
        thread.start()
        for _ in range(20):
            served.send(request("GET", "/health"))
            self.assertEqual(served.read_answer().status, 200)
            self.assertTrue(thread.is_alive(), "nobody was answered while it went on")
        answered.set()
        thread.join()

    def test_garbage_after_the_handshake_ends_the_connection(self):
        for garbage in (b"GET /health HTTP/1.1\r\n\r\n", b"\x17\x03\x03\x00\x20" + b"x" * 32):
            with self.subTest(garbage[:10]):
                connection = self.connect()
                with socket.socket(fileno=os.dup(connection.socket.fileno())) as bare:
                    bare.sendall(garbage)
                with self.assertRaises((ssl.SSLError, EOFError, ConnectionError)):
                    connection.read_answer()
        self.assert_serves()

    def test_plain_http_is_told_what_to_speak(self):
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"):
            with self.subTest(method):
                connection = self.connect_bare()
                connection.send(request(method, "/canaries", b"{}" * 10_000))
                answer = connection.read_answer()
                self.assertEqual(answer.status, 400)
                self.assertEqual(answer.headers["content-type"], "text/plain")
                self.assertEqual(answer.body, b"this port speaks TLS: use https://\n")
                self.assertEqual(connection.read_to_end(), b"")
        self.assert_logged("A client speaks plain HTTP, and this port speaks TLS")

    def test_tls_on_a_plain_port_is_in_the_log(self):
        with Emulator() as emulator:
            with self.assertRaises(ssl.SSLError):
                TlsConnection(emulator.url, self.context)
            text = ""
            while "A client speaks TLS, and this port speaks plain HTTP" not in text:
                emulator.log.seek(0)
                text = emulator.log.read()


class SlowTest(TlsTest):
    options = ["--idle-timeout", "0.3"]

    def test_a_handshake_has_the_time_of_a_head(self):
        for sent in (b"", b"\x16", b"\x16\x03\x01\x02\x00"):
            with self.subTest(sent):
                connection = self.connect_bare()
                connection.send(sent)
                self.assertNotIn(b"HTTP", connection.read_to_end())

    def test_half_a_head_times_out(self):
        connection = self.connect()
        connection.send(b"GET /hea")
        self.assertEqual(connection.read_answer().status, 408)
        self.assertEqual(connection.read_to_end(), b"")


class ManyTest(TlsTest):
    def resident(self):
        """What the process has in memory, in bytes."""
        pages = int(pathlib.Path(f"/proc/{self.emulator.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE")

    def shake_hands(self, times):
        for _ in range(times):
            self.assert_serves()

    def test_memory_is_given_back(self):
        self.shake_hands(HANDSHAKES // 10)
        before = self.resident()
        self.shake_hands(HANDSHAKES)
        self.assertLess(self.resident() - before, 4 * MIB)

    def test_many_connections_at_once_are_all_answered(self):
        assert_all_are_answered(self, [self.connect() for _ in range(200)])


class EndTest(unittest.TestCase):
    def test_a_signal_ends_open_connections_well(self):
        with Emulator("--tls", "self-signed") as emulator:
            context = trusting(emulator.authority)
            used, unused = (TlsConnection(emulator.url, context) for _ in range(2))
            used.send(request("GET", "/health"))
            used.read_answer()
            silent, half = (Connection(emulator.url) for _ in range(2))
            half.send(b"\x16\x03\x01\x02")
            self.assertEqual(emulator.stop(signal.SIGTERM), 0)
            emulator.log.seek(0)
            self.assertIn("Stopped", emulator.log.read())
            for connection in (used, unused):
                connection.socket.suppress_ragged_eofs = False
                self.assertEqual(connection.read_to_end(), b"")
            for connection in (used, unused, silent, half):
                connection.socket.close()

    def test_a_signal_waits_for_nobody_for_long(self):
        with Emulator("--tls", "self-signed") as emulator:
            stuck = self.enterContext(TlsConnection(emulator.url, trusting(emulator.authority)))
            stuck.send(request("GET", "/_emulator/openapi.json") * 500)
            stuck.read_until(b"\r\n")
            self.assertEqual(emulator.stop(signal.SIGTERM), 0)


class FilesTest(unittest.TestCase):
    """A certificate of the user's own."""

    @classmethod
    def setUpClass(cls):
        if not shutil.which("openssl"):
            raise unittest.SkipTest("no openssl")
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.make("rsa", "rsa:2048")
        cls.make("ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-384")
        cls.path("empty").write_text("")
        cls.path("broken").write_text(cls.path("rsa.cert").read_text()[:200])
        cls.path("locked").write_text(
            subprocess.run(
                ["openssl", "rsa", "-in", cls.path("rsa.key"), "-aes128", "-passout", "pass:secret"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )

    @classmethod
    def path(cls, name):
        return cls.folder / name

    @classmethod
    def make(cls, name, *kind):
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-nodes", "-subj", "/CN=localhost", "-newkey", *kind),
                *("-addext", "subjectAltName=DNS:localhost", "-days", "2"),
                *("-out", cls.path(f"{name}.cert"), "-keyout", cls.path(f"{name}.key")),
            ],
            capture_output=True,
            check=True,
        )

    def options(self, certificate, key):
        return ["--tls-cert", str(self.path(certificate)), "--tls-key", str(self.path(key))]

    def test_it_is_what_clients_are_shown(self):
        for name in ("rsa", "ec"):
            with self.subTest(name), Emulator(*self.options(f"{name}.cert", f"{name}.key")) as emulator:
                context = trusting(self.path(f"{name}.cert").read_text())
                with TlsConnection(emulator.url, context) as connection:
                    connection.send(request("GET", "/_emulator/tls/ca.pem"))
                    self.assertEqual(connection.read_answer().status, 404)
                self.assertEqual(emulator.authority, "")

    def test_what_cannot_be_used_is_one_line_and_the_end(self):
        for certificate, key, culprit in (
            ("none", "rsa.key", "none"),
            ("rsa.cert", "none", "none"),
            (".", "rsa.key", "certificate"),
            ("empty", "rsa.key", "empty"),
            ("broken", "rsa.key", "broken"),
            ("rsa.key", "rsa.cert", "the certificate cannot be read"),
            ("rsa.cert", "empty", "the key cannot be read"),
            ("rsa.cert", "rsa.cert", "the key cannot be read"),
            ("rsa.cert", "locked", "the key cannot be read"),
            ("rsa.cert", "ec.key", "the key is not that of the certificate"),
            ("ec.cert", "rsa.key", "the key is not that of the certificate"),
        ):
            with self.subTest(certificate=certificate, key=key):
                said = assert_mistake("--port", "0", *self.options(certificate, key))
                self.assertIn(culprit, said)

    def test_settings_that_contradict_each_other_are_one_line_and_the_end(self):
        both = self.options("rsa.cert", "rsa.key")
        for options, culprit in (
            (["--tls", "self-signed", *both], "exclude each other"),
            (both[:2], "need each other"),
            (both[2:], "need each other"),
            (["--tls", "on"], "'on' is not good for --tls"),
        ):
            with self.subTest(options):
                self.assertIn(culprit, assert_mistake("--port", "0", *options))


class HealthTest(TlsTest):
    def probe(self, *options):
        port = str(urlsplit(self.emulator.url).port)
        return subprocess.run(
            [BINARY, "health", "--port", port, *options],
            capture_output=True,
            text=True,
            env=clean_environment(),
        )

    def test_it_is_asked_by_tls(self):
        asked = self.probe("--tls", "self-signed")
        self.assertEqual(asked.returncode, 0, asked.stderr)
        self.assertIn('"status":"ok"', asked.stdout)

    def test_it_is_not_well_where_it_is_asked_in_the_clear(self):
        asked = self.probe()
        self.assertEqual(asked.returncode, 1)
        self.assertIn("use https://", asked.stdout + asked.stderr)


def tearDownModule():
    figures.record("tls-handshakes", next(tried))


if __name__ == "__main__":
    unittest.main()
