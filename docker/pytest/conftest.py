"""The emulator in a container for pytest, with nothing but Docker: copy and fit."""

import json
import os
import subprocess
import time
import urllib.request

import boto3
import pytest

IMAGE = os.environ.get("SYNTHETICS_IMAGE", "synthetics-local")
START = "2026-01-01T00:00:00Z"
PATIENCE = 10  # seconds


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"docker {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


class Emulator:
    """A container of the image on a free port, its clock standing still at START."""

    def __init__(self):
        options = ["--clock", START, "--seed", "1", "--transitions", "instant"]
        self.container = docker(
            "run", "--rm", "--detach", "--publish", "127.0.0.1::4566", IMAGE, *options
        )
        try:
            self.url = "http://" + docker("port", self.container, "4566/tcp").splitlines()[0]
            self.await_health()
        except BaseException:
            self.stop()
            raise

    def await_health(self):
        """The container is there before its program is: some milliseconds."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("GET", "/health")
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.005)

    def stop(self):
        docker("rm", "--force", self.container)

    def ask(self, method, path, body=None):
        """Sends a request to the control plane; the README says what there is to ask."""
        request = urllib.request.Request(
            f"{self.url}/_emulator{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def advance(self, **how):
        """Moves the clock: advance(seconds=3600), advance(until="nextRun")."""
        return self.ask("POST", "/clock/advance", how)


@pytest.fixture(scope="session")
def container():
    emulator = Emulator()
    yield emulator
    emulator.stop()


@pytest.fixture
def emulator(container):
    """The emulator as it was at the beginning: nothing is left of other tests."""
    container.ask("POST", "/reset")
    return container


@pytest.fixture
def synthetics(emulator):
    """A boto3 client. Any credentials are good."""
    return boto3.client(
        "synthetics",
        endpoint_url=emulator.url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
