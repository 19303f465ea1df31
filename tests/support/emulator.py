"""The built program as a test sees it: started on a free port, asked over HTTP, stopped."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

BINARY = os.environ["SYNTHETICS_LOCAL_BINARY"]


class Emulator:
    """Runs the program for the length of a `with` block."""

    def __init__(self, *options, environment=None):
        self.options = list(options)
        self.environment = environment or {}
        self.url = None
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(
            [BINARY, "--port", "0", *self.options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **self.environment},
        )
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if line == "Ready.\n":
                self.url = lines[-2].split(" on ")[1].split(" ")[0]
                return self
        raise AssertionError(f"it ended before it was ready: {lines}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def stop(self, number=signal.SIGTERM):
        """Sends a signal and returns the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def request(self, method, path, body=None, headers=None):
        """The status, the headers and the body, parsed where it is JSON, of one request."""
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(
            self.url + path, data=data, method=method, headers={**given, **(headers or {})}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, received, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, received, text = error.code, error.headers, error.read()
        return status, received, json.loads(text) if text else None

    def advance(self, **how):
        """Moves the clock: `advance(seconds=60)`, `advance(until="settled")`."""
        status, _, body = self.request("POST", "/_emulator/clock/advance", how)
        assert status == 200, body
        return body


def skip(reason):
    """Ends the test program as skipped; CTest lists it by its name."""
    print(f"skipped: {reason}")
    raise SystemExit(77)
