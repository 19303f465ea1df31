"""Runs: how each looks, and the two ways to list them (3.6 and section 8)."""

import datetime

from boto3_suite.case import NEW_RUNTIME, Case, at, needs_current_model, pages_of


class Runs(Case):
    options = ("--transitions", "instant")

    def pages(self, **arguments):
        return pages_of(self.client.get_canary_runs, "CanaryRuns", Name="checkout", **arguments)

    def test_a_run_under_way(self):
        self.create_running()
        [run] = self.runs()
        self.assertEqual(run["Name"], "checkout")
        self.assertEqual(run["Status"], {"State": "RUNNING"})
        self.assertEqual(run["Timeline"], {"Started": at(seconds=0)})

    def test_a_run_that_passed(self):
        self.create_running()
        [under_way] = self.runs()
        self.advance(59.999)
        [run] = self.runs()
        self.assertEqual(run["Id"], under_way["Id"])
        self.assertEqual(run["Status"].pop("TestResult", "PASSED"), "PASSED")
        status = {"State": "PASSED", "StateReason": "", "StateReasonCode": ""}
        self.assertEqual(run["Status"], status)
        self.assertEqual(set(run["Timeline"]), {"Started", "Completed"})
        lasted = run["Timeline"]["Completed"] - run["Timeline"]["Started"]
        self.assertGreaterEqual(lasted, datetime.timedelta(seconds=2))
        self.assertLessEqual(lasted, datetime.timedelta(seconds=5))
        for of_other_runs in ("ScheduledRunId", "RetryAttempt", "DryRunConfig"):
            self.assertNotIn(of_other_runs, run)

    def test_artifacts_lie_under_the_instant_of_the_run(self):
        self.create("with-prefix", ArtifactS3Location="s3://b/some/where")
        self.create("with-slash", ArtifactS3Location="s3://b/some/where/")
        self.create("bucket-only", ArtifactS3Location="s3://b")
        self.advance(3661.042)
        for name in ("with-prefix", "with-slash", "bucket-only"):
            self.client.start_canary(Name=name)
        self.advance(30)
        folders = "2026/01/01/01/01-01-042"
        for name, root in {
            "with-prefix": "b/some/where",
            "with-slash": "b/some/where",
            "bucket-only": "b/canary/us-east-1/bucket-only",
        }.items():
            [run] = self.runs(name)
            self.assertEqual(run["ArtifactS3Location"], f"{root}/{folders}")

    @needs_current_model
    def test_two_browsers_run_side_by_side(self):
        browsers = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
        self.create_running(RuntimeVersion=NEW_RUNTIME, BrowserConfigs=browsers)
        self.advance(30)
        runs = {run["BrowserType"]: run for run in self.runs()}
        self.assertEqual(set(runs), {"CHROME", "FIREFOX"})
        for browser, run in runs.items():
            self.assertEqual(run["Timeline"]["Started"], at(seconds=0))
            self.assertTrue(run["ArtifactS3Location"].endswith(f"/00-00-000/{browser}"))
        for browser, run in runs.items():
            last = self.client.describe_canaries_last_run(BrowserType=browser)["CanariesLastRun"]
            self.assertEqual(last, [{"CanaryName": "checkout", "LastRun": run}])

    @needs_current_model
    def test_a_run_in_one_browser_names_it(self):
        self.create_running(RuntimeVersion=NEW_RUNTIME)
        self.assertEqual(self.runs()[0]["BrowserType"], "CHROME")

    def test_pages_newest_first(self):
        self.create_running()
        self.advance(600)
        pages = self.pages(MaxResults=4)
        self.assertEqual([len(page) for page in pages], [4, 4, 3])
        runs = [run for page in pages for run in page]
        started = [run["Timeline"]["Started"] for run in runs]
        self.assertEqual(started, [at(minutes=minute) for minute in range(10, -1, -1)])
        self.assertEqual(len({run["Id"] for run in runs}), 11)
        self.assertEqual(self.pages(), [runs])

    @needs_current_model
    def test_pages_split_runs_of_one_instant(self):
        browsers = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
        self.create_running(RuntimeVersion=NEW_RUNTIME, BrowserConfigs=browsers)
        self.advance(180)
        runs = [run["Id"] for page in self.pages(MaxResults=3) for run in page]
        self.assertEqual(len(runs), 8)
        self.assertEqual(len(set(runs)), 8)

    def test_paging_is_not_disturbed_by_new_runs(self):
        self.create_running()
        self.advance(300)
        first = self.client.get_canary_runs(Name="checkout", MaxResults=3)
        self.advance(300)
        token = first["NextToken"]
        second = self.client.get_canary_runs(Name="checkout", MaxResults=100, NextToken=token)
        runs = first["CanaryRuns"] + second["CanaryRuns"]
        started = [run["Timeline"]["Started"] for run in runs]
        self.assertEqual(started, [at(minutes=minute) for minute in range(5, -1, -1)])

    def test_a_page_has_a_hundred_where_nothing_is_said(self):
        self.create_running()
        self.advance(6000)
        self.assertEqual([len(page) for page in self.pages()], [100, 1])

    def test_the_last_runs(self):
        self.create("never-ran")
        for name in ("checkout", "search", "stopped"):
            self.create_running(name)
        self.advance(150)
        self.client.stop_canary(Name="stopped")
        self.advance(600)
        rows = self.client.describe_canaries_last_run()["CanariesLastRun"]
        last = {row["CanaryName"]: row["LastRun"] for row in rows}
        self.assertEqual(set(last), {"checkout", "search", "stopped"})
        for name, run in last.items():
            self.assertEqual(run, self.runs(name)[0])
        self.assertEqual(last["stopped"]["Timeline"]["Started"], at(minutes=2))
        self.assertEqual(last["search"]["Timeline"]["Started"], at(seconds=720))

        named = self.client.describe_canaries_last_run(Names=["search", "none", "never-ran"])
        expected = [{"CanaryName": "search", "LastRun": last["search"]}]
        self.assertEqual(named["CanariesLastRun"], expected)

    def test_pages_of_last_runs(self):
        names = [f"canary-{index}" for index in range(5)]
        for name in names:
            self.create_running(name)
        describe = self.client.describe_canaries_last_run
        pages = pages_of(describe, "CanariesLastRun", MaxResults=2)
        self.assertEqual([len(page) for page in pages], [2, 2, 1])
        self.assertEqual(sorted(row["CanaryName"] for page in pages for row in page), names)

    def test_refusals(self):
        self.create_running()
        self.create_running("other")
        self.advance(60)
        careless = self.make_careless_client()
        bad = "ValidationException"
        for limit in (0, 101):
            self.refused(bad, careless.get_canary_runs, Name="checkout", MaxResults=limit)
            self.refused(bad, careless.describe_canaries_last_run, MaxResults=limit)
        too_many = [f"canary-{index}" for index in range(6)]
        self.refused(bad, careless.describe_canaries_last_run, Names=too_many)
        token = self.client.get_canary_runs(Name="checkout", MaxResults=1)["NextToken"]
        for wrong in (token[:-1], "nonsense"):
            runs = self.client.get_canary_runs
            self.refused(bad, runs, Name="checkout", MaxResults=1, NextToken=wrong)
        self.refused(bad, self.client.get_canary_runs, Name="other", NextToken=token)
