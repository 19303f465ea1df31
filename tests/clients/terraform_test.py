"""Terraform: apply, plan, change while running, plan, destroy, on a running clock."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest
import zipfile

from emulator import Emulator, skip
from isolation import isolate

CONFIGURATION = pathlib.Path(__file__).parent / "terraform" / "main.tf"
NAMES = ["old", "new", "once", "ready"]


class Terraform:
    """A working directory with the configuration, and terraform in it."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        shutil.copy(CONFIGURATION, folder)
        with zipfile.ZipFile(folder / "checkout.zip", "w") as archive:
            archive.writestr("nodejs/node_modules/checkout.js", "exports.handler = () => {};\n")

    def run(self, *arguments, **variables):
        environment = {f"TF_VAR_{name}": value for name, value in variables.items()}
        # Each command starts the provider twice or thrice, which is nearly all of its time, a third
        # of it in the garbage collector.
        environment |= {"GOGC": "400", "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
        return subprocess.run(
            ["terraform", *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


class Session(unittest.TestCase):
    terraform = None

    def setUp(self):
        # A running clock, but not today's: which runtimes there are must not depend on the day.
        emulator = Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1")
        self.emulator = self.enterContext(emulator)
        status, _, _ = self.emulator.request("PUT", "/_emulator/clock", {"mode": "running"})
        self.assertEqual(status, 200)

    def call(self, *arguments, changed):
        """What terraform prints; it must end with 0, which for the plans here means: no changes."""
        variables = {"url": self.emulator.url, "changed": str(changed).lower()}
        ended = self.terraform.run(*arguments, "-no-color", "-input=false", **variables)
        self.assertEqual(ended.returncode, 0, ended.stdout)
        return ended.stdout

    def post(self, path):
        status, _, body = self.emulator.request("POST", path, {})
        self.assertEqual(status, 200, body)
        return body

    def canaries(self):
        return {canary["Name"]: canary for canary in self.post("/canaries")["Canaries"]}

    def states(self, *names):
        canaries = self.canaries()
        return [canaries[name]["Status"] for name in names]

    def test_apply_plan_change_plan_destroy(self):
        apply = ("apply", "-auto-approve")
        plan = ("plan", "-detailed-exitcode")

        self.assertIn("4 added", self.call(*apply, changed=False))
        before = self.canaries()
        self.assertEqual(set(before), set(NAMES))
        self.assertEqual(self.states("old", "new"), [{"State": "RUNNING"}] * 2)
        self.assertEqual(self.states("ready"), [{"State": "READY"}])
        self.assertEqual(before["once"]["Schedule"]["Expression"], "rate(0 hour)")
        self.assertEqual(before["old"]["Tags"], {"env": "test", "team": "shop"})
        self.assert_outputs()
        self.call(*plan, changed=False)

        self.assertIn("0 added, 3 changed, 0 destroyed", self.call(*apply, changed=True))
        self.assert_changed_in_place(before, self.canaries())
        self.call(*plan, changed=True)

        self.emulator.advance(seconds=10)
        self.assertEqual(self.states("once"), [{"State": "STOPPED"}])
        self.assertEqual(len(self.post("/canary/once/runs")["CanaryRuns"]), 1)

        # What there is to destroy is known: reading it once more would start the provider again.
        self.call("destroy", "-auto-approve", "-refresh=false", changed=True)
        self.assertEqual(self.canaries(), {})

    def assert_outputs(self):
        shown = json.loads(self.terraform.run("output", "-json").stdout)
        self.assertEqual(shown["arn"]["value"], "arn:aws:synthetics:us-east-1::canary:old")
        versions = self.post("/runtime-versions")["RuntimeVersions"]
        family = [v for v in versions if v["VersionName"].startswith("syn-nodejs-puppeteer")]
        latest = max(family, key=lambda version: version["ReleaseDate"])
        self.assertEqual(shown["latest"]["value"], latest["VersionName"])

    def assert_changed_in_place(self, before, after):
        for name in NAMES:
            self.assertEqual(after[name]["Id"], before[name]["Id"])
        self.assertEqual(self.states("old", "new"), [{"State": "RUNNING"}] * 2)
        self.assertEqual(self.states("ready"), [{"State": "READY"}])

        old = after["old"]
        self.assertEqual(old["Schedule"]["Expression"], "rate(5 minutes)")
        self.assertEqual(old["RunConfig"]["TimeoutInSeconds"], 45)
        self.assertIs(old["RunConfig"]["ActiveTracing"], True)
        self.assertEqual(old["SuccessRetentionPeriodInDays"], 7)
        self.assertEqual(old["Tags"], {"env": "live", "owner": "ann"})
        self.assertEqual(old["VpcConfig"], before["old"]["VpcConfig"])
        self.assertEqual(after["new"]["Code"]["Handler"], "other.handler")
        self.assertEqual(after["ready"]["Schedule"]["Expression"], "rate(10 minutes)")

        for name in ("old", "new"):
            earlier, later = before[name]["Timeline"], after[name]["Timeline"]
            self.assertGreater(later["LastModified"], earlier["LastModified"])
            self.assertGreater(later["LastStarted"], earlier["LastStarted"])
            self.assertGreater(later["LastStopped"], earlier["LastStarted"])


def prepare():
    """A working directory with the provider in it, or the end of the test as skipped."""
    home = isolate()
    if shutil.which("terraform") is None:
        skip("no terraform is installed")
    terraform = Terraform(home / "terraform")
    ended = terraform.run("init", "-no-color", "-input=false")
    if ended.returncode != 0:
        print(ended.stdout)
        skip("terraform cannot get the AWS provider (is TF_CLI_CONFIG_FILE set?)")
    lines = terraform.run("version", "-no-color").stdout.split("\n")
    print(*(line for line in lines if line.startswith(("Terraform v", "+ provider"))))
    return terraform


if __name__ == "__main__":
    Session.terraform = prepare()
    unittest.main()
