"""Official clients and curl by TLS, each told which authority to trust and nothing else."""

import json
import os
import shutil
import subprocess
import unittest

from aws_cli_session import find_cli
from emulator import Emulator
from isolation import REGION, isolate, require_boto3
from zips import make_zip

# The service takes 10,000,000 bytes of a zip, and the emulator 16 MiB of a body, in which a zip is
# longer by a third.
LARGE = 9_000_000
TOO_LARGE = 13 << 20


class ClientsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = cls.enterClassContext(Emulator("--tls", "self-signed"))
        cls.home = isolate()
        cls.bundle = cls.home / "ca.pem"
        cls.bundle.write_text(cls.emulator.authority)

    def run_it(self, *command):
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, env=os.environ
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def client(self, **how):
        import boto3

        options = {"endpoint_url": self.emulator.url, "region_name": REGION, **how}
        return boto3.client("synthetics", **options)

    def creation(self, name, code):
        return {
            "Name": name,
            "Code": {"Handler": "checkout.handler", "ZipFile": code},
            "ArtifactS3Location": "s3://artifacts",
            "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
            "Schedule": {"Expression": "rate(1 minute)"},
            "RuntimeVersion": "syn-nodejs-puppeteer-9.1",
        }

    def test_boto3(self):
        synthetics = self.client(verify=str(self.bundle))
        code = make_zip("nodejs/node_modules/checkout.js")
        synthetics.create_canary(**self.creation("checkout", code))
        for _ in range(50):
            self.assertEqual(synthetics.get_canary(Name="checkout")["Canary"]["Name"], "checkout")
        self.emulator.advance(until="settled")
        synthetics.delete_canary(Name="checkout")

    def test_boto3_with_large_zips(self):
        synthetics = self.client(verify=str(self.bundle))
        code = make_zip("nodejs/node_modules/checkout.js", padding=LARGE)
        synthetics.create_canary(**self.creation("large", code))
        self.assertEqual(synthetics.get_canary(Name="large")["Canary"]["Name"], "large")
        with self.assertRaises(synthetics.exceptions.RequestEntityTooLargeException):
            synthetics.create_canary(**self.creation("larger", bytes(TOO_LARGE)))

    def test_boto3_that_does_not_trust_it(self):
        from botocore.exceptions import SSLError

        with self.assertRaises(SSLError):
            self.client().describe_canaries()

    def test_the_aws_cli(self):
        found = [cli for cli in map(find_cli, (1, 2)) if cli is not None]
        if not found:
            self.skipTest("no AWS CLI")
        for executable, version in found:
            with self.subTest(version):
                options = ["--endpoint-url", self.emulator.url, "--ca-bundle", self.bundle]
                shown = self.run_it(executable, *options, "synthetics", "describe-runtime-versions")
                self.assertGreater(len(json.loads(shown)["RuntimeVersions"]), 10)

    @unittest.skipUnless(shutil.which("curl"), "no curl")
    def test_curl(self):
        url = self.emulator.url.replace("127.0.0.1", "localhost")
        ask = ["curl", "-sS", "--noproxy", "*", "--fail-with-body", "--cacert", self.bundle]
        served = self.home / "served.pem"
        self.run_it(*ask, "-o", served, url + "/_emulator/tls/ca.pem")
        self.assertEqual(served.read_text(), self.emulator.authority)
        for version in ("--http1.0", "--http1.1", "--http2"):
            health = json.loads(self.run_it(*ask, version, url + "/_emulator/health"))
            self.assertEqual(health["status"], "ok")


if __name__ == "__main__":
    require_boto3()
    unittest.main()
