#!/usr/bin/env python3
"""What is there to copy in docker/, and the clients' sessions, each against the image."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

from container import IMAGE, Container, docker

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIENTS = ROOT / "build/clients"
TESTCONTAINERS = ROOT / "build/testcontainers"
NETWORK = "synthetics-local-test"


class UseTest(unittest.TestCase):
    def run_it(self, *command, cwd=ROOT, **environment):
        """What it prints; it has to end well."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def copy(self, folder):
        scratch = self.enterContext(tempfile.TemporaryDirectory())
        made = shutil.ignore_patterns("node_modules", "__pycache__", ".pytest_cache")
        return pathlib.Path(
            shutil.copytree(ROOT / "docker" / folder, pathlib.Path(scratch, "copy"), ignore=made)
        )


class SessionTest(UseTest):
    """Tests of the program, with a container in its place: `./dev image test` names tests/image/program."""

    def run_test(self, script, *arguments):
        output = self.run_it(
            *(sys.executable, ROOT / "tests" / script, *arguments),
            SYNTHETICS_LOCAL_CLIENTS=str(CLIENTS),
            PYTHONPATH=f"{ROOT}/tests/support:{ROOT}/tests/clients",
        )
        print(output)

    def test_the_aws_cli(self):
        self.run_test("clients/aws_cli_v2_test.py")

    def test_the_javascript_sdk(self):
        self.run_test("clients/javascript_test.py")

    @unittest.skipUnless(os.path.isfile(os.environ.get("TF_CLI_CONFIG_FILE", "")), "no terraform")
    def test_terraform(self):
        self.run_test("clients/terraform_test.py")

    def test_the_readmes_session(self):
        self.run_test("readme/readme_test.py", "shell")

    def test_the_readmes_containers(self):
        self.run_test("readme/readme_test.py", "docker")

    def test_the_example_suite(self):
        self.run_test("examples/examples_test.py", "python")


class ComposeTest(UseTest):
    def test_the_application_is_started_when_the_emulator_is_healthy(self):
        output = self.run_it(
            *("bash", self.copy("compose") / "try.sh"),
            SYNTHETICS_IMAGE=IMAGE,
            SYNTHETICS_PORT="4571",
            STATUS_PAGE_PORT="4572",
            COMPOSE_PROJECT_NAME="synthetics-local-test",
        )
        print(output)
        self.assertIn('the page: {"failing": ["checkout"]} 503', output)


class TestcontainersTest(UseTest):
    def test_it_passes(self):
        copy = self.copy("testcontainers")
        (copy / "node_modules").symlink_to(TESTCONTAINERS / "node_modules")
        # Its reaper is an image that only a registry has.
        output = self.run_it(
            *("node", "--test", "--test-reporter=tap"),
            cwd=copy,
            SYNTHETICS_IMAGE=IMAGE,
            TESTCONTAINERS_RYUK_DISABLED="true",
        )
        print(output)
        self.assertIn("\n# pass 3\n", output)


class PytestTest(UseTest):
    def test_it_passes(self):
        output = self.run_it(
            *("/usr/bin/python3", "-m", "pytest", "-v"),
            cwd=self.copy("pytest"),
            SYNTHETICS_IMAGE=IMAGE,
        )
        print(output)
        self.assertIn(" 3 passed", output)


class WorkflowTest(UseTest):
    """The steps of the workflow files, as their hosts run them."""

    def job_of(self, file, *path):
        job = yaml.safe_load((ROOT / "docker" / file).read_text())
        for key in path:
            job = job[key]
        return job

    def test_the_steps_for_github(self):
        job = self.job_of("github-actions.yml", "jobs", "canaries")
        service = job["services"]["synthetics"]
        self.assertEqual(service["ports"], ["4566:4566"])
        with Container(*environment_options(service["env"])) as container:
            self.assertEqual(container.await_health(), "healthy")
            for step in job["steps"]:
                self.run_it(
                    *("bash", "-eo", "pipefail", "-c", step["run"]),
                    **{**job["env"], "SYNTHETICS_URL": container.url},
                )

    def test_the_script_for_gitlab(self):
        job = self.job_of("gitlab-ci.yml", "canaries")
        [service] = job["services"]
        docker("network", "create", NETWORK)
        self.addCleanup(docker, "network", "rm", NETWORK)
        options = environment_options(service["variables"])
        with Container(*options, "--network", NETWORK, "--network-alias", service["alias"]):
            script = "\n".join(["set -eo pipefail", *job["before_script"], *job["script"]])
            self.run_it(
                *("docker", "run", "--rm", "--network", NETWORK),
                *environment_options(job["variables"]),
                *(job["image"], "bash", "-c", script),
            )


def environment_options(variables):
    return [f"--env={name}={value}" for name, value in variables.items()]


if __name__ == "__main__":
    unittest.main()
