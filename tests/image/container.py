"""A container of the image as a test sees it."""

import json
import os
import subprocess

from emulator import Server

IMAGE = os.environ.get("SYNTHETICS_IMAGE", "synthetics-local")
PORT = "4566/tcp"


def docker(*arguments, check=True):
    """What Docker prints."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise AssertionError(f"docker {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


def inspect(subject):
    return json.loads(docker("inspect", subject))[0]


class Container(Server):
    """Runs the image for the length of a `with` block: options of Docker's, then the program's."""

    def __init__(self, *options, arguments=()):
        self.options = ["--publish", "127.0.0.1::4566", *options]
        self.arguments = arguments
        self.id = None

    def __enter__(self):
        self.id = docker("run", "--detach", *self.options, IMAGE, *self.arguments)
        return self

    def __exit__(self, *_):
        docker("rm", "--force", "--volumes", self.id)

    @property
    def url(self):
        return "http://" + docker("port", self.id, PORT).splitlines()[0]

    def state(self):
        return inspect(self.id)["State"]

    def log(self):
        done = subprocess.run(
            ["docker", "logs", self.id], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return done.stdout

    def await_log(self, text):
        """Follows the log up to a line that contains the text."""
        follower = subprocess.Popen(
            ["docker", "logs", "--follow", self.id],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            if not any(text in line for line in follower.stdout):
                raise AssertionError(f"it ended without saying '{text}': {self.log()}")
        finally:
            follower.kill()
            follower.communicate()

    def await_ready(self):
        self.await_log("Ready.")
        return self

    def await_health(self):
        """Until Docker has made up its mind."""
        events = subprocess.Popen(
            ["docker", "events", "--since", "0", "--filter", f"container={self.id}"]
            + ["--filter", "event=health_status"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            return next(iter(events.stdout)).split("health_status: ")[1].split(" ")[0]
        finally:
            events.kill()
            events.communicate()

    def stop(self, *options):
        """As `docker stop` does; the exit code."""
        docker("stop", *options, self.id)
        return self.state()["ExitCode"]
