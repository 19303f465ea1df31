"""For how long GetCanaryRuns lists a run: by its outcome, as the canary says (2.6)."""

from boto3_suite.case import BAD_CODE, CODE, Case, at, pages_of

DAY = 24 * 60 * 60
HOURLY = {"Expression": "rate(1 hour)"}


class Retention(Case):
    options = ("--transitions", "instant")

    def started(self, name="checkout", size=100):
        listing = self.client.get_canary_runs
        pages = pages_of(listing, "CanaryRuns", Name=name, MaxResults=size)
        return [run["Timeline"]["Started"] for page in pages for run in page]

    def hours(self, first_day, last_day):
        """The full hours from one day to another, both included, the latest first."""
        return [at(hours=hour) for hour in range(24 * last_day, 24 * first_day - 1, -1)]

    def test_a_month_where_nothing_is_said(self):
        self.create_running(Schedule=HOURLY)
        self.advance(40 * DAY)
        self.assertEqual(self.started(), self.hours(9, 40))

    def test_runs_that_passed_and_runs_that_failed_have_their_own(self):
        days = {"SuccessRetentionPeriodInDays": 10, "FailureRetentionPeriodInDays": 20}
        self.create_running("good", Schedule=HOURLY, **days)
        self.create_running("bad", Schedule=HOURLY, Code=BAD_CODE, **days)
        self.advance(40 * DAY + 30)
        self.assertEqual(self.started("good")[-1], at(days=30, hours=1))
        self.assertEqual(len(self.started("good")), 240)
        self.assertEqual(self.started("bad")[-1], at(days=20, hours=1))
        self.assertEqual(len(self.started("bad")), 480)

    def test_in_one_listing(self):
        days = {"SuccessRetentionPeriodInDays": 30, "FailureRetentionPeriodInDays": 5}
        self.create_running(Schedule=HOURLY, **days)
        self.advance(20 * DAY - 1)
        self.update(Code=BAD_CODE)
        self.advance(20 * DAY + 1)
        # Once an hour from 23:59:59 of the 20th day on, each of which fails.
        runs = self.runs()
        passed = [run for run in runs if run["Status"]["State"] == "PASSED"]
        self.assertEqual([run["Timeline"]["Started"] for run in passed], self.hours(10, 20)[1:])
        failed = [run["Timeline"]["Started"] for run in runs[: -len(passed)]]
        self.assertEqual(failed[-1], at(days=35, minutes=59, seconds=59))
        self.assertEqual(len(failed), 120)
        self.assertEqual(self.started(size=7), [run["Timeline"]["Started"] for run in runs])

    def test_a_day_is_the_shortest(self):
        days = {"SuccessRetentionPeriodInDays": 1, "FailureRetentionPeriodInDays": 1}
        self.create_running(Schedule=HOURLY, **days)
        self.advance(3 * DAY)
        self.assertEqual(self.started(), self.hours(2, 3))

    def test_a_shorter_one_takes_effect_at_once(self):
        self.create_running(Schedule=HOURLY)
        self.advance(5 * DAY)
        self.client.stop_canary(Name="checkout")
        self.update(SuccessRetentionPeriodInDays=2)
        self.assertEqual(self.started(), self.hours(3, 5)[1:])  # the last one was under way

    def test_the_last_run_is_known_for_longer(self):
        once = {"Expression": "rate(0 hour)"}
        self.create_running(Schedule=once, SuccessRetentionPeriodInDays=1, Code=CODE)
        self.advance(40 * DAY)
        self.assertEqual(self.runs(), [])
        [last] = self.client.describe_canaries_last_run()["CanariesLastRun"]
        self.assertEqual(last["LastRun"]["Timeline"]["Started"], at())
