"""A canary that tries again by itself: only a run whose last try failed has failed.

Needs boto3 1.39 or newer; older ones do not know retries.
"""

import pytest

from alerting import Alert

PASSED_AT_LAST = ["FAILED", "PASSED"]
FAILED_AT_LAST = ["FAILED", "FAILED"]


@pytest.fixture
def pages(emulator, synthetics):
    """What is paged about runs whose tries end so; the alert has a look after each try."""
    schedule = {"Expression": "rate(5 minutes)", "RetryConfig": {"MaxRetries": 1}}

    def pages(*runs):
        tries = [state for run in runs for state in run]
        emulator.outcomes("checkout", *tries)
        synthetics.update_canary(Name="checkout", Schedule=schedule)
        paged = []
        alert = Alert(synthetics, "checkout", paged.append)
        for _ in tries:
            emulator.advance(until="nextRun")
            alert.check()
        return paged

    return pages


def test_runs_that_pass_at_last_do_not_page(pages):
    assert pages(*[PASSED_AT_LAST] * 5) == []


def test_two_failed_runs_are_two_however_often_they_were_tried(pages):
    assert pages(FAILED_AT_LAST, FAILED_AT_LAST, PASSED_AT_LAST) == []


def test_three_failed_runs_page(pages):
    assert len(pages(FAILED_AT_LAST, FAILED_AT_LAST, FAILED_AT_LAST)) == 1
