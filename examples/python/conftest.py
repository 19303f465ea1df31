"""One emulator for all tests, and the same world at the beginning of each of them."""

import pytest

from emulator import Emulator

CHECKOUT = {
    "Name": "checkout",
    "Code": {"Handler": "index.handler", "S3Bucket": "my-bucket", "S3Key": "canary.zip"},
    "ArtifactS3Location": "s3://my-bucket",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
    "Schedule": {"Expression": "rate(5 minutes)"},
    "RuntimeVersion": "syn-nodejs-puppeteer-10.0",
}


@pytest.fixture(scope="session")
def program():
    """The program with what all tests need: a canary that has passed at midnight."""
    emulator = Emulator()
    try:
        client = emulator.client()
        client.create_canary(**CHECKOUT)
        client.start_canary(Name="checkout")
        emulator.advance(until="nextRun")
        emulator.keep("base")
        yield emulator
    finally:
        emulator.stop()


@pytest.fixture
def emulator(program):
    """The emulator, with nothing left of other tests: their canaries, outcomes, faults and time."""
    program.restore("base")
    return program


@pytest.fixture(scope="session")
def client(program):
    """Made once, because boto3 takes longer to make a client than a test takes."""
    return program.client()


@pytest.fixture
def synthetics(client, emulator):
    """A boto3 client of the emulator."""
    return client
