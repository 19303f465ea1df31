"""Runs what the README tells its reader to type: every shell, Python or Terraform block, in their order.

usage: readme_test.py statements|shell|python|terraform|docker
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

from emulator import Emulator, skip

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
PRINTED_URL = "http://127.0.0.1:4566"

BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for name, text in BLOCKS if name == language]


def python_with_boto3():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import boto3"], capture_output=True).returncode == 0:
            return python
    return None


def knows_dry_runs(python):
    program = (
        "import botocore.session as s;"
        "s.get_session().get_service_model('synthetics').operation_model('StartCanaryDryRun')"
    )
    return subprocess.run([python, "-c", program], capture_output=True).returncode == 0


class Reader(unittest.TestCase):
    """One emulator and one directory, as its reader has them."""

    def setUp(self):
        self.emulator = self.enterContext(Emulator())
        self.directory = self.enterContext(tempfile.TemporaryDirectory())

    def run_it(self, *command, stdin=None):
        done = subprocess.run(
            command,
            input=stdin,
            cwd=self.directory,
            env={**os.environ, "HOME": self.directory},
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    def with_url(self, text):
        return text.replace(PRINTED_URL, self.emulator.url)


class Statements(Reader):
    def test_the_first_block_is_the_two_commands(self):
        self.assertEqual(
            [line.split("#")[0].strip() for line in blocks("sh")[0].splitlines()],
            ["./dev run", "./dev test"],
        )

    def test_the_settings_table_is_what_the_program_has(self):
        told = dict(re.findall(r"^\| `--([a-z-]+)` \| (?:`([^`]*)`)?", README.read_text(), re.M))
        del told["seed"]
        _, _, body = self.emulator.request("GET", "/_emulator/settings")
        known = {row["name"]: row["value"] for row in body["settings"]}
        del known["seed"]
        known["port"] = "4566"  # this test's is any free one
        self.assertEqual(told, known)


class Shell(Reader):
    def test_the_shell_session_works_by_copy_and_paste(self):
        script = "set -euo pipefail\n" + "\n".join(blocks("sh")[1:])
        output = self.run_it("bash", stdin=self.with_url(script))
        self.assertIn('"PASSED"', output)
        self.assertIn('"runsStarted":12', output)


    def test_the_signed_session_works_by_copy_and_paste(self):
        [file, policy], [session, used] = blocks("json"), blocks("console")
        path = pathlib.Path(self.directory, "credentials.json")
        file = json.loads(file)
        file["principals"][0]["policies"] = [
            json.loads(policy),
            {"Statement": {"Effect": "Allow", "Action": "synthetics:*Group*", "Resource": "*"}},
        ]
        path.write_text(json.dumps(file))
        options = ["--auth", "iam", "--credentials", str(path)]
        self.emulator = self.enterContext(Emulator(*options))
        output = self.run_it("bash", stdin="set -euo pipefail\n" + self.with_url(session))
        self.assertIn(":eu-west-1:111122223333:group:", output)
        self.assertTrue(output.endswith("refused\n"), output)
        policy = json.loads(self.run_it("bash", stdin=self.with_url(used)))
        self.assertEqual(policy["Statement"][0]["Action"], ["synthetics:CreateGroup"])


class Python(Reader):
    def test_the_python_session_works_by_copy_and_paste(self):
        program, _ = blocks("python")
        output = self.run_it(python_with_boto3(), "-", stdin=self.with_url(program))
        self.assertRegex(output, r"^10 runs\n\{.*'State': 'PASSED'")

    def test_the_dry_run_works_by_copy_and_paste(self):
        _, program = blocks("python")
        if not knows_dry_runs(python_with_boto3()):
            self.skipTest("this boto3 is older than dry runs")
        output = self.run_it(python_with_boto3(), "-", stdin=self.with_url(program))
        self.assertEqual(
            output, "FAILED Error: Cannot find module '/opt/nodejs/node_modules/index'\nPASSED \n"
        )


class Terraform(Reader):
    def test_the_terraform_block_applies(self):
        [text] = blocks("hcl")
        pathlib.Path(self.directory, "main.tf").write_text(self.with_url(text))
        self.run_it("terraform", "init", "-no-color")
        self.run_it("terraform", "apply", "-auto-approve", "-no-color")
        self.run_it("terraform", "plan", "-detailed-exitcode", "-no-color")
        self.run_it("terraform", "destroy", "-auto-approve", "-no-color")


class Docker(Reader):
    """Whoever runs this part has just built the image, and has port 4566 free."""

    def test_the_first_block_is_the_two_commands(self):
        self.assertEqual(
            blocks("bash")[0].splitlines(),
            ["docker build -t synthetics-local .", "docker run --rm -p 4566:4566 synthetics-local"],
        )

    def test_the_container_session_works_by_copy_and_paste(self):
        # Once healthy, it is ready for the next line; a reader takes that long to type.
        wait = "docker() { command docker \"$@\"; [[ $1 != run ]] || settle; }\n"
        wait += 'settle() { until command docker logs synthetics | grep -q Ready.; do :; done; }\n'
        script = "set -euo pipefail\n" + wait + "\n".join(blocks("bash")[1:])
        output = self.run_it("bash", stdin=script)
        self.assertIn('"status":"ok"', output)


# What each part needs besides the program.
MISSING = {
    "Statements": None,
    "Shell": None if shutil.which("aws") and shutil.which("curl") else "no aws or no curl here",
    "Docker": None,
    "Python": None if python_with_boto3() else "no boto3 here",
    "Terraform": None
    if shutil.which("terraform") and os.path.isfile(os.environ.get("TF_CLI_CONFIG_FILE", ""))
    else "no terraform here, or no file at TF_CLI_CONFIG_FILE",
}

if __name__ == "__main__":
    part = sys.argv[1].capitalize()
    if MISSING[part]:
        skip(MISSING[part])
    unittest.main(argv=[sys.argv[0], part])
