#!/usr/bin/env python3
"""The image, and what of a container's life is not the program's alone: users, mounts, signals, health."""

import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

from container import IMAGE, Container, docker, inspect

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/integration"))

import canaries  # noqa: E402

VERSION = re.search(r"project\(synthetics-local VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
LOCKED = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
LOCKED += ["--user", "12345"]

SEED = {"canaries": [canaries.creation("checkout")]}


class ImageTest(unittest.TestCase):
    def setUp(self):
        self.image = inspect(IMAGE)

    def files(self):
        container = docker("create", IMAGE)
        try:
            exported = subprocess.run(["docker", "export", container], capture_output=True).stdout
        finally:
            docker("rm", "--volumes", container)
        with tarfile.open(fileobj=io.BytesIO(exported)) as archive:
            return {member.name: member for member in archive if member.isfile() and member.size}

    def test_it_is_small(self):
        self.assertLessEqual(self.image["Size"], 8_000_000)

    def test_it_is_the_program_and_the_licences_of_what_is_in_it(self):
        notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text()
        packages = re.findall(r"^\| `(\S+)` \|", notices, re.MULTILINE)
        licences = {"LICENSE", "THIRD-PARTY-NOTICES.md"}
        licences |= {f"third-party/{name}" for name in [*packages, "LGPL-2.1"]}
        expected = {"synthetics-local"} | {f"licenses/{name}" for name in licences}
        self.assertEqual(set(self.files()), expected)

    def test_its_labels_say_what_it_is(self):
        prefix = "org.opencontainers.image."
        labels = self.image["Config"]["Labels"]
        self.assertEqual(labels[prefix + "title"], "synthetics-local")
        self.assertEqual(labels[prefix + "version"], VERSION)
        self.assertEqual(labels[prefix + "licenses"], "Apache-2.0")

    def test_all_versions_are_one(self):
        self.assertEqual(docker("run", "--rm", IMAGE, "--version"), f"synthetics-local {VERSION}")
        with Container() as container:
            container.await_ready()
            health = canaries.call(container, "GET", "/_emulator/health")
        self.assertEqual(health["version"], VERSION)

    def test_it_says_how_it_is_to_be_run(self):
        config = self.image["Config"]
        self.assertEqual(config["User"], "10001:10001")
        self.assertEqual(list(config["ExposedPorts"]), ["4566/tcp"])
        self.assertEqual(list(config["Volumes"]), ["/data"])
        self.assertEqual(config["StopSignal"], "SIGTERM")
        self.assertEqual(config["Entrypoint"], ["/synthetics-local"])


class Case(unittest.TestCase):
    def start(self, *options, arguments=()):
        return self.enterContext(Container(*options, arguments=arguments))

    def seed_file(self, content):
        """A file that whoever the container runs as may read."""
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        path = folder / "seed.json"
        path.write_text(json.dumps(content))
        return ["--volume", f"{path}:/etc/synthetics-local/seed.json:ro"]


class ContainerTest(Case):
    def names(self, container):
        answer = canaries.call(container, "POST", "/canaries", {})
        return [canary["Name"] for canary in answer["Canaries"]]

    def settings(self, container):
        answer = canaries.call(container, "GET", "/_emulator/settings")
        return {row["name"]: (row["value"], row["source"]) for row in answer["settings"]}

    def test_it_becomes_healthy(self):
        for options in ([], LOCKED):
            with self.subTest(options):
                self.assertEqual(self.start(*options).await_health(), "healthy")

    def test_it_is_healthy_on_another_port_too(self):
        self.assertEqual(self.start("--env", "PORT=4599").await_health(), "healthy")

    def test_it_says_when_it_is_not_healthy(self):
        # Nothing but a container whose program has been stopped answers nobody.
        container = self.start("--health-timeout", "100ms", "--health-retries", "1")
        container.await_ready()
        docker("kill", "--signal", "STOP", container.id)
        self.assertEqual(container.await_health(), "unhealthy")
        docker("kill", "--signal", "CONT", container.id)

    def test_the_environment_is_enough_to_configure_it(self):
        variables = {"SYNTHETICS_LOCAL_REGION": "eu-west-1", "JOURNAL_SIZE": "7"}
        options = [f"--env={name}={value}" for name, value in variables.items()]
        settings = self.settings(self.start(*options).await_ready())
        self.assertEqual(settings["region"], ("eu-west-1", "environment"))
        self.assertEqual(settings["journal-size"], ("7", "environment"))
        self.assertEqual(settings["host"], ("0.0.0.0", "environment"))
        self.assertEqual(settings["account"], ("123456789012", "default"))

    def test_a_bad_value_is_one_line_and_the_end(self):
        container = self.start("--env", "SYNTHETICS_LOCAL_CLOCK=tomorrow")
        self.assertEqual(docker("wait", container.id), "2")
        self.assertRegex(container.log(), r"\A.*'tomorrow'.* SYNTHETICS_LOCAL_CLOCK: .*\n\Z")

    def test_a_variable_that_is_no_setting_is_a_warning(self):
        container = self.start("--env", "SYNTHETICS_LOCAL_CLOK=frozen").await_ready()
        self.assertRegex(container.log(), "warning .* variable=SYNTHETICS_LOCAL_CLOK\n")

    def test_a_seed_that_is_mounted_is_there_before_the_first_answer(self):
        container = self.start(*LOCKED, *self.seed_file(SEED)).await_ready()
        self.assertEqual(self.names(container), ["checkout"])
        path = "/etc/synthetics-local/seed.json"
        self.assertEqual(self.settings(container)["load"], (path, "default"))

    def test_a_seed_that_is_wrong_is_one_line_and_the_end(self):
        container = self.start(*self.seed_file({"canaries": [{"Name": "Check out"}]}))
        self.assertEqual(docker("wait", container.id), "2")
        self.assertRegex(container.log(), r"\A.*/etc/synthetics-local/seed.json.*\n\Z")

    def test_what_is_in_a_volume_is_there_again(self):
        self.addCleanup(docker, "volume", "rm", "synthetics-local-test")
        docker("volume", "create", "synthetics-local-test")
        self.assert_is_kept("--volume", "synthetics-local-test:/data")

    def test_what_is_in_a_directory_of_another_user_is_there_again(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        os.chown(folder, 12345, 12345)
        self.assert_is_kept("--volume", f"{folder}:/data")

    def assert_is_kept(self, *options):
        for known, name in (([], "checkout"), (["checkout"], "login")):
            container = self.start(*LOCKED, *options, "--env", "DATA=/data").await_ready()
            self.assertEqual(self.names(container), known)
            canaries.create(container, name)
            self.assertEqual(container.stop(), 0)

    def test_a_directory_that_it_may_not_write_to_is_one_line_and_the_end(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        container = self.start("--volume", f"{folder}:/data", "--env", "DATA=/data")
        self.assertEqual(docker("wait", container.id), "2")
        self.assertRegex(container.log(), r"\A.*the data directory '/data'.*\n\Z")

    def test_another_container_asks_by_the_name_that_is_allowed(self):
        container = self.start("--env", "ALLOWED_HOSTS=synthetics").await_ready()
        for name, status in (("synthetics:4566", 200), ("elsewhere:4566", 403)):
            answered, *_ = container.request("GET", "/_emulator/health", headers={"Host": name})
            self.assertEqual(answered, status)


class SignalTest(Case):
    """It is process 1: no signal has a default, and orphans are its own."""

    def test_a_signal_ends_it_well(self):
        for signal in ("TERM", "INT"):
            with self.subTest(signal):
                container = self.start().await_ready()
                docker("kill", "--signal", signal, container.id)
                self.assertEqual(docker("wait", container.id), "0")
                self.assertIn("Stopped", container.log())

    def test_a_long_start_does_not_keep_it(self):
        # A fifth of a processor: on a whole one it might be through by then.
        container = self.start("--cpus", "0.2", *self.seed_file(canaries.MUCH_TO_DO))
        self.assertEqual(container.stop("--time", "30"), 128 + 15)
        self.assertNotIn("Ready.", container.log())

    def test_orphans_leave_no_zombie(self):
        # The image has no shell to make an orphan with: the program in a system that has one.
        made = docker("create", IMAGE)
        self.addCleanup(docker, "rm", "--volumes", made)
        folder = self.enterContext(tempfile.TemporaryDirectory())
        docker("cp", f"{made}:/synthetics-local", folder)
        script = "(exec sleep 0.1) & exec /opt/synthetics-local --port 0"
        container = docker(
            *("run", "--detach", "--volume", f"{folder}:/opt", "debian:bookworm-slim"),
            *("sh", "-c", script),
        )
        self.addCleanup(docker, "rm", "--force", container)
        processes = "0 1"
        while len(processes.split()) > 1:
            processes = docker("exec", container, "sh", "-c", "cat /proc/1/task/1/children; echo 1")
        self.assertTrue(inspect(container)["State"]["Running"])


if __name__ == "__main__":
    unittest.main()
