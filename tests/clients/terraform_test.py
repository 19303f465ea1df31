"""Terraform: apply, plan, change, plan, import, destroy, on a running clock."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import threading
import time
import unittest

from emulator import Emulator, skip
from isolation import ACCOUNT, REGION, isolate
from zips import make_zip

CONFIGURATIONS = pathlib.Path(__file__).parent / "terraform"
NAMES = ["old", "new", "once", "ready"]
PLUGIN = "terraform-provider-aws_*"
REATTACH = "TF_REATTACH_PROVIDERS"
# What the zip of a canary holds: in a layer's folder before Puppeteer 11, and at the root since.
LAYOUTS = {
    "checkout.zip": "nodejs/node_modules/checkout.js",
    "other.zip": "nodejs/node_modules/other.js",
    "root.zip": "checkout.js",
    "other-root.zip": "other.js",
}

APPLY = ("apply", "-auto-approve")
# Ends with 0 where there is nothing to change, with 2 where there is.
PLAN = ("plan", "-detailed-exitcode")


class Terraform:
    """A working directory with a configuration, and terraform in it."""

    provider = {}

    def __init__(self, folder, configuration):
        self.folder = folder
        folder.mkdir()
        self.add(configuration)

    def add(self, file):
        shutil.copy(CONFIGURATIONS / file, self.folder)

    def run(self, *arguments, **variables):
        texts = {name: v if isinstance(v, str) else json.dumps(v) for name, v in variables.items()}
        environment = {f"TF_VAR_{name}": text for name, text in texts.items()}
        environment |= {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
        return subprocess.run(
            ["terraform", *arguments],
            cwd=self.folder,
            env={**os.environ, **self.provider, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def state(self):
        """The attributes of each resource, by its address."""
        state = json.loads((self.folder / "terraform.tfstate").read_text())
        attributes = {}
        for resource in state["resources"]:
            address = f"{resource['type']}.{resource['name']}"
            for instance in resource["instances"]:
                key = json.dumps([instance["index_key"]]) if "index_key" in instance else ""
                attributes[address + key] = instance["attributes"]
        return attributes


@contextlib.contextmanager
def running(plugin, folder):
    """The provider as a process of its own in that folder, and what tells terraform where it is.

    Left to itself, terraform starts it twice or thrice for each command, which is half of its time.
    """
    folder.mkdir()
    for name, script in LAYOUTS.items():
        (folder / name).write_bytes(make_zip(script))
    # A third of what is left would be its garbage collector's.
    environment = {**os.environ, "GOGC": "1000"}
    with subprocess.Popen(
        [plugin, "-debug"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            lines = (line.strip() for line in process.stdout)
            told = next((line for line in lines if line.startswith(REATTACH)), None)
            assert told, f"{plugin} does not start"
            yield {REATTACH: told.split("=", 1)[1].strip("'")}
        finally:
            process.kill()


class CallerIdentity(http.server.BaseHTTPRequestHandler):
    """Answers the provider, which asks STS for its account, and only that."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = (
            '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
            f"<GetCallerIdentityResult><Arn>arn:aws:iam::{ACCOUNT}:user/test</Arn>"
            f"<UserId>AIDATEST</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult>"
            "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"
            "</GetCallerIdentityResponse>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def caller_identity():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), CallerIdentity) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Session(unittest.TestCase):
    """What the sessions below have in common: an emulator, and terraform that works."""

    configuration = None
    options = ()
    home = None

    def setUp(self):
        # A running clock, but not today's: which runtimes there are must not depend on the day.
        emulator = Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1", *self.options)
        self.emulator = self.enterContext(emulator)
        status, _, _ = self.emulator.request("PUT", "/_emulator/clock", {"mode": "running"})
        self.assertEqual(status, 200)
        folder = self.home / self.configuration.replace("/", "-").removesuffix(".tf")
        self.terraform = Terraform(folder, self.configuration)

    def call(self, *arguments, **variables):
        """What terraform prints; it must end with 0, which for the plans here means: no changes."""
        begun = time.monotonic()
        options = ("-no-color", "-input=false")
        command, *rest = arguments
        ended = self.terraform.run(command, *options, *rest, url=self.emulator.url, **variables)
        print(f"{time.monotonic() - begun:5.1f} s  terraform {command}")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        return ended.stdout

    def post(self, path, body=None):
        status, _, answer = self.emulator.request("POST", path, body or {})
        self.assertEqual(status, 200, answer)
        return answer

    def canaries(self):
        """All of them by name: there can be more than a page of them."""
        found, token = {}, {}
        while token is not None:
            page = self.post("/canaries", token)
            found |= {canary["Name"]: canary for canary in page["Canaries"]}
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        return found

    def group(self, name):
        status, _, answer = self.emulator.request("GET", f"/group/{name}")
        self.assertEqual(status, 200, answer)
        return answer["Group"]

    def members(self, group):
        """The names of a group's canaries."""
        arns = self.post(f"/group/{group}/resources")["Resources"]
        return [arn.split(":")[-1] for arn in arns]


class Life(Session):
    """Canaries and groups from nothing to gone again, with ARNs that name no account."""

    configuration = "main.tf"

    def states(self, *names):
        canaries = self.canaries()
        return [canaries[name]["Status"] for name in names]

    def test_apply_plan_change_plan_destroy(self):
        self.assertIn("7 added", self.call(*APPLY, changed=False))
        before = self.canaries()
        self.assertEqual(set(before), set(NAMES))
        self.assertEqual(self.states("old", "new"), [{"State": "RUNNING"}] * 2)
        self.assertEqual(self.states("ready"), [{"State": "READY"}])
        self.assertEqual(before["once"]["Schedule"]["Expression"], "rate(0 hour)")
        self.assertEqual(before["old"]["Tags"], {"env": "test", "team": "shop"})
        self.assertEqual(self.group("shop")["Tags"], {"env": "test", "team": "shop"})
        self.assertEqual([self.members("shop"), self.members("pay")], [["ready"], []])
        self.assert_outputs()
        self.call(*PLAN, changed=False)

        # The association is another one, as it cannot be changed.
        changed = self.call(*APPLY, changed=True)
        self.assertIn("1 added, 4 changed, 1 destroyed", changed)
        self.assert_changed_in_place(before, self.canaries())
        self.assertEqual(self.group("shop")["Tags"], {"env": "live", "owner": "ann"})
        self.assertEqual([self.members("shop"), self.members("pay")], [[], ["ready"]])
        self.call(*PLAN, changed=True)

        self.emulator.advance(seconds=10)
        self.assertEqual(self.states("once"), [{"State": "STOPPED"}])
        runs = self.post("/canary/once/runs")["CanaryRuns"]
        self.assertEqual([run["Status"]["State"] for run in runs], ["PASSED"])

        # What there is to destroy is known: reading it once more would take its time.
        self.call("destroy", "-auto-approve", "-refresh=false", changed=True)
        self.assertEqual(self.canaries(), {})
        self.assertEqual(self.post("/groups"), {"Groups": []})

    def assert_outputs(self):
        shown = json.loads(self.terraform.run("output", "-json").stdout)
        outputs = {name: output["value"] for name, output in shown.items()}
        self.assertEqual(outputs["arn"], f"arn:aws:synthetics:{REGION}::canary:old")
        self.assertEqual(outputs["group_arn"], self.group("shop")["Arn"])

        versions = {v["VersionName"]: v for v in self.post("/runtime-versions")["RuntimeVersions"]}
        self.assertEqual(set(outputs["all"]), set(versions))
        family = [name for name in versions if name.startswith("syn-nodejs-puppeteer")]
        latest = max(family, key=lambda name: versions[name]["ReleaseDate"])
        self.assertEqual(outputs["latest"], latest)
        self.assertEqual(
            outputs["deprecated"],
            {
                "version_name": "syn-nodejs-puppeteer-6.1",
                "description": versions["syn-nodejs-puppeteer-6.1"]["Description"],
                "release_date": "2023-11-13T00:00:00Z",
                "deprecation_date": "2024-03-08T08:00:00Z",
            },
        )

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


SECOND_ROLE = f"arn:aws:iam::{ACCOUNT}:role/second"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/12345678-90ab-cdef-1234-567890abcdef"
NETWORK = {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}
NO_NETWORK = {"subnet_ids": [], "security_group_ids": []}

# For each attribute, what a canary is given at first, what it is given then, and what of it is
# another in the API, of which None says that it is gone. Its canary is named after it.
UPDATES = {
    "artifact_s3_location": (
        {},
        {"artifact_s3_location": "s3://artifacts/second/"},
        {"ArtifactS3Location": "artifacts/second/"},
    ),
    "execution_role_arn": (
        {},
        {"execution_role_arn": SECOND_ROLE},
        {"ExecutionRoleArn": SECOND_ROLE},
    ),
    "handler": (
        {},
        {"handler": "other.handler", "zip_file": "other.zip"},
        {"Code.Handler": "other.handler"},
    ),
    "zip_file": ({}, {"zip_file": "other.zip"}, {}),
    "s3_key": ({}, {"s3_key": "other.zip"}, {}),
    "s3_version": ({"s3_key": "checkout.zip"}, {"s3_key": "checkout.zip", "s3_version": "2"}, {}),
    "runtime_version": (
        {},
        {"runtime_version": "syn-nodejs-puppeteer-11.0", "zip_file": "root.zip"},
        {
            "RuntimeVersion": "syn-nodejs-puppeteer-11.0",
            "BrowserConfigs.BrowserType": "CHROME",
        },
    ),
    "expression": (
        {},
        {"expression": "cron(0 12 * * ? *)"},
        {"Schedule.Expression": "cron(0 12 * * ? *)"},
    ),
    "duration_in_seconds": (
        {"duration_in_seconds": 3600},
        {"duration_in_seconds": 7200},
        {"Schedule.DurationInSeconds": 7200},
    ),
    "timeout_in_seconds": (
        {"run_config": {"timeout_in_seconds": 60}},
        {"run_config": {"timeout_in_seconds": 90}},
        {"RunConfig.TimeoutInSeconds": 90},
    ),
    "memory_in_mb": (
        {},
        {"run_config": {"memory_in_mb": 960}},
        {"RunConfig.MemoryInMB": 960},
    ),
    "active_tracing": (
        {},
        {"run_config": {"active_tracing": "true"}},
        {"RunConfig.ActiveTracing": True},
    ),
    # No operation shows them.
    "environment_variables": (
        {"run_config": {}, "environment_variables": {"STAGE": "test"}},
        {"run_config": {}, "environment_variables": {"STAGE": "live"}},
        {},
    ),
    "vpc_on": (
        {},
        {"vpc_config": NETWORK},
        {
            "VpcConfig.SubnetIds": ["subnet-1"],
            "VpcConfig.SecurityGroupIds": ["sg-1"],
            "VpcConfig.Ipv6AllowedForDualStack": False,
        },
    ),
    "vpc_other": (
        {"vpc_config": NETWORK},
        {"vpc_config": NETWORK | {"subnet_ids": ["subnet-2"]}},
        {"VpcConfig.SubnetIds": ["subnet-2"]},
    ),
    "vpc_off": (
        {"vpc_config": NETWORK},
        {"vpc_config": NO_NETWORK},
        {
            "VpcConfig.SubnetIds": None,
            "VpcConfig.SecurityGroupIds": None,
            "VpcConfig.Ipv6AllowedForDualStack": None,
        },
    ),
    # Without the block the provider sends nothing for it, which the service takes for no change.
    "vpc_without_block": ({"vpc_config": NETWORK}, {}, {}),
    "encryption_on": (
        {},
        {"encryption_mode": "SSE_S3"},
        {"ArtifactConfig.S3Encryption.EncryptionMode": "SSE_S3"},
    ),
    "encryption_other": (
        {"encryption_mode": "SSE_S3"},
        {"encryption_mode": "SSE_KMS", "kms_key_arn": KEY},
        {
            "ArtifactConfig.S3Encryption.EncryptionMode": "SSE_KMS",
            "ArtifactConfig.S3Encryption.KmsKeyArn": KEY,
        },
    ),
    "success_retention_period": (
        {},
        {"success_retention_period": 7},
        {"SuccessRetentionPeriodInDays": 7},
    ),
    "failure_retention_period": (
        {"failure_retention_period": 14},
        {},
        {"FailureRetentionPeriodInDays": 31},
    ),
    "tags": (
        {"tags": {"env": "test", "team": "shop"}},
        {"tags": {"env": "live", "owner": "ann"}},
        {"Tags.env": "live", "Tags.owner": "ann", "Tags.team": None},
    ),
    "start_canary": ({}, {"start_canary": True}, {"Status.State": "RUNNING"}),
    "stop_canary": (
        {"start_canary": True},
        {"start_canary": False},
        {"Status.State": "STOPPED"},
    ),
    "delete_lambda": ({}, {"delete_lambda": True}, {}),
}


# What has to be written for the plan to be empty after these: a network that is gone has no block,
# and one that is still there has.
SETTLED = {"vpc_off": {}, "vpc_without_block": {"vpc_config": NETWORK}}

# Changing these makes no new version of the canary's function and layer.
VERSIONS_STAY = {"tags", "start_canary", "stop_canary"}
# Where those versions show besides EngineConfigs, when a canary was started, and the VPC that goes
# with its subnets.
CONSEQUENCES = {
    "EngineArn",
    "Code.SourceLocationArn",
    "Timeline.LastStarted",
    "Timeline.LastStopped",
    "VpcConfig.VpcId",
}

CANARY = 'aws_synthetics_canary.each["imported"]'
GROUP = "aws_synthetics_group.shop"
NOT_READ_BACK = {
    "zip_file",
    "start_canary",
    "delete_lambda",
    "run_config.environment_variables.STAGE",
}

IMPORTED = {
    "artifact_s3_location": "s3://artifacts/imported/",
    "start_canary": True,
    "delete_lambda": True,
    "duration_in_seconds": 3600,
    "run_config": {"timeout_in_seconds": 60, "memory_in_mb": 960, "active_tracing": "true"},
    "environment_variables": {"STAGE": "test"},
    "vpc_config": NETWORK,
    "encryption_mode": "SSE_S3",
    "success_retention_period": 7,
    "failure_retention_period": 14,
    "tags": {"env": "test", "team": "shop"},
}


def flatten(value, path=""):
    """The members of members by their paths, through lists of one, which is how blocks come."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict):
        return {path: value}
    flat = {}
    for name, member in value.items():
        flat |= flatten(member, f"{path}.{name}" if path else name)
    return flat


def differences(before, after):
    """What is another, by path."""
    before, after = flatten(before), flatten(after)
    return {path: after.get(path) for path in before | after if before.get(path) != after.get(path)}


class Attributes(Session):
    """Each attribute of a canary updated alone, and imports, with ARNs that name an account."""

    configuration = "attributes/main.tf"
    options = ("--account", ACCOUNT, "--transitions", "instant")

    def setUp(self):
        super().setUp()
        self.sts = self.enterContext(caller_identity())

    def call(self, *arguments, **variables):
        return super().call(*arguments, sts=self.sts, **variables)

    def test_each_attribute_is_updated_alone_and_what_there_is_is_imported(self):
        first, second = ({n: u[i] for n, u in UPDATES.items()} for i in (0, 1))
        imported = {"imported": IMPORTED}
        self.call(*APPLY, canaries=first | imported, members=["tags"])
        before = self.canaries()
        self.call(*APPLY, canaries=second | imported, members=["imported"])
        after = self.canaries()
        for name in UPDATES:
            with self.subTest(name):
                self.assert_updated(name, before[name], after[name])
        self.assertEqual(after["imported"], before["imported"])
        self.assertEqual(self.members("Shop%20%C3%BC%2Fx"), ["imported"])
        self.call(*PLAN, canaries=second | SETTLED | imported, members=["imported"])

        self.import_into_an_empty_state()

    def assert_updated(self, name, before, after):
        """Nothing but what was asked for is another, and what comes with each change."""
        found = differences(before, after)
        modified = found.pop("Timeline.LastModified", None)
        engine = found.pop("EngineConfigs.EngineArn", None)
        for path in CONSEQUENCES:
            found.pop(path, None)
        self.assertEqual(found, UPDATES[name][2])
        self.assertEqual(modified is not None, name != "tags")
        self.assertEqual(engine is not None, name not in VERSIONS_STAY)
        if engine:
            function = before["EngineConfigs"][0]["EngineArn"]
            self.assertEqual(engine, function.removesuffix(":1") + ":2")

    def import_into_an_empty_state(self):
        """Without what cannot be read back, what is imported is what was applied."""
        applied = self.terraform.state()
        (self.terraform.folder / "terraform.tfstate").unlink()
        self.terraform.add(self.configuration.replace("main", "imported_override"))
        variables = {"canaries": {"imported": IMPORTED}}
        self.call("import", CANARY, "imported", **variables)
        self.call("import", GROUP, "Shop ü/x", **variables)

        imported = self.terraform.state()
        self.assertEqual(set(imported), {CANARY, GROUP})
        self.assertEqual(set(differences(applied[CANARY], imported[CANARY])), NOT_READ_BACK)
        self.assertEqual(imported[GROUP], applied[GROUP])
        self.call(*PLAN, **variables)


def prepare():
    """Prepares terraform and its provider in a scratch directory, or skips the tests.

    Returns that directory and the path of the provider.
    """
    home = isolate()
    if shutil.which("terraform") is None:
        skip("no terraform is installed")
    terraform = Terraform(home / "providers", "main.tf")
    ended = terraform.run("init", "-no-color", "-input=false")
    if ended.returncode != 0:
        print(ended.stdout)
        skip("terraform cannot get the AWS provider (is TF_CLI_CONFIG_FILE set?)")
    lines = terraform.run("version", "-no-color").stdout.split("\n")
    print(*(line for line in lines if line.startswith(("Terraform v", "+ provider"))))
    folder = terraform.folder / ".terraform" / "providers"
    plugins = [
        path
        for here, _, files in os.walk(folder, followlinks=True)
        for path in pathlib.Path(here).glob(PLUGIN)
    ]
    return home, plugins[0]


if __name__ == "__main__":
    Session.home, plugin = prepare()
    with running(plugin, Session.home / "code") as Terraform.provider:
        unittest.main()
