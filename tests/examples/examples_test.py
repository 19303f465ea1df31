"""Runs the examples as their readers do: each copied to a directory of its own.

usage: examples_test.py python|javascript
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from emulator import skip
from isolation import isolate

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
CLIENTS = pathlib.Path(os.environ.get("SYNTHETICS_LOCAL_CLIENTS", "build/clients")).resolve()
SDK = CLIENTS / "node_modules" / "@aws-sdk" / "client-synthetics"

# What an emulator.py or pytest of the example's own must not be mixed up with.
ENVIRONMENT_KEPT_BACK = ("PYTHONPATH", "PYTEST_ADDOPTS", "NODE_OPTIONS")


class Example(unittest.TestCase):
    folder = None  # below examples/
    application = None
    passed = None  # as its runner counts the tests that passed
    failed = None  # as it names the one that must fail when a page comes too early

    def setUp(self):
        scratch = self.enterContext(tempfile.TemporaryDirectory())
        self.copy = pathlib.Path(scratch, "copy")
        made = shutil.ignore_patterns("node_modules", "__pycache__", ".pytest_cache")
        shutil.copytree(EXAMPLES / self.folder, self.copy, ignore=made)

    def run_tests(self, *command):
        environment = {
            name: value for name, value in os.environ.items() if name not in ENVIRONMENT_KEPT_BACK
        }
        ended = subprocess.run(
            command,
            cwd=self.copy,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ended.returncode, ended.stdout

    def test_it_passes(self):
        code, output = self.run_example()
        print(output)
        self.assertEqual(code, 0)
        found = re.search(self.passed, output, re.MULTILINE)
        self.assertTrue(found and int(found[1]) >= 10, "it did not run its tests")

    def test_it_notices_a_page_that_comes_too_early(self):
        source = self.copy / self.application
        text = source.read_text()
        self.assertIn("FAILURES = 3", text)
        source.write_text(text.replace("FAILURES = 3", "FAILURES = 2"))
        code, output = self.run_example()
        self.assertEqual(code, 1, output)
        self.assertRegex(output, self.failed)


class Python(Example):
    folder = "python"
    application = "alerting.py"
    passed = r"(\d+) passed"
    failed = "FAILED .*test_two_failures_in_a_row_do_not_page"
    python = None
    left_out = ()

    def run_example(self):
        return self.run_tests(self.python, "-m", "pytest", "-v", *self.left_out)

    @classmethod
    def prepare(cls):
        cls.python = next(filter(has_pytest_and_boto3, (sys.executable, "/usr/bin/python3")), None)
        if cls.python is None:
            skip("no Python with pytest and boto3")
        if not knows_retries(cls.python):
            print("without test_retries.py: this boto3 is older than retries")
            cls.left_out = ("--ignore", "test_retries.py")


class Javascript(Example):
    folder = "javascript"
    application = "alerting.mjs"
    passed = r"^# pass (\d+)$"
    failed = "not ok .* two failures in a row do not page"
    files = ()

    def setUp(self):
        super().setUp()
        (self.copy / "node_modules").symlink_to(CLIENTS / "node_modules")

    def run_example(self):
        return self.run_tests("node", "--test", "--test-reporter=tap", *self.files)

    @classmethod
    def prepare(cls):
        if shutil.which("node") is None:
            skip("no node is installed")
        if not SDK.exists():
            skip("no @aws-sdk/client-synthetics is installed (./dev clients)")
        if not has_version_of_example("@aws-sdk/client-synthetics", SDK):
            print("without retries.test.mjs: this SDK is older than retries")
            cls.files = ("alerting.test.mjs",)


def has_pytest_and_boto3(python):
    tried = subprocess.run([python, "-c", "import boto3, pytest"], capture_output=True)
    return tried.returncode == 0


def knows_retries(python):
    program = (
        "import botocore.session as s;"
        "s.get_session().get_service_model('synthetics').shape_for('CanaryRun')"
        ".members['RetryAttempt']"
    )
    return subprocess.run([python, "-c", program], capture_output=True).returncode == 0


def has_version_of_example(package, folder):
    """Whether a package is as new as the example's package.json asks for."""
    asked = json.loads((EXAMPLES / "javascript" / "package.json").read_text())["dependencies"]
    there = json.loads((folder / "package.json").read_text())["version"]
    return numbers(there) >= numbers(asked[package])


def numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)]


if __name__ == "__main__":
    case = {"python": Python, "javascript": Javascript}[sys.argv[1]]
    isolate()
    case.prepare()
    unittest.main(argv=[sys.argv[0], case.__name__])
