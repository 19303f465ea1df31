"""The built program as a test sees it: started on a free port, asked over HTTP, stopped."""

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

BINARY = os.environ["SYNTHETICS_LOCAL_BINARY"]

# Whoever runs the tests may have settings, or a proxy, of their own.
SETTINGS = (
    "HOST PORT DATA LOAD ACCOUNT REGION CLOCK CATCH_UP SEED TRANSITIONS VALIDATION RUNTIMES GROUP_DELETION QUOTA_GROUPS"
    " QUOTA_GROUP_CANARIES QUOTA_CANARY_GROUPS DURABILITY ALLOWED_HOSTS IDLE_TIMEOUT MAX_CONNECTIONS JOURNAL_SIZE"
    " LOG_LEVEL LOG_FORMAT TLS TLS_CERT TLS_KEY AUTH CREDENTIALS ADMIN_TOKEN"
).split()
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def trusting_opener(authority):
    """One for https that trusts this authority alone."""
    context = ssl.create_default_context(cadata=authority)
    handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    return urllib.request.build_opener(*handlers)


def clean_environment():
    """This process's environment without anything that the program would take for a setting."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in SETTINGS and not name.startswith("SYNTHETICS_LOCAL_")
    }


class Server:
    """What listens at `url`, wherever it runs."""

    opener = OPENER

    def request(self, method, path, body=None, headers=None):
        """The status, the headers and the body, parsed where it is JSON, of one request."""
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(
            self.url + path, data=data, method=method, headers={**given, **(headers or {})}
        )
        try:
            with self.opener.open(request, timeout=60) as answer:
                status, received, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, received, text = error.code, error.headers, error.read()
        return status, received, json.loads(text) if text else None

    def advance(self, **how):
        """Moves the clock: `advance(seconds=60)`, `advance(until="settled")`."""
        status, _, body = self.request("POST", "/_emulator/clock/advance", how)
        assert status == 200, body
        return body


class Emulator(Server):
    """Runs the program for the length of a `with` block, at whose end it has to stop in good order."""

    def __init__(self, *options, environment=None):
        self.options = list(options)
        self.environment = environment or {}
        self.url = None
        self.authority = None  # the certificate that is printed, PEM; empty: none
        self.process = None
        self.log = None

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [BINARY, "--port", "0", *self.options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**clean_environment(), **self.environment},
        )
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line == "Ready.\n":
                self.url = lines[-2].split(" on ")[1].split(" ")[0]
                self.authority = "".join(lines[:-2])
                if self.authority:
                    self.opener = trusting_opener(self.authority)
                return self
        self.stop()
        raise AssertionError(f"it ended before it was ready: {lines}")

    def __exit__(self, kind, *_):
        try:
            if self.process.returncode is None:
                code = self.stop()
                if kind is None and code != 0:
                    self.log.seek(0)
                    raise AssertionError(f"it ended with {code}:\n{self.log.read()[-5000:]}")
        finally:
            self.process.stdout.close()
            self.log.close()

    def stop(self, number=signal.SIGTERM):
        """Sends a signal and returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


def run_to_end(*options, **environment):
    """The finished process of a start that leads nowhere."""
    return subprocess.run(
        [BINARY, *options],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env={**clean_environment(), **environment},
    )


def assert_mistake(*options, **environment):
    """The start fails with one line for a human, which is returned."""
    ended = run_to_end(*options, **environment)
    assert (ended.returncode, ended.stdout) == (2, ""), ended
    assert re.fullmatch(r"synthetics-local: .+\n", ended.stderr), ended
    return ended.stderr


def skip(reason):
    """Ends the test program as skipped; CTest lists it by its name."""
    print(f"skipped: {reason}")
    sys.exit(77)
