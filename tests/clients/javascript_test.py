"""The AWS SDK for JavaScript v3: javascript_session.mjs against the built program."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest

from emulator import Emulator, skip
from isolation import isolate
from zips import make_zip

SESSION = pathlib.Path(__file__).parent / "javascript_session.mjs"


class Session(unittest.TestCase):
    home = None

    def test_all_operations(self):
        code = self.home / "checkout.zip"
        code.write_bytes(make_zip("nodejs/node_modules/checkout.js"))
        with Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1") as emulator:
            ended = subprocess.run(
                ["node", str(SESSION)],
                env={
                    **os.environ,
                    "SYNTHETICS_LOCAL_URL": emulator.url,
                    "SYNTHETICS_LOCAL_ZIP": str(code),
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        print(ended.stdout)
        self.assertEqual(ended.returncode, 0)


def require_sdk():
    if shutil.which("node") is None:
        skip("no node is installed")
    folder = pathlib.Path(os.environ.get("SYNTHETICS_LOCAL_CLIENTS", "build/clients"))
    package = folder / "node_modules" / "@aws-sdk" / "client-synthetics" / "package.json"
    if not package.exists():
        skip("no @aws-sdk/client-synthetics is installed (./dev clients)")
    os.environ["SYNTHETICS_LOCAL_CLIENTS"] = str(folder.resolve())
    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    print(f"client-synthetics {json.loads(package.read_text())['version']} on node {node}")


if __name__ == "__main__":
    Session.home = isolate()
    require_sdk()
    unittest.main()
