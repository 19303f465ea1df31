"""What a test looks like."""

import pytest


@pytest.fixture
def checkout(synthetics):
    """A canary that runs every five minutes."""
    synthetics.create_canary(
        Name="checkout",
        Code={"Handler": "index.handler", "S3Bucket": "my-bucket", "S3Key": "canary.zip"},
        ArtifactS3Location="s3://my-bucket",
        ExecutionRoleArn="arn:aws:iam::123456789012:role/canary",
        Schedule={"Expression": "rate(5 minutes)"},
        RuntimeVersion="syn-nodejs-puppeteer-10.0",
    )
    synthetics.start_canary(Name="checkout")
    return "checkout"


def states(synthetics, canary):
    runs = synthetics.get_canary_runs(Name=canary)["CanaryRuns"]
    return [run["Status"]["State"] for run in runs]


def test_an_hour_of_runs_passes(emulator, synthetics, checkout):
    emulator.advance(seconds=3599)
    assert states(synthetics, checkout) == ["PASSED"] * 12


def test_an_outage_is_over_after_two_runs(emulator, synthetics, checkout):
    outage = {"script": [{"state": "FAILED", "count": 2}]}
    emulator.ask("PUT", f"/canaries/{checkout}/outcomes", outage)
    # The run that has begun already is none of these; the newest comes first.
    emulator.advance(seconds=1199)
    assert states(synthetics, checkout) == ["PASSED", "FAILED", "FAILED", "PASSED"]


def test_nothing_is_left_of_other_tests(synthetics):
    assert synthetics.describe_canaries()["Canaries"] == []
