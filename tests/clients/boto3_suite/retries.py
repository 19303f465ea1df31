"""Runs that fail, and what repeats them (2.4): code that cannot be loaded fails every run."""

from boto3_suite.case import (
    BAD_CODE,
    CODE,
    NEW_RUNTIME,
    Case,
    at,
    creation,
    needs_current_model,
    pages_of,
)

OF_RETRIES = ("ScheduledRunId", "RetryAttempt")


class RetryCase(Case):
    options = ("--transitions", "instant")

    def create(self, name="checkout", retries=0, expression="rate(1 minute)", **members):
        schedule = {"Expression": expression, "RetryConfig": {"MaxRetries": retries}}
        given = {"RuntimeVersion": NEW_RUNTIME, "Code": BAD_CODE, "Schedule": schedule}
        return super().create(name, **{**given, **members})

    def attempts(self, **arguments):
        """All runs, the earliest first."""
        return list(reversed(self.runs(**arguments)))

    def update_schedule(self, retries, expression="rate(1 minute)"):
        schedule = {"Expression": expression, "RetryConfig": {"MaxRetries": retries}}
        self.update(Schedule=schedule)

    def assert_chain(self, attempts, retries):
        """These are one scheduled run and its retries."""
        self.assertEqual(len(attempts), retries + 1)
        first = attempts[0]
        self.assertEqual(len({run["Id"] for run in attempts}), retries + 1)
        for member in OF_RETRIES:
            self.assertNotIn(member, first)
        for number, (before, run) in enumerate(zip(attempts, attempts[1:]), 1):
            self.assertEqual(run["RetryAttempt"], number)
            self.assertEqual(run["ScheduledRunId"], first["Id"])
            self.assertEqual(run["Timeline"]["Started"], before["Timeline"]["Completed"])
        for run in attempts:
            shared = run["Timeline"]["MetricTimestampForRunAndRetries"]
            self.assertEqual(shared, first["Timeline"]["Started"])


@needs_current_model
class Retries(RetryCase):
    def test_a_failed_run_is_repeated_as_often_as_the_schedule_says(self):
        for retries in (1, 2):
            name = f"canary-{retries}"
            self.create(name, retries)
            self.client.start_canary(Name=name)
        self.advance(59)
        for retries in (1, 2):
            attempts = self.attempts(name=f"canary-{retries}")
            with self.subTest(retries=retries):
                self.assert_chain(attempts, retries)
                self.assertEqual({run["Status"]["State"] for run in attempts}, {"FAILED"})

    def test_every_tick_has_a_chain_of_its_own(self):
        self.create_running(retries=2)
        self.advance(179)
        attempts = self.attempts()
        self.assertEqual(len(attempts), 9)
        for minute in range(3):
            chain = attempts[3 * minute : 3 * minute + 3]
            self.assertEqual(chain[0]["Timeline"]["Started"], at(minutes=minute))
            self.assert_chain(chain, 2)

    def test_while_an_attempt_is_under_way_there_is_no_next_one(self):
        self.create_running(retries=1)
        [run] = self.attempts()
        self.assertEqual(run["Status"], {"State": "RUNNING"})
        timeline = {"Started": at(seconds=0), "MetricTimestampForRunAndRetries": at(seconds=0)}
        self.assertEqual(run["Timeline"], timeline)
        self.emulator.advance(until="nextRun")
        failed, retry = self.attempts()
        self.assertEqual(failed["Status"]["State"], "FAILED")
        self.assertEqual(retry["Status"], {"State": "RUNNING"})
        self.assertEqual(retry["RetryAttempt"], 1)
        self.assertNotIn("Completed", retry["Timeline"])
        last = self.client.describe_canaries_last_run()["CanariesLastRun"]
        self.assertEqual(last, [{"CanaryName": "checkout", "LastRun": retry}])

    def test_a_run_that_passed_is_not_repeated(self):
        self.create_running(retries=2, Code=CODE)
        self.advance(119)
        attempts = self.attempts()
        self.assertEqual([run["Timeline"]["Started"] for run in attempts], [at(), at(minutes=1)])
        for run in attempts:
            self.assertEqual(run["Status"]["State"], "PASSED")
            shared = run["Timeline"]["MetricTimestampForRunAndRetries"]
            self.assertEqual(shared, run["Timeline"]["Started"])
            for member in OF_RETRIES:
                self.assertNotIn(member, run)

    def test_each_browser_has_its_own_chain(self):
        browsers = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
        self.create_running(retries=2, BrowserConfigs=browsers)
        self.advance(59)
        attempts = self.attempts()
        for browser in ("CHROME", "FIREFOX"):
            with self.subTest(browser):
                chain = [run for run in attempts if run["BrowserType"] == browser]
                self.assert_chain(chain, 2)

    def test_artifacts_of_a_retry_lie_under_its_own_instant(self):
        self.create_running(retries=1)
        self.advance(59)
        first, retry = self.attempts()
        instant = retry["Timeline"]["Started"]
        milliseconds = instant.microsecond // 1000
        folder = f"{instant:%Y/%m/%d/%H/%M-%S}-{milliseconds:03}"
        self.assertEqual(retry["ArtifactS3Location"], f"artifacts/checkout/{folder}")
        self.assertNotEqual(first["ArtifactS3Location"], retry["ArtifactS3Location"])

    def test_pages_split_a_chain(self):
        self.create_running(retries=2)
        self.advance(179)
        runs = self.runs()
        for size in (1, 2, 4):
            listing = self.client.get_canary_runs
            pages = pages_of(listing, "CanaryRuns", Name="checkout", MaxResults=size)
            self.assertEqual([run for page in pages for run in page], runs)

    def test_a_canary_that_runs_once_stops_after_its_last_attempt(self):
        config = {"TimeoutInSeconds": 60}
        self.create_running(retries=2, expression="rate(0 hour)", RunConfig=config)
        for under_way in (1, 2, 3):
            self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
            self.assertEqual(len(self.attempts()), under_way)
            self.emulator.advance(until="nextRun")
        attempts = self.attempts()
        self.assert_chain(attempts, 2)
        canary = self.get()
        self.assertEqual(canary["Status"], {"State": "STOPPED"})
        ended = attempts[-1]["Timeline"]["Completed"]
        self.assertEqual(canary["Timeline"]["LastStopped"], ended)
        self.advance(3600)
        self.assertEqual(self.attempts(), attempts)

    def test_a_canary_that_runs_once_stops_after_the_slower_browsers_last_attempt(self):
        browsers = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
        self.create_running(retries=1, expression="rate(0 hour)", BrowserConfigs=browsers)
        self.advance(60)
        attempts = self.attempts()
        self.assertEqual(len(attempts), 4)
        ended = max(run["Timeline"]["Completed"] for run in attempts)
        self.assertEqual(self.get()["Timeline"]["LastStopped"], ended)

    def test_a_stop_ends_the_chain(self):
        self.create_running(retries=2)
        self.emulator.advance(until="nextRun")
        self.client.stop_canary(Name="checkout")
        self.advance(3600)
        [run] = self.attempts()  # the retry that was under way is not recorded
        self.assertNotIn("RetryAttempt", run)
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})
        self.client.start_canary(Name="checkout")
        self.advance(59)
        self.assert_chain(self.attempts()[1:], 2)

    def test_the_end_of_its_duration_ends_the_chain(self):
        retries = {"RetryConfig": {"MaxRetries": 2}}
        schedule = {"Expression": "rate(1 minute)", "DurationInSeconds": 1, **retries}
        self.create_running(Schedule=schedule)
        self.advance(3600)
        [run] = self.attempts()
        self.assertEqual(run["Status"]["State"], "FAILED")
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})

    def test_good_code_ends_the_chain(self):
        self.create_running(retries=2)
        self.advance(59)
        self.update(Code=CODE)
        self.advance(119)
        healed = self.attempts()[3:]
        started = [run["Timeline"]["Started"] for run in healed]
        self.assertEqual(started, [at(seconds=59), at(seconds=119)])
        self.assertEqual({run["Status"]["State"] for run in healed}, {"PASSED"})

    def test_an_update_runs_the_canary_at_once_also_while_it_retries(self):
        # As every edit of a running canary does.
        self.create_running(retries=2)
        self.emulator.advance(until="nextRun")
        edited = self.attempts()[0]["Timeline"]["Completed"]
        self.update(Code=CODE)
        self.advance(30)
        scheduled = [run for run in self.attempts() if "RetryAttempt" not in run]
        self.assertEqual([run["Timeline"]["Started"] for run in scheduled], [at(), edited])

    def test_an_update_of_one_that_runs_once_runs_it_also_while_it_retries(self):
        self.create_running(retries=1, expression="rate(0 hour)")
        self.emulator.advance(until="nextRun")
        self.update(Code=CODE)
        self.advance(30)
        self.assertEqual(self.runs()[0]["Status"]["State"], "PASSED")
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})

    def test_an_update_changes_how_often(self):
        self.create_running(retries=2)
        self.advance(59)
        self.update_schedule(retries=1)
        self.advance(59)
        self.assert_chain(self.attempts()[3:], 1)
        self.update_schedule(retries=0)
        self.advance(59)
        [run] = self.attempts()[5:]
        self.assertNotIn("MetricTimestampForRunAndRetries", run["Timeline"])

    def test_a_chain_that_begins_before_the_clocks_next_stop_goes_on_after_it(self):
        self.create_running(retries=2)
        for _ in range(59):
            self.advance(1)
        self.assert_chain(self.attempts(), 2)


class NoRetries(Case):
    options = ("--transitions", "instant")

    def test_a_failed_run_is_not_repeated_unless_the_schedule_says_so(self):
        self.create_running(Code=BAD_CODE)
        self.advance(119)
        runs = self.runs()
        self.assertEqual([run["Timeline"]["Started"] for run in runs], [at(minutes=1), at()])
        for run in runs:
            self.assertEqual(run["Status"]["State"], "FAILED")
            self.assertEqual(set(run["Timeline"]), {"Started", "Completed"})
            for member in OF_RETRIES:
                self.assertNotIn(member, run)

    def test_a_canary_that_runs_once_stops_although_its_run_failed(self):
        self.create_running(Code=BAD_CODE, Schedule={"Expression": "rate(0 hour)"})
        self.advance(60)
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})
        self.assertEqual(len(self.runs()), 1)

    @needs_current_model
    def test_none_said_and_zero_said_are_the_same(self):
        self.create_running(RuntimeVersion=NEW_RUNTIME, Code=BAD_CODE)
        schedule = {"Expression": "rate(1 minute)", "RetryConfig": {"MaxRetries": 0}}
        self.update(Schedule=schedule)
        self.advance(30)
        for run in self.runs():
            self.assertEqual(set(run["Timeline"]), {"Started", "Completed"})


@needs_current_model
class RefusedRetries(Case):
    def refused_creation(self, **members):
        call = self.make_careless_client().create_canary
        request = creation(RuntimeVersion=NEW_RUNTIME, **members)
        return self.refused("ValidationException", call, **request)

    def test_how_many(self):
        for config in ({"MaxRetries": -1}, {"MaxRetries": 3}, {}):
            with self.subTest(config):
                self.refused_creation(
                    Schedule={"Expression": "rate(1 minute)", "RetryConfig": config}
                )

    def test_two_need_a_timeout_below_ten_minutes(self):
        twice = {"Expression": "rate(1 hour)", "RetryConfig": {"MaxRetries": 2}}
        once = {"Expression": "rate(1 hour)", "RetryConfig": {"MaxRetries": 1}}
        self.assertIn("600", self.refused_creation(Schedule=twice))  # the default is 840
        self.refused_creation(Schedule=twice, RunConfig={"TimeoutInSeconds": 600})
        config = {"TimeoutInSeconds": 599}
        self.create("twice", RuntimeVersion=NEW_RUNTIME, Schedule=twice, RunConfig=config)
        self.create("once", RuntimeVersion=NEW_RUNTIME, Schedule=once)

    def test_an_update_is_held_to_it_too(self):
        twice = {"Expression": "rate(1 hour)", "RetryConfig": {"MaxRetries": 2}}
        config = {"TimeoutInSeconds": 599}
        before = self.create_ready(RuntimeVersion=NEW_RUNTIME, Schedule=twice, RunConfig=config)
        call = self.client.update_canary
        too_long = {"TimeoutInSeconds": 600}
        self.refused("ValidationException", call, Name="checkout", RunConfig=too_long)
        self.assertEqual(self.get(), before)
