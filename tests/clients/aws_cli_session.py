"""A canary's whole life through the AWS CLI, whichever of its versions runs it."""

import base64
import datetime
import io
import json
import os
import re
import shutil
import subprocess
import unittest
import zipfile

from emulator import Emulator, skip
from isolation import ACCOUNT, REGION, isolate

ARN = f"arn:aws:synthetics:{REGION}:{ACCOUNT}:canary:checkout"
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)

# From these on the CLI reads a file into a nested member (`ZipFile@=fileb://…`).
READS_NESTED_FILES = {1: (1, 37), 2: (2, 24)}


def make_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        script = "exports.handler = async () => 'checked';\n"
        archive.writestr("nodejs/node_modules/checkout.js", script)
    return buffer.getvalue()


def find_cli(major):
    """The path and version of an `aws` with that major version, or nothing."""
    folders = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin"]
    for candidate in dict.fromkeys(shutil.which("aws", path=folder) for folder in folders):
        if candidate is None:
            continue
        # Version 1 of long ago printed its version on stderr.
        asked = subprocess.run([candidate, "--version"], capture_output=True, text=True)
        found = re.match(r"aws-cli/(\d+)\.(\d+)\S*", asked.stdout or asked.stderr)
        if found and int(found[1]) == major:
            print(f"{found[0]} at {candidate}")
            return candidate, (int(found[1]), int(found[2]))
    return None


def instant(value):
    """Version 1 prints a time as it came, version 2 as ISO 8601."""
    if isinstance(value, (int, float)):
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    return datetime.datetime.fromisoformat(value)


class Session(unittest.TestCase):
    executable = None
    version = None
    home = None

    def setUp(self):
        self.emulator = Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1")
        self.enterContext(self.emulator)

    def aws(self, *arguments):
        """What the CLI prints for a call that works: parsed, or nothing."""
        ended = self.run_cli(*arguments)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(ended.stderr, "")
        return json.loads(ended.stdout) if ended.stdout.strip() else None

    def assert_refused(self, code, message, *arguments):
        ended = self.run_cli(*arguments)
        self.assertNotEqual(ended.returncode, 0, ended.stdout)
        self.assertIn(f"An error occurred ({code}) when calling", ended.stderr)
        self.assertIn(message, ended.stderr)

    def run_cli(self, *arguments):
        command = [self.executable, "--endpoint-url", self.emulator.url, "--output", "json"]
        return subprocess.run(
            [*command, "synthetics", *arguments], capture_output=True, text=True, cwd=self.home
        )

    def create(self):
        """The arguments that create a canary from a real zip."""
        (self.home / "checkout.zip").write_bytes(make_zip())
        if self.version >= READS_NESTED_FILES[self.version[0]]:
            code = "Handler=checkout.handler,ZipFile@=fileb://checkout.zip"
        else:
            text = base64.b64encode(make_zip()).decode()
            code = json.dumps({"Handler": "checkout.handler", "ZipFile": text})
        return [
            "create-canary",
            *("--name", "checkout"),
            *("--code", code),
            *("--artifact-s3-location", "s3://artifacts/checkout"),
            *("--execution-role-arn", f"arn:aws:iam::{ACCOUNT}:role/canary"),
            *("--schedule", "Expression=rate(1 minute)"),
            *("--runtime-version", "syn-nodejs-puppeteer-9.1"),
            *("--tags", "team=shop"),
        ]

    def status(self):
        return self.aws("get-canary", "--name", "checkout")["Canary"]["Status"]

    def test_a_canary_from_nothing_to_a_passed_run_and_gone_again(self):
        created = self.aws(*self.create())["Canary"]
        creating = {"State": "CREATING", "StateReasonCode": "CREATE_PENDING"}
        self.assertEqual(created["Status"], creating)
        self.assertEqual(created["ArtifactS3Location"], "artifacts/checkout")
        self.assertEqual(created["Tags"], {"team": "shop"})
        self.assertEqual(instant(created["Timeline"]["Created"]), START)
        self.assert_refused("ValidationException", "Canary name already exists", *self.create())

        self.emulator.advance(until="settled")
        self.assertEqual(self.status(), {"State": "READY"})

        self.assertFalse(self.aws("start-canary", "--name", "checkout"))
        self.emulator.advance(until="settled")
        self.emulator.advance(seconds=90)
        runs = self.aws("get-canary-runs", "--name", "checkout")["CanaryRuns"]
        self.assertEqual([run["Status"]["State"] for run in runs], ["PASSED", "PASSED"])
        started = [instant(run["Timeline"]["Started"]) for run in runs]
        self.assertEqual(started[0] - started[1], datetime.timedelta(minutes=1))
        last = self.aws("describe-canaries-last-run", "--names", "checkout")["CanariesLastRun"]
        self.assertEqual(last, [{"CanaryName": "checkout", "LastRun": runs[0]}])

        conflict = "ConflictException"
        startable = "Canary is not in a startable state"
        self.assert_refused(conflict, startable, "start-canary", "--name", "checkout")
        deletable = "can't be deleted: RUNNING"
        self.assert_refused(conflict, deletable, "delete-canary", "--name", "checkout")

        self.aws("tag-resource", "--resource-arn", ARN, "--tags", "env=test,team=pay")
        tags = self.aws("list-tags-for-resource", "--resource-arn", ARN)["Tags"]
        self.assertEqual(tags, {"env": "test", "team": "pay"})
        self.aws("untag-resource", "--resource-arn", ARN, "--tag-keys", "team")

        self.aws("update-canary", "--name", "checkout", "--schedule", "Expression=rate(5 minutes)")
        self.emulator.advance(until="settled")
        updated = self.aws("get-canary", "--name", "checkout")["Canary"]
        self.assertEqual(updated["Status"], {"State": "RUNNING"})
        self.assertEqual(updated["Schedule"]["Expression"], "rate(5 minutes)")
        self.assertEqual(updated["Tags"], {"env": "test"})

        self.aws("stop-canary", "--name", "checkout")
        self.emulator.advance(until="settled")
        self.assertEqual(self.status(), {"State": "STOPPED"})

        self.aws("delete-canary", "--name", "checkout")
        deleting = {"State": "DELETING", "StateReasonCode": "DELETE_IN_PROGRESS"}
        self.assertEqual(self.status(), deleting)
        self.emulator.advance(until="settled")
        missing = "ResourceNotFoundException"
        self.assert_refused(missing, "Canary not found", "get-canary", "--name", "checkout")


def main(major):
    Session.home = isolate()
    found = find_cli(major)
    if found is None:
        skip(f"no AWS CLI v{major} is installed")
    Session.executable, Session.version = found
    if major == 1 and Session.version < READS_NESTED_FILES[1]:
        skip("this AWS CLI v1 has no way to send a zip")
    unittest.main(module="aws_cli_session")
