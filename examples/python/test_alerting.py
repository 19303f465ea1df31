"""When the alert pages and when it does not. No test waits for anything: time is the emulator's."""

import pytest

from alerting import Alert


@pytest.fixture
def pages():
    """What was paged."""
    return []


@pytest.fixture
def alert(synthetics, pages):
    return Alert(synthetics, "checkout", pages.append)


@pytest.fixture
def runs(emulator, alert):
    """Lets the canary run once for each state. The alert has a look after each of them."""

    def runs(*states):
        emulator.outcomes("checkout", *states)
        for _ in states:
            emulator.advance(until="nextRun")
            alert.check()

    return runs


def test_two_failures_in_a_row_do_not_page(runs, pages):
    runs("FAILED", "FAILED")
    assert pages == []


def test_three_failures_in_a_row_page(runs, pages):
    runs("FAILED", "FAILED", "FAILED")
    [page] = pages
    assert page.startswith("checkout failed 3 times in a row, last at 2026-01-01 00:15 UTC: ")


def test_a_recovery_in_between_starts_the_count_again(runs, pages):
    runs("FAILED", "FAILED", "PASSED", "FAILED", "FAILED")
    assert pages == []


def test_a_long_outage_pages_once(runs, pages):
    runs(*["FAILED"] * 10)
    assert len(pages) == 1


def test_an_outage_after_a_recovery_pages_again(runs, pages):
    runs("FAILED", "FAILED", "FAILED", "PASSED", "FAILED", "FAILED", "FAILED")
    assert len(pages) == 2


def test_looking_again_pages_nobody_again(runs, alert, pages):
    runs("FAILED", "FAILED", "FAILED")
    alert.check()
    assert len(pages) == 1


def test_a_run_under_way_is_judged_when_it_is_over(emulator, runs, alert, pages):
    runs("FAILED", "FAILED")
    emulator.outcomes("checkout", "FAILED")

    emulator.advance(to="2026-01-01T00:15:00Z")
    alert.check()
    assert pages == []

    emulator.advance(until="nextRun")
    alert.check()
    assert len(pages) == 1


def test_a_slow_run_that_others_overtake_is_not_forgotten(emulator, alert, pages):
    emulator.advance(to="2026-01-01T00:04:00Z")
    emulator.run_now("checkout", state="FAILED", durationMs=240_000)
    emulator.outcomes("checkout", "FAILED", "FAILED")

    emulator.advance(to="2026-01-01T00:06:00Z")
    alert.check()
    emulator.advance(to="2026-01-01T00:14:00Z")
    alert.check()
    assert len(pages) == 1


def test_an_outage_at_three_in_the_morning_next_tuesday(emulator, alert, pages):
    emulator.advance(to="2026-01-06T02:59:00Z")
    alert.check()
    emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED")

    emulator.advance(to="2026-01-06T03:09:00Z")
    alert.check()
    assert pages == []

    emulator.advance(until="nextRun")
    alert.check()
    [page] = pages
    assert "last at 2026-01-06 03:10 UTC" in page


def test_an_outage_that_was_over_before_anybody_looked(emulator, alert, pages):
    emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED")
    emulator.advance(seconds=24 * 60 * 60)  # 288 runs: more than one answer of GetCanaryRuns holds
    alert.check()
    [page] = pages
    assert "last at 2026-01-01 00:15 UTC" in page


def test_a_throttled_api_does_not_keep_the_page_back(emulator, alert, pages, monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)  # how boto3 waits before it tries again
    emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED")
    emulator.advance(to="2026-01-01T00:19:00Z")

    emulator.throttle("GetCanaryRuns", times=2)
    alert.check()
    assert len(waits) == 2
    assert len(pages) == 1


def test_a_page_that_could_not_be_sent_is_sent_by_the_next_check(emulator, alert, pages):
    def fail(text):
        raise ConnectionError("the pager is down")

    emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED")
    emulator.advance(to="2026-01-01T00:19:00Z")
    alert.page = fail
    with pytest.raises(ConnectionError):
        alert.check()

    alert.page = pages.append
    alert.check()
    assert len(pages) == 1


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_the_same_world(emulator, synthetics, time):
    [run] = synthetics.get_canary_runs(Name="checkout")["CanaryRuns"]
    assert run["Status"]["State"] == "PASSED"

    emulator.advance(seconds=3600)
    synthetics.stop_canary(Name="checkout")
    synthetics.delete_canary(Name="checkout")
