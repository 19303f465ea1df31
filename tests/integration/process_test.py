#!/usr/bin/env python3
"""The program as its user meets it: options, output, signals, and the world beside the service."""

import json
import os
import pathlib
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest

import canaries
from emulator import BINARY, Emulator, assert_mistake, clean_environment, run_to_end
from wire import Connection, request

DATABASE = "synthetics-local.db"
ACCOUNT = "123456789012"
TIMEOUT = 20


def wait_until_busy(process, seconds=0.1):
    """Until it has been on a processor for that long: for far longer than it takes to begin."""
    clock = (~process.pid << 3) | 2  # what clock_getcpuclockid(3) makes of a process id
    began = time.clock_gettime(clock)
    while time.clock_gettime(clock) < began + seconds:
        pass


def wait_until_pending(process, number):
    """Until a signal waits for a process that has been stopped."""
    status = pathlib.Path(f"/proc/{process.pid}/status")
    while True:
        [pending] = re.findall(r"^ShdPnd:\s+(\w+)$", status.read_text(), re.MULTILINE)
        if int(pending, 16) & 1 << (number - 1):
            return


def settings_in_help():
    """The names of all settings, as `--help` lists them."""
    text = subprocess.run([BINARY, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  --([a-z-]+) [A-Z]", text, re.MULTILINE))


class Program(Emulator):
    """The program with its own environment and its log within reach."""

    def __init__(self, *options, port="0", **environment):
        super().__init__(*([] if port is None else ["--port", port]), *options)
        self.environment = {**clean_environment(), **environment}

    def __enter__(self):
        self.process = subprocess.Popen(
            [BINARY, *self.options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        # What it prints before it is ready, or, where it never is, why.
        self.banner = [self.process.stdout.readline() for _ in range(2)]
        if self.banner[1] != "Ready.\n":
            raise AssertionError(f"it ended before it was ready: {self.process.communicate()}")
        self.url = re.search(r" on (\S+) ", self.banner[0]).group(1)
        return self

    def __exit__(self, failure, *_):
        if self.process.returncode is None:
            code, _, log = self.finish()
            assert failure or code == 0, log

    def log_until(self, text):
        """Reads the log up to a line that contains the text, and returns that line."""
        for line in self.process.stderr:
            if text in line:
                return line
        raise AssertionError(f"no '{text}' in the log")

    def wait(self):
        """Its exit code, what more it printed, and the log, once it ends."""
        output, log = self.process.communicate(timeout=TIMEOUT)
        return self.process.returncode, output, log

    def finish(self, number=signal.SIGTERM):
        """Sends a signal and waits."""
        self.process.send_signal(number)
        return self.wait()


class ProcessTest(unittest.TestCase):
    def start(self, *options, port="0", **environment):
        return self.enterContext(Program(*options, port=port, **environment))

    def folder(self):
        return self.enterContext(tempfile.TemporaryDirectory())

    def connect(self, program):
        return self.enterContext(Connection(program.url))

    def occupied_port(self):
        """A port on which nothing else can listen."""
        listener = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        return str(listener.getsockname()[1])


class OutputTest(ProcessTest):
    def test_it_says_where_it_is_and_then_that_it_is_ready_and_nothing_else(self):
        program = self.start()
        self.assertRegex(
            program.banner[0],
            r"\Asynthetics-local \d+\.\d+\.\d+ on http://127\.0\.0\.1:[1-9]\d* \(seed \d+\)\n\Z",
        )
        self.assertEqual(program.banner[1], "Ready.\n")
        canaries.create(program, "checkout")
        _, output, _ = program.finish()
        self.assertEqual(output, "")

    def test_its_url_is_one_on_ipv6_too(self):
        if not socket.has_ipv6:
            self.skipTest("no IPv6 here")
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError as error:
            self.skipTest(f"no IPv6 here: {error}")
        program = self.start("--host", "::1")
        self.assertRegex(program.url, r"\Ahttp://\[::1\]:\d+\Z")
        canaries.call(program, "GET", "/health")

    def test_the_printed_seed_gives_the_same_world_again(self):
        first = self.start()
        seed = re.search(r"seed (\d+)", first.banner[0]).group(1)
        second = self.start("--seed", seed)
        ids = {canaries.create(program, "checkout")["Id"] for program in (first, second)}
        self.assertEqual(len(ids), 1)

    def test_help_is_printed_on_request(self):
        for option in ("--help", "-h"):
            ended = run_to_end(option)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""))
            self.assertIn("--port", ended.stdout)

    def test_the_version_is_printed_on_request(self):
        ended = run_to_end("--version")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertRegex(ended.stdout, r"\Asynthetics-local \d+\.\d+\.\d+\n\Z")


class HealthTest(ProcessTest):
    """`synthetics-local health`, which an image's health check runs."""

    def test_it_asks_the_process_that_serves(self):
        for host in ("127.0.0.1", "0.0.0.0"):
            program = self.start("--host", host)
            port = program.url.rpartition(":")[2]
            ended = run_to_end("health", HOST=host, PORT=port)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""))
            self.assertEqual(json.loads(ended.stdout)["status"], "ok")

    def test_it_says_that_nobody_answers(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            port = str(nobody.getsockname()[1])
            ended = run_to_end("health", "--port", port)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn(f"no answer at 127.0.0.1:{port}: Connection refused", ended.stderr)


class MistakeTest(ProcessTest):
    def test_a_value_that_is_none_is_named_with_its_option(self):
        for option, value in (
            ("--port", "65536"),
            ("--port", "-1"),
            ("--port", "http"),
            ("--port", ""),
            ("--host", "example.com"),
            ("--account", "12345"),
            ("--account", "12345678901x"),
            ("--region", "EU WEST"),
            ("--clock", "yesterday"),
            ("--clock", "x0"),
            ("--clock", "x100001"),
            ("--clock", "2026-02-30T00:00:00Z"),
            ("--seed", "dice"),
            ("--transitions", "slow"),
            ("--idle-timeout", "0"),
            ("--validation", "loose"),
            ("--group-deletion", "nowhere"),
            ("--quota-groups", "-1"),
            ("--log-level", "loud"),
            ("--log-format", "xml"),
        ):
            with self.subTest(f"{option} {value}"):
                self.assertIn(option, assert_mistake(option, value))

    def test_a_bad_variable_is_named(self):
        for name in ("SYNTHETICS_LOCAL_ACCOUNT", "ACCOUNT"):
            self.assertIn(f" {name}", assert_mistake("--port", "0", **{name: "me"}))

    def test_an_unknown_option_is_named(self):
        self.assertIn("--prot", assert_mistake("--prot", "0"))
        self.assertIn("serve", assert_mistake("serve"))
        self.assertIn("--port", assert_mistake("--port"))

    def test_a_value_of_two_lines_does_not_make_two_lines(self):
        assert_mistake("--account", "one\ntwo")
        assert_mistake("one\ntwo")

    def test_a_port_in_use_is_named(self):
        port = self.occupied_port()
        self.assertIn(port, assert_mistake("--port", port))

    def test_an_address_of_another_machine_is_named(self):
        self.assertIn("192.0.2.1", assert_mistake("--host", "192.0.2.1", "--port", "0"))


class RuntimesFileTest(ProcessTest):
    def setUp(self):
        self.file = pathlib.Path(self.folder()) / "runtimes.json"

    def test_its_versions_are_those_that_there_are(self):
        version = {"VersionName": "syn-nodejs-puppeteer-99.0", "ReleaseDate": "2030-01-01T00:00:00Z"}
        self.file.write_text(json.dumps({"RuntimeVersions": [version]}))
        program = self.start("--runtimes", str(self.file))
        listed = canaries.call(program, "POST", "/runtime-versions")["RuntimeVersions"]
        self.assertEqual([row["VersionName"] for row in listed], [version["VersionName"]])

    def test_one_that_is_none_is_named(self):
        for content in (None, "", "[]", '{"RuntimeVersions":[]}'):
            with self.subTest(content):
                if content is not None:
                    self.file.write_text(content)
                path = str(self.file)
                self.assertIn(path, assert_mistake("--port", "0", "--runtimes", path))


class DataDirectoryTest(ProcessTest):
    def setUp(self):
        self.directory = pathlib.Path(self.folder())
        self.database = self.directory / DATABASE

    def assert_unusable(self, directory=None):
        directory = str(directory or self.directory)
        message = assert_mistake("--port", "0", "--data", directory)
        self.assertIn(directory, message)
        return message

    def test_a_directory_that_does_not_exist_is_made(self):
        directory = self.directory / "new" / "folder"
        with Program("--data", str(directory)):
            self.assertTrue((directory / DATABASE).exists())

    def test_health_tells_where_the_data_is(self):
        program = self.start("--data", str(self.directory))
        storage = canaries.call(program, "GET", "/_emulator/health")["storage"]
        self.assertEqual(storage, {"kind": "file", "path": str(self.directory)})

    def test_a_file_in_its_place_is_refused(self):
        file = self.directory / "file"
        file.write_text("precious")
        self.assert_unusable(file)
        self.assert_unusable(file / "below")
        self.assertEqual(file.read_text(), "precious")

    def test_a_file_that_is_no_database_is_refused_and_kept(self):
        for content in (b"precious, and longer than the head of a database\n" * 10, b"short"):
            self.database.write_bytes(content)
            self.assert_unusable()
            self.assertEqual(self.database.read_bytes(), content)

    def test_another_programs_database_is_refused_and_kept(self):
        with sqlite3.connect(self.database) as database:
            database.execute("CREATE TABLE precious (word TEXT)")
            database.execute("INSERT INTO precious VALUES ('keep')")
        database.close()
        before = self.database.read_bytes()
        self.assertIn("another program", self.assert_unusable())
        self.assertEqual(self.database.read_bytes(), before)
        self.assertEqual(os.listdir(self.directory), [DATABASE])

    def test_a_newer_versions_database_is_refused_and_kept(self):
        with Program("--data", str(self.directory)) as program:
            canaries.create(program, "checkout")
        with sqlite3.connect(self.database) as database:
            database.execute("PRAGMA user_version = 999")
        database.close()
        before = self.database.read_bytes()
        message = self.assert_unusable()
        self.assertIn("newer version", message)
        self.assertIn("999", message)
        self.assertEqual(self.database.read_bytes(), before)

    def test_a_directory_in_use_is_refused(self):
        # New, and again when it holds a world and nothing has been asked yet.
        for _ in range(2):
            with Program("--data", str(self.directory)) as program:
                self.assertIn("another process", self.assert_unusable())
                canaries.call(program, "GET", "/health")

    def test_a_database_that_its_user_has_open_is_refused(self):
        with Program("--data", str(self.directory)):
            pass
        reader = sqlite3.connect(self.database)
        self.addCleanup(reader.close)
        reader.execute("BEGIN EXCLUSIVE")
        self.assertIn("another process", self.assert_unusable())


class SettingsTest(ProcessTest):
    def settings(self, program):
        listed = canaries.call(program, "GET", "/_emulator/settings")["settings"]
        self.assertEqual({tuple(sorted(entry)) for entry in listed}, {("name", "source", "value")})
        return {entry["name"]: (entry["value"], entry["source"]) for entry in listed}

    def test_every_option_of_the_help_is_a_setting(self):
        settings = self.settings(self.start())
        self.assertEqual(set(settings), settings_in_help())
        self.assertEqual(settings["port"], ("0", "flag"))
        self.assertEqual(settings["account"], (ACCOUNT, "default"))
        self.assertEqual(settings["region"], ("us-east-1", "default"))

    def test_a_short_variable_is_a_setting(self):
        program = self.start(port=None, PORT="0", LOG_LEVEL="error")
        settings = self.settings(program)
        self.assertEqual(settings["port"], ("0", "environment"))
        self.assertEqual(settings["log-level"], ("error", "environment"))

    def test_the_long_variable_wins_over_the_short_one(self):
        program = self.start(port=None, SYNTHETICS_LOCAL_PORT="0", PORT=self.occupied_port())
        self.assertEqual(self.settings(program)["port"], ("0", "environment"))

    def test_the_option_wins_over_both_variables(self):
        occupied = self.occupied_port()
        program = self.start(port="0", SYNTHETICS_LOCAL_PORT=occupied, PORT=occupied)
        self.assertEqual(self.settings(program)["port"], ("0", "flag"))

    def test_an_empty_variable_is_none(self):
        program = self.start(SYNTHETICS_LOCAL_REGION="", REGION="eu-west-1")
        self.assertEqual(self.settings(program)["region"], ("eu-west-1", "environment"))

    def test_a_variable_that_is_no_setting_is_a_warning(self):
        program = self.start(SYNTHETICS_LOCAL_PROT="4599")
        code, _, log = program.finish()
        self.assertEqual(code, 0)
        self.assertRegex(log, "warning .* variable=SYNTHETICS_LOCAL_PROT\n")

    def test_the_last_of_an_option_given_twice_counts(self):
        program = self.start("--region", "eu-west-1", "--region=eu-north-1")
        self.assertEqual(self.settings(program)["region"], ("eu-north-1", "flag"))

    def test_a_bad_value_that_a_better_source_overrides_does_no_harm(self):
        self.start("--account", "111122223333", ACCOUNT="me")


class LogTest(ProcessTest):
    def log_of(self, *requests, options=()):
        """The log lines of these requests, each a method and a path."""
        program = self.start(*options)
        for method, path in requests:
            program.request(method, path)
        _, _, log = program.finish()
        return log.splitlines()

    def access_lines(self, *requests, options=()):
        return [line for line in self.log_of(*requests, options=options) if "status" in line]

    def test_a_request_is_one_line(self):
        [line] = self.access_lines(("GET", "/canary/checkout"))
        self.assertRegex(
            line,
            r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info GetCanary resource=checkout"
            r" account=123456789012 region=us-east-1 status=404 us=\d+\Z",
        )

    def test_a_request_that_is_no_operation_shows_its_path(self):
        lines = self.access_lines(("GET", "/health"), ("GET", "/nowhere?a=b"))
        self.assertIn(" GET /health ", lines[0])
        self.assertIn(" status=200 ", lines[0])
        # Without its query, where a presigned request has its signature.
        self.assertIn(" GET /nowhere ", lines[1])
        self.assertIn(" status=404 ", lines[1])

    def test_a_request_that_the_server_cannot_read_is_a_line_too(self):
        program = self.start()
        connection = self.connect(program)
        connection.send(b"nonsense\r\n\r\n")
        connection.read_to_end()
        self.assertIn(" status=400 ", program.log_until("status="))

    def test_a_line_is_an_object_where_that_is_asked_for(self):
        options = ("--log-format", "json")
        lines = self.log_of(("GET", "/canary/checkout"), ("GET", "/health"), options=options)
        entries = [json.loads(line) for line in lines]
        for entry in entries:
            self.assertLessEqual({"time", "level", "message"}, set(entry))
        [operation, control] = [entry for entry in entries if "status" in entry]
        self.assertGreaterEqual(operation.pop("us"), 0)
        self.assertRegex(operation.pop("time"), r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
        self.assertEqual(
            operation,
            {
                "level": "info",
                "message": "GetCanary",
                "resource": "checkout",
                "account": ACCOUNT,
                "region": "us-east-1",
                "status": 404,
            },
        )
        self.assertEqual((control["message"], control["status"]), ("GET /health", 200))

    def test_a_client_cannot_begin_a_line_of_its_own(self):
        forged = "/canary/a%0d%0a2026-01-01T00:00:00.000Z%20info%20forged"
        for options in ((), ("--log-format", "json")):
            with self.subTest(options):
                self.assertEqual(len(self.access_lines(("GET", forged), options=options)), 1)

    def test_a_client_cannot_forge_a_field(self):
        [line] = self.access_lines(("GET", "/canary/a%20status=200"))
        fields = [word for word in shlex.split(line) if word.startswith("status=")]
        self.assertEqual(fields, ["status=400"])

    def test_a_client_cannot_spoil_an_objects_encoding(self):
        program = self.start("--log-format", "json")
        program.process.stderr.reconfigure(errors="surrogateescape")
        connection = self.connect(program)
        rest = b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.send(b"GET /canary/caf%E9" + rest + b"GET /caf\xe9" + rest)
        for _ in range(2):
            line = program.log_until('"status"')
            json.loads(line.encode(errors="surrogateescape").decode("utf-8"))

    def test_nothing_is_logged_where_that_is_asked_for(self):
        requests = [("GET", "/canary/checkout"), ("GET", "/health"), ("GET", "/nowhere")]
        self.assertEqual(self.log_of(*requests, options=("--log-level", "off")), [])

    def test_requests_are_not_logged_above_their_level(self):
        self.assertEqual(self.access_lines(("GET", "/"), options=("--log-level", "error")), [])

    def test_it_serves_on_when_nobody_reads_its_log(self):
        program = self.start()
        program.process.stderr.close()
        program.process.stderr = None
        for _ in range(3):
            canaries.call(program, "GET", "/health")
        self.assertEqual(program.finish()[0], 0)


class SignalTest(ProcessTest):
    def begin_body(self, program, size=2):
        """A connection whose request the server has begun to read: it has asked for the body."""
        connection = self.connect(program)
        head = request("POST", "/canaries", content_length=size, expect="100-continue")
        connection.send(head)
        self.assertEqual(connection.read_answer().status, 100)
        return connection

    def test_a_signal_ends_it_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                code, _, log = self.start().finish(number)
                self.assertEqual(code, 0)
                self.assertIn("Stopped", log)

    def test_connections_that_nobody_uses_are_closed(self):
        program = self.start()
        fresh, used, amidst = (self.connect(program) for _ in range(3))
        amidst.send(b"GET /hea")
        used.send(request("GET", "/health"))
        used.read_answer()
        self.assertEqual(program.finish()[0], 0)
        for connection in (fresh, used, amidst):
            self.assertEqual(connection.read_to_end(), b"")

    def test_a_request_under_way_is_answered_first(self):
        program = self.start()
        connection = self.begin_body(program)
        program.process.send_signal(signal.SIGTERM)
        program.log_until("Stopping")
        connection.send(b"{}")
        answer = connection.read_answer()
        self.assertEqual((answer.status, answer.headers["connection"]), (200, "close"))
        self.assertEqual(connection.read_to_end(), b"")
        self.assertEqual(program.wait()[0], 0)

    def test_nobody_new_is_let_in_meanwhile(self):
        program = self.start()
        connection = self.begin_body(program)
        program.process.send_signal(signal.SIGTERM)
        with self.assertRaises((ConnectionRefusedError, ConnectionResetError)):
            while True:
                Connection(program.url).socket.close()
        # It is still there for the one that was let in before.
        connection.send(b"{}")
        self.assertEqual(connection.read_answer().status, 200)
        self.assertEqual(program.wait()[0], 0)

    def test_a_request_that_never_ends_does_not_keep_it(self):
        program = self.start()
        self.begin_body(program, size=16 << 20).send(b"{")
        self.assertEqual(program.finish()[0], 0)

    def test_an_answer_that_nobody_reads_does_not_keep_it(self):
        program = self.start("--log-level", "off")
        for number in range(20):
            canaries.create(program, f"number-{number}")
        connection = self.connect(program)
        connection.socket.settimeout(0.5)
        with self.assertRaises(TimeoutError):  # both sides' buffers are full
            while True:
                connection.send(request("POST", "/canaries") * 100)
        self.assertEqual(program.finish()[0], 0)

    def test_a_long_advance_does_not_keep_it(self):
        program = self.start("--clock", "2026-01-01T00:00:00Z", "--transitions", "instant")
        for number in range(20):
            canaries.run(program, f"number-{number}")
        began = canaries.now(program)
        body = json.dumps({"seconds": 365 * 24 * 3600}).encode()
        self.connect(program).send(request("POST", "/_emulator/clock/advance", body))
        while canaries.now(program) == began:
            pass
        self.assertEqual(program.finish()[0], 0)

    def test_a_second_signal_does_not_wait(self):
        program = self.start()
        self.begin_body(program)
        program.process.send_signal(signal.SIGTERM)
        program.log_until("Stopping")
        self.assertEqual(program.finish()[0], 0)

    def test_work_that_takes_long_does_not_keep_it(self):
        # One statement after another until the canary's history is there: nothing else is done.
        for ending in (self.await_the_second, self.signal_again):
            with self.subTest(ending.__name__):
                program = self.start()
                connection = self.connect(program)
                body = json.dumps(canaries.MUCH_TO_DO).encode()
                connection.send(request("POST", "/_emulator/seed", body))
                wait_until_busy(program.process)
                program.process.send_signal(signal.SIGTERM)
                ending(program.process)
                self.assertEqual(program.wait()[0], 0)
                self.assertEqual(connection.read_to_end(), b"")

    @staticmethod
    def await_the_second(process):
        """It stands still meanwhile, so that its work is not over before, however fast it is."""
        wait_until_busy(process, 0.01)
        process.send_signal(signal.SIGSTOP)
        wait_until_pending(process, signal.SIGALRM)
        process.send_signal(signal.SIGCONT)

    @staticmethod
    def signal_again(process):
        """Once it has had the first: two that wait are one."""
        wait_until_busy(process, 0.01)
        process.send_signal(signal.SIGTERM)

    def test_a_start_that_takes_long_can_be_ended(self):
        seed = pathlib.Path(self.folder(), "seed.json")
        seed.write_text(json.dumps(canaries.MUCH_TO_DO))
        process = subprocess.Popen(
            [BINARY, "--port", "0", "--load", seed], env=clean_environment()
        )
        wait_until_busy(process)
        process.terminate()
        self.assertEqual(process.wait(TIMEOUT), 128 + signal.SIGTERM)

    def test_no_number_of_signals_makes_it_end_badly(self):
        # Some of them come while it closes its data, which takes a moment.
        program = self.start("--data", self.folder(), "--clock", "frozen")
        canaries.run(program, "checkout")
        program.advance(seconds=24 * 3600)
        while program.process.poll() is None:
            program.process.send_signal(signal.SIGTERM)
        self.assertEqual(program.wait()[0], 0)


class CredentialTest(ProcessTest):
    def setUp(self):
        self.program = self.start("--account", "111122223333", "--region", "eu-north-1")

    def scope_of(self, path="/canary", headers=None):
        """Where a canary that is created with these headers is."""
        body = canaries.creation("checkout")
        status, _, answer = self.program.request("POST", path, body, headers)
        self.assertEqual(status, 200, answer)
        pending = canaries.call(self.program, "GET", "/_emulator/clock/pending")["pending"]
        return pending[0]["account"], pending[0]["region"]

    def authorization(self, credential):
        value = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00"
        return {"Authorization": value}

    def test_an_access_key_of_twelve_digits_is_the_account(self):
        credential = "999988887777/20260101/ap-south-1/synthetics/aws4_request"
        scope = self.scope_of(headers=self.authorization(credential))
        self.assertEqual(scope, ("999988887777", "ap-south-1"))

    def test_any_other_access_key_is_of_the_default_account(self):
        credential = "AKIAIOSFODNN7EXAMPLE/20260101/ap-south-1/synthetics/aws4_request"
        scope = self.scope_of(headers=self.authorization(credential))
        self.assertEqual(scope, ("111122223333", "ap-south-1"))

    def test_a_request_without_credentials_is_in_the_default_world(self):
        self.assertEqual(self.scope_of(), ("111122223333", "eu-north-1"))

    def test_credentials_may_stand_in_the_query(self):
        credential = "999988887777%2F20260101%2Fap-south-1%2Fsynthetics%2Faws4_request"
        scope = self.scope_of(f"/canary?X-Amz-Credential={credential}")
        self.assertEqual(scope, ("999988887777", "ap-south-1"))

    def test_worlds_do_not_see_each_other(self):
        canaries.create(self.program, "checkout")
        elsewhere = self.authorization("111122223333/20260101/us-west-2/synthetics/aws4_request")
        listed = canaries.call(self.program, "POST", "/canaries", headers=elsewhere)
        self.assertEqual(listed, {"Canaries": []})

    def test_a_credential_that_is_none_is_refused(self):
        headers = self.authorization("999988887777/20260101/synthetics")
        status, _, answer = self.program.request("GET", "/canary/checkout", headers=headers)
        self.assertEqual(status, 403)
        self.assertTrue(answer["Message"])


class ConventionsTest(ProcessTest):
    """What holds for all of the control plane."""

    def setUp(self):
        self.program = self.start("--clock", "2026-01-01T00:00:00Z")

    def assert_error(self, status, code, method, path, body=None, headers=None):
        got, _, answer = self.program.request(method, path, body, headers)
        self.assertEqual((got, set(answer)), (status, {"error"}), answer)
        self.assertEqual(set(answer["error"]), {"code", "message"})
        self.assertEqual(answer["error"]["code"], code)
        self.assertTrue(answer["error"]["message"])
        return answer["error"]["message"]

    def test_an_unknown_field_is_refused_by_its_name(self):
        before = canaries.call(self.program, "GET", "/_emulator/transitions")
        for method, path, body in (
            ("POST", "/_emulator/clock/advance", {"seconds": 1, "typo": 1}),
            ("PUT", "/_emulator/clock", {"now": "2027-01-01T00:00:00Z", "typo": 1}),
            ("PUT", "/_emulator/transitions", {"profile": "instant", "typo": 1}),
            ("PUT", "/_emulator/transitions", {"profile": "instant", "states": {"typo": {}}}),
            (
                "PUT",
                "/_emulator/transitions",
                {"states": {"CREATING": {"seconds": 9, "typo": 1}}},
            ),
            ("POST", "/_emulator/reset", {"typo": 1}),
        ):
            with self.subTest(f"{path} {body}"):
                self.assertIn("typo", self.assert_error(400, "InvalidRequest", method, path, body))
        # Nothing was changed by what was refused.
        after = canaries.call(self.program, "GET", "/_emulator/transitions")
        self.assertEqual(after, before)
        now = canaries.call(self.program, "GET", "/_emulator/clock")["now"]
        self.assertEqual(now, "2026-01-01T00:00:00Z")

    def test_an_unknown_parameter_is_refused_by_its_name(self):
        for method, path in (
            ("GET", "/_emulator/health"),
            ("GET", "/_emulator/settings"),
            ("GET", "/_emulator/clock"),
            ("GET", "/_emulator/clock/pending"),
            ("GET", "/_emulator/transitions"),
            ("POST", "/_emulator/reset"),
            ("POST", "/moto-api/reset"),
        ):
            with self.subTest(path):
                message = self.assert_error(400, "InvalidRequest", method, path + "?typo=1")
                self.assertIn("typo", message)

    def test_a_body_that_is_not_json_is_refused(self):
        for body in ("{", "[]", "1", '"x"', "null", "{} {}"):
            with self.subTest(body):
                connection = self.connect(self.program)
                connection.send(request("POST", "/_emulator/clock/advance", body.encode()))
                answer = connection.read_answer()
                self.assertEqual(answer.status, 400)
                self.assertEqual(answer.json()["error"]["code"], "InvalidRequest")

    def test_another_content_type_is_refused(self):
        for given in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
            with self.subTest(given):
                headers = {"Content-Type": given}
                self.assert_error(
                    415,
                    "UnsupportedMediaType",
                    "POST",
                    "/_emulator/clock/advance",
                    {"seconds": 1},
                    headers,
                )

    def test_the_content_type_may_have_parameters_and_capitals(self):
        for given in ("application/json;charset=utf8", "Application/JSON", "application/json ;a=b"):
            with self.subTest(given):
                status, _, _ = self.program.request(
                    "POST", "/_emulator/clock/advance", {"seconds": 1}, {"Content-Type": given}
                )
                self.assertEqual(status, 200)

    def test_an_unknown_path_is_not_found(self):
        for path in ("/_emulator", "/_emulator/nowhere", "/_localstack/state", "/moto-api/data"):
            with self.subTest(path):
                self.assert_error(404, "NotFound", "GET", path)

    def test_another_method_is_not_allowed(self):
        for method, path in (
            ("POST", "/_emulator/health"),
            ("DELETE", "/_emulator/clock"),
            ("GET", "/_emulator/clock/advance"),
            ("GET", "/_emulator/reset"),
            ("POST", "/health"),
            ("GET", "/moto-api/reset"),
        ):
            with self.subTest(f"{method} {path}"):
                self.assert_error(405, "MethodNotAllowed", method, path)

    def test_a_foreign_page_is_refused(self):
        for origin in ("http://evil.example", "null", "https://localhost", "http://127.0.0.1:1"):
            with self.subTest(origin):
                headers = {"Origin": origin}
                self.assert_error(403, "Forbidden", "GET", "/_emulator/health", headers=headers)
                status, _, _ = self.program.request("POST", "/canaries", headers=headers)
                self.assertEqual(status, 403)

    def test_a_foreign_page_changes_nothing(self):
        headers = {"Origin": "http://evil.example"}
        body = canaries.creation("checkout")
        self.program.request("POST", "/canary", body, headers)
        canaries.create(self.program, "precious")
        self.program.request("POST", "/_emulator/reset", headers=headers)
        listed = canaries.call(self.program, "POST", "/canaries")["Canaries"]
        self.assertEqual([canary["Name"] for canary in listed], ["precious"])

    def test_its_own_page_is_served(self):
        headers = {"Origin": self.program.url}
        canaries.call(self.program, "GET", "/_emulator/health", headers=headers)

    def test_a_foreign_host_is_refused(self):
        for host in ("evil.example:4566", "localhost.evil.example", "127.0.0.1.nip.io"):
            with self.subTest(host):
                headers = {"Host": host}
                self.assert_error(403, "Forbidden", "GET", "/_emulator/health", headers=headers)
                status, _, _ = self.program.request("POST", "/canaries", headers=headers)
                self.assertEqual(status, 403)

    def test_addresses_and_localhost_are_no_foreign_hosts(self):
        for host in ("localhost", "localhost:1", "LocalHost", "127.0.0.1", "192.0.2.1:1", "[::1]"):
            with self.subTest(host):
                canaries.call(self.program, "GET", "/_emulator/health", headers={"Host": host})

    def test_listed_hosts_are_no_foreign_ones(self):
        for program in (
            self.start("--allowed-hosts", "emulator,ci.example"),
            self.start(ALLOWED_HOSTS="emulator,ci.example"),
        ):
            for host in ("emulator:4566", "ci.example", "Emulator"):
                with self.subTest(host):
                    canaries.call(program, "GET", "/_emulator/health", headers={"Host": host})
            status, _, _ = program.request("GET", "/health", headers={"Host": "other"})
            self.assertEqual(status, 403)


class AliasTest(ProcessTest):
    """The names under which other emulators are waited for and reset."""

    def setUp(self):
        self.program = self.start()

    def test_health_has_the_usual_names(self):
        for path in ("/_localstack/health", "/_localstack/init/ready", "/health"):
            answer = canaries.call(self.program, "GET", path)
            self.assertEqual(answer, {"services": {"synthetics": "running"}})

    def test_reset_has_motos_name(self):
        canaries.create(self.program, "checkout")
        status, _, _ = self.program.request("POST", "/moto-api/reset")
        self.assertIn(status, (200, 204))
        self.assertEqual(canaries.call(self.program, "POST", "/canaries"), {"Canaries": []})


if __name__ == "__main__":
    unittest.main()
