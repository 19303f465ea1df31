"""The application under test: pages somebody when a canary has failed three times in a row."""

import itertools
from datetime import datetime, timezone

FAILURES = 3


class Alert:
    """Watches one canary, and pages once an outage.

    `synthetics` is a boto3 client, `page` a function that takes the text of the page.
    """

    def __init__(self, synthetics, canary, page):
        self.synthetics = synthetics
        self.canary = canary
        self.page = page
        self.seen = datetime.min.replace(tzinfo=timezone.utc)
        self.failures = 0

    def check(self):
        """Judges the runs since the last check. How often it is called makes no difference."""
        new = list(itertools.takewhile(self.is_new, self.runs()))
        retries = self.retries()
        for run in reversed(new):
            if run["Status"]["State"] == "RUNNING":
                # Its turn comes when it is over, and so does the turn of those after it.
                return
            self.judge(run, retries)

    def judge(self, run, retries):
        failures = self.failures
        if run["Status"]["State"] == "PASSED":
            failures = 0
        elif run.get("RetryAttempt", 0) == retries:
            # One that is tried again is no failure yet.
            failures += 1
            if failures == FAILURES:
                self.page(self.text(run))
        # Only now, so that a page that could not be sent is sent by the next check.
        self.failures = failures
        self.seen = run["Timeline"]["Started"]

    def text(self, run):
        started = run["Timeline"]["Started"].astimezone(timezone.utc)
        reason = run["Status"]["StateReason"]
        return (
            f"{self.canary} failed {FAILURES} times in a row,"
            f" last at {started:%Y-%m-%d %H:%M} UTC: {reason}"
        )

    def is_new(self, run):
        return run["Timeline"]["Started"] > self.seen

    def runs(self):
        """All runs, the newest first. A page of them is asked for when it is needed."""
        request = {"Name": self.canary}
        while True:
            answer = self.synthetics.get_canary_runs(**request)
            yield from answer["CanaryRuns"]
            if "NextToken" not in answer:
                return
            request["NextToken"] = answer["NextToken"]

    def retries(self):
        canary = self.synthetics.get_canary(Name=self.canary)["Canary"]
        return canary["Schedule"].get("RetryConfig", {}).get("MaxRetries", 0)
