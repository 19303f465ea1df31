"""How long GetCanary of a missing name takes: a 404 at once, where moto_server makes boto3 wait.

moto answers such a call with a 500, which botocore asks again and again, with pauses.
"""

import contextlib
import http.client
import re
import shutil
import statistics
import subprocess
import time
import unittest
import urllib.parse

from emulator import Emulator
from isolation import REGION, isolate, require_boto3

CALLS = 50
AT_LEAST = 100  # times faster than moto_server


def milliseconds(call):
    before = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - before)


@contextlib.contextmanager
def moto_server():
    """The URL of a moto_server on a free port."""
    process = subprocess.Popen(
        ["moto_server", "-H", "127.0.0.1", "-p", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for line in process.stdout:
            found = re.search(r"Running on (http://\S+)", line)
            if found:
                yield found[1]
                return
        raise AssertionError("moto_server ended before it was ready")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Latency(unittest.TestCase):
    def setUp(self):
        self.emulator = self.enterContext(Emulator())

    def ask(self, url):
        """A call that asks for a missing canary, and how botocore was answered."""
        import boto3
        from botocore.exceptions import ClientError

        client = boto3.client("synthetics", region_name=REGION, endpoint_url=url)
        self.addCleanup(client.close)

        def call():
            try:
                client.get_canary(Name="none")
            except ClientError as error:
                return error.response
            self.fail("there is a canary of that name")

        return call

    def raw_call(self):
        """The median of the same request without a client, on one connection."""
        address = urllib.parse.urlsplit(self.emulator.url).netloc
        connection = http.client.HTTPConnection(address)
        self.addCleanup(connection.close)

        def call():
            connection.request("GET", "/canary/none")
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 404)

        call()
        return statistics.median(milliseconds(call) for _ in range(CALLS))

    def test_a_missing_canary_is_a_404_at_once(self):
        call = self.ask(self.emulator.url)
        response = call()
        self.assertEqual(response["Error"]["Code"], "ResourceNotFoundException")
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 404)
        self.assertEqual(response["ResponseMetadata"]["RetryAttempts"], 0)
        ours = statistics.median(milliseconds(call) for _ in range(CALLS))
        print(f"GetCanary of a missing name, median of {CALLS}:")
        print(f"  over a plain connection  {self.raw_call():10.3f} ms")
        print(f"  with boto3               {ours:10.3f} ms")

        if shutil.which("moto_server") is None:
            print("  no moto_server to compare with")
            return
        with moto_server() as url:
            call = self.ask(url)
            theirs = milliseconds(call)
        print(f"  with boto3, moto_server  {theirs:10.3f} ms, once")
        self.assertGreater(theirs / ours, AT_LEAST)


if __name__ == "__main__":
    require_boto3()
    isolate()
    unittest.main()
