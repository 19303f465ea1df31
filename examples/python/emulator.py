"""synthetics-local for tests: started and stopped, and its control plane as methods."""

import http.client
import json
import os
import re
import shutil
import subprocess

import boto3

REGION = "eu-west-1"
START = "2026-01-01T00:00:00Z"  # a Thursday


class Emulator:
    """The program on a free port, its state in memory, its clock standing still at START."""

    def __init__(self):
        self.process = subprocess.Popen(
            [find_binary(), "--port", "0", "--region", REGION, "--clock", START, "--seed", "1"]
            + ["--transitions", "instant", "--log-level", "warning"],
            stdout=subprocess.PIPE,
            text=True,
            env={},  # a variable can be a setting too, and these tests want none of yours
        )
        for line in self.process.stdout:
            if line == "Ready.\n":
                return
            self.address = re.search(r"http://(\S+)", line)[1]
        raise RuntimeError(f"synthetics-local ended with {self.process.wait()}")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def client(self):
        """A boto3 client. Any credentials are good."""
        return boto3.client(
            "synthetics",
            endpoint_url=f"http://{self.address}",
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def advance(self, **how):
        """Moves the clock: advance(seconds=3600), advance(to="2026-01-06T03:00:00Z"), or
        advance(until="nextRun"), which is when the next run is over.
        """
        return self.ask("POST", "/clock/advance", how)

    def outcomes(self, canary, *states):
        """Says how the canary's next runs end: outcomes("checkout", "FAILED", "PASSED").

        Each try of a run that is tried again takes one. Runs after those pass.
        """
        script = [{"state": state} for state in states]
        self.ask("PUT", f"/canaries/{canary}/outcomes", {"script": script})

    def run_now(self, canary, **outcome):
        """A run beside the schedule: run_now("checkout", state="FAILED", durationMs=60000)."""
        self.ask("POST", f"/canaries/{canary}/runs", {"outcome": outcome})

    def throttle(self, operation, times):
        """Refuses the next calls of an operation, as AWS does with a caller who asks too often."""
        fault = {"status": 429, "code": "TooManyRequestsException", "message": "Rate exceeded"}
        rule = {"match": {"operation": operation}, "fault": fault, "times": times}
        self.ask("POST", "/faults", rule)

    def keep(self, snapshot):
        """Keeps everything that there is now, clock included, under a name."""
        self.ask("PUT", f"/snapshots/{snapshot}")

    def restore(self, snapshot):
        self.ask("POST", f"/snapshots/{snapshot}/restore")

    def ask(self, method, path, body=None):
        """Sends a request to the control plane; its README.md says what there is to ask."""
        connection = http.client.HTTPConnection(self.address)
        try:
            connection.request(
                method,
                "/_emulator" + path,
                None if body is None else json.dumps(body),
                {"Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None


def find_binary():
    binary = os.environ.get("SYNTHETICS_LOCAL_BINARY") or shutil.which("synthetics-local")
    if binary is None:
        raise FileNotFoundError(
            "there is no synthetics-local on the PATH,"
            " and SYNTHETICS_LOCAL_BINARY does not say where it is"
        )
    return binary
