"""All operations through the AWS CLI, whichever of its versions runs it."""

import base64
import datetime
import json
import os
import re
import shutil
import subprocess
import unittest

from emulator import Emulator, skip
from isolation import ACCOUNT, REGION, isolate
from zips import make_zip

ARN = f"arn:aws:synthetics:{REGION}:{ACCOUNT}:canary:checkout"
GROUP = "Shop ü/x"  # which the CLI has to encode for a path
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)

# Those of the service model that the emulator follows, of which an older CLI knows only some.
OPERATIONS = set(
    """
    associate-resource create-canary create-group delete-canary delete-group describe-canaries
    describe-canaries-last-run describe-runtime-versions disassociate-resource get-canary
    get-canary-runs get-group list-associated-groups list-group-resources list-groups
    list-tags-for-resource start-canary start-canary-dry-run stop-canary tag-resource
    untag-resource update-canary
    """.split()
)
DRY_RUN = "start-canary-dry-run"

# From these on the CLI reads a file into a nested member (`ZipFile@=fileb://…`).
READS_NESTED_FILES = {1: (1, 37), 2: (2, 24)}


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


def find_operations(executable):
    """Those that an AWS CLI knows: it lists them where it is asked for one that there is not."""
    asked = subprocess.run([executable, "synthetics", "none"], capture_output=True, text=True)
    choices = asked.stderr.split("valid choices are:")[1]
    return set(re.findall(r"[a-z]+(?:-[a-z]+)+", choices))


def instant(value):
    """Version 1 prints a time as it came, version 2 as ISO 8601."""
    if isinstance(value, (int, float)):
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    return datetime.datetime.fromisoformat(value)


class Session(unittest.TestCase):
    executable = None
    version = None
    home = None
    known = None
    driven = None

    @classmethod
    def setUpClass(cls):
        cls.known = find_operations(cls.executable)
        cls.driven = set()

    @classmethod
    def tearDownClass(cls):
        print(f"{len(cls.driven)} of {len(OPERATIONS)} operations")
        if lacking := OPERATIONS - cls.known:
            print("this AWS CLI lacks", *sorted(lacking))
        if missed := OPERATIONS & cls.known - cls.driven:
            raise AssertionError(f"not driven: {sorted(missed)}")

    def setUp(self):
        self.emulator = Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1")
        self.enterContext(self.emulator)

    def aws(self, *arguments):
        """What the CLI prints for a call that works: parsed, or nothing."""
        ended = self.run_cli(*arguments)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(ended.stderr, "")
        self.driven.add(arguments[0])
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

    def create(self, runtime="syn-nodejs-puppeteer-9.1", script="nodejs/node_modules/checkout.js"):
        """The arguments that create a canary from a real zip."""
        content = make_zip(script)
        (self.home / "checkout.zip").write_bytes(content)
        if self.version >= READS_NESTED_FILES[self.version[0]]:
            code = "Handler=checkout.handler,ZipFile@=fileb://checkout.zip"
        else:
            text = base64.b64encode(content).decode()
            code = json.dumps({"Handler": "checkout.handler", "ZipFile": text})
        return [
            "create-canary",
            *("--name", "checkout"),
            *("--code", code),
            *("--artifact-s3-location", "s3://artifacts/checkout"),
            *("--execution-role-arn", f"arn:aws:iam::{ACCOUNT}:role/canary"),
            *("--schedule", "Expression=rate(1 minute)"),
            *("--runtime-version", runtime),
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

        cron = "cron(0/20 6 * * ? *)"
        self.aws("update-canary", "--name", "checkout", "--schedule", f"Expression={cron}")
        self.emulator.advance(until="settled")
        updated = self.aws("describe-canaries", "--names", "checkout")["Canaries"][0]
        self.assertEqual(updated["Status"], {"State": "RUNNING"})
        self.assertEqual(updated["Schedule"]["Expression"], cron)
        self.assertEqual(updated["Tags"], {"env": "test"})
        self.assert_runs_of_cron()

        self.aws("stop-canary", "--name", "checkout")
        self.emulator.advance(until="settled")
        self.assertEqual(self.status(), {"State": "STOPPED"})

        self.aws("delete-canary", "--name", "checkout")
        deleting = {"State": "DELETING", "StateReasonCode": "DELETE_IN_PROGRESS"}
        self.assertEqual(self.status(), deleting)
        self.emulator.advance(until="settled")
        missing = "ResourceNotFoundException"
        self.assert_refused(missing, "Canary not found", "get-canary", "--name", "checkout")

    def assert_runs_of_cron(self):
        """Day after day at six, twenty past and twenty to."""
        self.emulator.advance(to="2026-01-02T12:00:00Z")
        listed = self.aws("get-canary-runs", "--name", "checkout", "--max-results", "6")
        started = [instant(run["Timeline"]["Started"]) for run in listed["CanaryRuns"]]
        six = START + datetime.timedelta(hours=6)
        minutes = [datetime.timedelta(days=d, minutes=m) for d in (1, 0) for m in (40, 20, 0)]
        self.assertEqual(started, [six + after for after in minutes])

    def test_a_group_and_what_is_in_it(self):
        self.aws(*self.create())
        created = self.aws("create-group", "--name", GROUP, "--tags", "team=shop")["Group"]
        arn = f"arn:aws:synthetics:{REGION}:{ACCOUNT}:group:{created['Id']}"
        self.assertEqual((created["Name"], created["Arn"]), (GROUP, arn))
        self.assertEqual(created["Tags"], {"team": "shop"})
        self.assertEqual(instant(created["CreatedTime"]), START)
        self.assertEqual(instant(created["LastModifiedTime"]), START)
        self.assert_refused("ConflictException", GROUP, "create-group", "--name", GROUP)

        self.aws("tag-resource", "--resource-arn", arn, "--tags", "env=test,team=pay")
        self.aws("untag-resource", "--resource-arn", arn, "--tag-keys", "env")
        tags = self.aws("list-tags-for-resource", "--resource-arn", arn)["Tags"]
        self.assertEqual(tags, {"team": "pay"})

        member = ("--group-identifier", GROUP, "--resource-arn", ARN)
        self.assertFalse(self.aws("associate-resource", *member))
        listed = self.aws("list-group-resources", "--group-identifier", arn)
        self.assertEqual(listed, {"Resources": [ARN]})
        summary = {"Id": created["Id"], "Name": GROUP, "Arn": arn}
        listed = self.aws("list-associated-groups", "--resource-arn", ARN)
        self.assertEqual(listed, {"Groups": [summary]})
        self.assert_groups_come_in_pages(summary)

        self.assertFalse(self.aws("disassociate-resource", *member))
        reason = "does not exist in group"
        self.assert_refused("ValidationException", reason, "disassociate-resource", *member)
        group = self.aws("get-group", "--group-identifier", GROUP)["Group"]
        self.assertEqual(group, created | {"Tags": {"team": "pay"}})

        self.aws("delete-group", "--group-identifier", created["Id"])
        missing = ("ResourceNotFoundException", "Group not found")
        self.assert_refused(*missing, "get-group", "--group-identifier", GROUP)

    def assert_groups_come_in_pages(self, summary):
        second = self.aws("create-group", "--name", "pay")["Group"]
        first = self.aws("list-groups", "--max-results", "1")
        rest = self.aws("list-groups", "--max-results", "1", "--next-token", first["NextToken"])
        self.assertEqual(set(rest), {"Groups"})
        listed = {group["Id"]: group for group in first["Groups"] + rest["Groups"]}
        self.assertEqual(set(listed), {summary["Id"], second["Id"]})
        self.assertEqual(listed[summary["Id"]], summary)

    def test_a_dry_run_and_its_commit(self):
        if DRY_RUN not in self.known:
            self.skipTest(f"this AWS CLI has no {DRY_RUN}")
        self.aws(*self.create("syn-nodejs-puppeteer-11.0", "checkout.js"))
        self.emulator.advance(until="settled")
        trial = (DRY_RUN, "--name", "checkout", "--run-config", "TimeoutInSeconds=30")
        begun = self.aws(*trial)["DryRunConfig"]
        dry_run = ("--dry-run-id", begun["DryRunId"])
        self.assertEqual(begun["LastDryRunExecutionStatus"], "RUNNING")
        self.assert_refused("ConflictException", "already in progress", *trial)

        self.emulator.advance(seconds=60)
        tried = self.aws("get-canary", "--name", "checkout", *dry_run)["Canary"]
        passed = begun | {"LastDryRunExecutionStatus": "PASSED"}
        self.assertEqual(tried["DryRunConfig"], passed)
        self.assertEqual(tried["RunConfig"]["TimeoutInSeconds"], 30)
        self.assert_is_the_only_run(begun["DryRunId"])

        self.aws("update-canary", "--name", "checkout", *dry_run)
        self.emulator.advance(until="settled")
        updated = self.aws("get-canary", "--name", "checkout")["Canary"]
        self.assertEqual(updated["Status"], {"State": "READY"})
        self.assertEqual(updated["RunConfig"]["TimeoutInSeconds"], 30)

    def assert_is_the_only_run(self, dry_run_id):
        runs = ("get-canary-runs", "--name", "checkout")
        self.assertEqual(self.aws(*runs, "--run-type", "CANARY_RUN"), {"CanaryRuns": []})
        (run,) = self.aws(*runs, "--run-type", "DRY_RUN")["CanaryRuns"]
        self.assertEqual(run["Status"]["State"], "PASSED")
        self.assertEqual(run["DryRunConfig"], {"DryRunId": dry_run_id})
        both = ("--run-type", "CANARY_RUN", "--dry-run-id", dry_run_id)
        self.assert_refused("ValidationException", "RunType CANARY_RUN", *runs, *both)

    def test_runtime_versions(self):
        versions = self.aws("describe-runtime-versions")["RuntimeVersions"]
        named = {version["VersionName"]: version for version in versions}
        self.assertEqual(len(named), len(versions))
        current = named["syn-nodejs-puppeteer-9.1"]
        released = datetime.datetime(2024, 10, 2, tzinfo=datetime.timezone.utc)
        self.assertEqual(instant(current["ReleaseDate"]), released)
        self.assertNotIn("DeprecationDate", current)
        deprecated = datetime.datetime(2024, 3, 8, 8, tzinfo=datetime.timezone.utc)
        old = named["syn-nodejs-puppeteer-6.1"]
        self.assertEqual(instant(old["DeprecationDate"]), deprecated)


def main(major):
    Session.home = isolate()
    found = find_cli(major)
    if found is None:
        skip(f"no AWS CLI v{major} is installed")
    Session.executable, Session.version = found
    if major == 1 and Session.version < READS_NESTED_FILES[1]:
        skip("this AWS CLI v1 has no way to send a zip")
    unittest.main(module="aws_cli_session")
