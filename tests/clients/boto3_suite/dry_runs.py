"""Dry runs: changes that a canary tries once, and that an update then makes (section 7)."""

from boto3_suite.case import (
    BAD_CODE,
    CODE,
    NEW_RUNTIME,
    OLD_RUNTIME,
    ROLE,
    Case,
    at,
    make_zip,
    needs_current_model,
    pages_of,
)

UNKNOWN_ID = "01234567-89ab-cdef-0123-456789abcdef"
UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
BOTH_BROWSERS = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
REFERENCE = {"BaseCanaryRunId": "nextrun", "BaseScreenshots": [{"ScreenshotName": "home"}]}


class DryRunCase(Case):
    def create(self, name="checkout", **members):
        return super().create(name, **{"RuntimeVersion": NEW_RUNTIME, **members})

    def try_out(self, **changes):
        """Starts a dry run and gives its id."""
        answer = self.client.start_canary_dry_run(Name="checkout", **changes)
        return answer["DryRunConfig"]["DryRunId"]

    def trial(self, dry_run):
        return self.client.get_canary(Name="checkout", DryRunId=dry_run)["Canary"]

    def status(self, dry_run):
        return self.trial(dry_run)["DryRunConfig"]["LastDryRunExecutionStatus"]

    def dry_runs(self, **arguments):
        pages = pages_of(self.client.get_canary_runs, "CanaryRuns", Name="checkout", **arguments)
        return [run for page in pages for run in page]

    def commit(self, dry_run, **members):
        return self.client.update_canary(Name="checkout", DryRunId=dry_run, **members)

    def assert_unknown(self, dry_run):
        arguments = {"Name": "checkout", "DryRunId": dry_run}
        gone = "ResourceNotFoundException"
        self.refused(gone, self.client.get_canary, **arguments)
        self.refused(gone, self.client.update_canary, **arguments)


@needs_current_model
class DryRuns(DryRunCase):
    def test_it_starts_on_a_canary_that_is_ready_running_or_stopped(self):
        for create in (self.create_ready, self.create_running, self.create_stopped):
            with self.subTest(create.__name__):
                name = create.__name__
                before = create(name)
                config = self.client.start_canary_dry_run(Name=name)["DryRunConfig"]
                self.assertRegex(config["DryRunId"], UUID)
                self.assertEqual(config["LastDryRunExecutionStatus"], "RUNNING")
                self.assertEqual(self.get(name), before)

    def test_in_any_other_state_it_is_a_conflict(self):
        start = self.client.start_canary_dry_run
        for state, bring in {
            "CREATING": lambda: self.create(),
            "STARTING": lambda: self.client.start_canary(Name="checkout"),
            "UPDATING": lambda: self.client.update_canary(Name="checkout"),
            "STOPPING": lambda: self.client.stop_canary(Name="checkout"),
            "DELETING": lambda: self.client.delete_canary(Name="checkout"),
        }.items():
            bring()
            self.assertEqual(self.get()["Status"]["State"], state)
            message = self.refused("ConflictException", start, Name="checkout")
            self.assertIn(state, message)
            self.settle()
        self.refused("ResourceNotFoundException", start, Name="checkout")

    def test_get_canary_shows_the_trial_beside_the_canary(self):
        before = self.create_running()
        config = {"MemoryInMB": 2048, "TimeoutInSeconds": 30}
        dry_run = self.try_out(RunConfig=config, SuccessRetentionPeriodInDays=5)
        trial = self.trial(dry_run)
        self.assertEqual(trial["DryRunConfig"]["DryRunId"], dry_run)
        self.assertEqual(trial["DryRunConfig"]["LastDryRunExecutionStatus"], "RUNNING")
        self.assertEqual({**trial["RunConfig"], **config}, trial["RunConfig"])
        self.assertEqual(trial["SuccessRetentionPeriodInDays"], 5)
        for member in ("Id", "Name", "Schedule", "Status", "Timeline", "Tags", "Code"):
            self.assertEqual(trial[member], before[member])
        self.assertEqual(self.get(), before)
        self.settle()  # waits for dry runs too
        self.assertEqual(self.status(dry_run), "PASSED")
        self.assertEqual(self.get(), before)
        self.assertNotIn("DryRunConfig", self.client.describe_canaries()["Canaries"][0])

    def test_every_configuration_member_can_be_tried(self):
        self.create_ready()
        for changes in (
            {"Code": {**CODE, "Handler": "checkout.other"}},
            {"RuntimeVersion": "syn-nodejs-puppeteer-13.1", "Code": CODE},
            {"RunConfig": {"TimeoutInSeconds": 10, "ActiveTracing": True}},
            {"VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}},
            {"ExecutionRoleArn": ROLE + "-2"},
            {"FailureRetentionPeriodInDays": 7},
            {"VisualReferences": [{**REFERENCE, "BrowserType": "CHROME"}]},
            {"ArtifactConfig": {"S3Encryption": {"EncryptionMode": "SSE_S3"}}},
            {"ProvisionedResourceCleanup": "OFF"},
            {"BrowserConfigs": BOTH_BROWSERS},
        ):
            with self.subTest(list(changes)):
                dry_run = self.try_out(**changes)
                self.settle()
                trial = self.trial(dry_run)
                self.assertEqual(trial["DryRunConfig"]["LastDryRunExecutionStatus"], "PASSED")
                for member, value in changes.items():
                    if member == "Code":
                        self.assertEqual(trial[member], {"Handler": value["Handler"]})
                    elif isinstance(value, dict):
                        self.assertEqual({**trial[member], **value}, trial[member])
                    elif member == "VisualReferences":
                        self.assertEqual(trial[member][0]["BrowserType"], "CHROME")
                    else:
                        self.assertEqual(trial[member], value)

    def test_its_artifacts_lie_where_the_trial_wants_them(self):
        self.create_ready()
        self.try_out(ArtifactS3Location="s3://elsewhere/trial")
        self.settle()
        [run] = self.dry_runs(RunType="DRY_RUN")
        self.assertTrue(run["ArtifactS3Location"].startswith("elsewhere/trial/2026/01/01/"))
        self.assertEqual(self.get()["ArtifactS3Location"], "artifacts/checkout")

    def test_two_browsers_make_two_runs(self):
        self.create_ready()
        dry_run = self.try_out(BrowserConfigs=BOTH_BROWSERS)
        while self.status(dry_run) == "RUNNING":
            self.advance(0.5)
        runs = self.dry_runs(DryRunId=dry_run)
        self.assertEqual({run["BrowserType"] for run in runs}, {"CHROME", "FIREFOX"})
        self.assertEqual({run["Status"]["State"] for run in runs}, {"PASSED"})
        self.assertEqual(self.status(dry_run), "PASSED")

    def test_one_at_a_time(self):
        self.create_ready()
        first = self.try_out()
        start = self.client.start_canary_dry_run
        self.refused("ConflictException", start, Name="checkout")
        self.assertEqual(len(self.dry_runs(RunType="DRY_RUN")), 1)
        self.create_ready("search")  # by which time the first one is over
        second = self.try_out()
        self.client.start_canary_dry_run(Name="search")
        self.assertEqual(self.status(second), "RUNNING")
        self.assertEqual(self.status(first), "PASSED")
        self.assertNotEqual(first, second)

    def test_a_stop_does_not_end_it(self):
        self.create_running()
        dry_run = self.try_out()
        self.client.stop_canary(Name="checkout")
        self.settle()
        self.assertEqual(self.status(dry_run), "PASSED")
        self.assertEqual(len(self.dry_runs(DryRunId=dry_run)), 1)
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})

    def test_an_update_and_a_deletion_forget_it(self):
        self.create_ready()
        dry_run = self.try_out()
        self.settle()
        self.update(FailureRetentionPeriodInDays=2)
        self.assert_unknown(dry_run)
        under_way = self.try_out()
        self.update(FailureRetentionPeriodInDays=3)
        self.assert_unknown(under_way)

        dry_run = self.try_out()
        self.settle()
        self.client.delete_canary(Name="checkout")
        self.settle()
        self.create_ready()
        self.assert_unknown(dry_run)
        self.assertEqual(self.dry_runs(RunType="DRY_RUN"), [])

    def test_a_canary_that_is_deleted_meanwhile(self):
        self.create_ready()
        self.try_out()
        self.client.delete_canary(Name="checkout")
        self.settle()
        self.advance(60)
        self.assertEqual(self.client.describe_canaries()["Canaries"], [])

    def test_it_is_its_canarys_own(self):
        self.create_ready()
        self.create_ready("search")
        dry_run = self.try_out()
        self.settle()
        arguments = {"Name": "search", "DryRunId": dry_run}
        gone = "ResourceNotFoundException"
        self.refused(gone, self.client.get_canary, **arguments)
        self.refused(gone, self.client.update_canary, **arguments)
        self.assertEqual(self.client.get_canary_runs(**arguments)["CanaryRuns"], [])


@needs_current_model
class RunsOfDryRuns(DryRunCase):
    options = ("--transitions", "instant")

    def test_they_are_listed_apart(self):
        self.create_running()
        self.advance(30)
        first = self.try_out()
        self.advance(10)
        second = self.try_out()
        self.advance(10)
        [run] = self.dry_runs(DryRunId=first)
        self.assertEqual(run["DryRunConfig"], {"DryRunId": first})
        self.assertEqual(run["Timeline"]["Started"], at(seconds=30))
        self.assertEqual(run["Status"]["State"], "PASSED")
        self.assertNotIn("ScheduledRunId", run)
        self.assertEqual(self.dry_runs(DryRunId=first, RunType="DRY_RUN"), [run])
        both = self.dry_runs(RunType="DRY_RUN")
        ids = [row["DryRunConfig"]["DryRunId"] for row in both]
        self.assertEqual(ids, [second, first])
        self.assertEqual(self.dry_runs(RunType="DRY_RUN", MaxResults=1), both)

        by_schedule = self.runs()
        self.assertEqual([row["Timeline"]["Started"] for row in by_schedule], [at(seconds=0)])
        self.assertEqual(self.dry_runs(RunType="CANARY_RUN"), by_schedule)
        last = self.client.describe_canaries_last_run()["CanariesLastRun"]
        self.assertEqual(last, [{"CanaryName": "checkout", "LastRun": by_schedule[0]}])

    def test_one_under_way(self):
        self.create()
        dry_run = self.try_out()
        [run] = self.dry_runs(DryRunId=dry_run)
        self.assertEqual(run["Status"], {"State": "RUNNING"})
        self.assertEqual(run["Timeline"], {"Started": at(seconds=0)})
        self.assertEqual(self.client.describe_canaries_last_run()["CanariesLastRun"], [])

    def test_they_do_not_disturb_the_schedule(self):
        self.create_running()
        for _ in range(4):
            self.advance(45)
            self.try_out()
        started = [run["Timeline"]["Started"] for run in self.runs()]
        self.assertEqual(started, [at(seconds=second) for second in (180, 120, 60, 0)])

    def test_they_do_not_stop_a_canary_that_runs_once(self):
        self.create(Schedule={"Expression": "rate(0 hour)"})
        dry_run = self.try_out()
        self.client.start_canary(Name="checkout")
        self.emulator.advance(until="nextRun")
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})
        self.assertEqual(len(self.runs()), 1)
        self.settle()
        self.assertEqual(self.status(dry_run), "PASSED")
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})

    def test_they_are_not_retried(self):
        schedule = {"Expression": "rate(5 minutes)", "RetryConfig": {"MaxRetries": 2}}
        self.create(Schedule=schedule)
        dry_run = self.try_out(Code=BAD_CODE)
        self.advance(60)
        self.assertEqual(self.status(dry_run), "FAILED")
        self.assertEqual(len(self.dry_runs(RunType="DRY_RUN")), 1)
        self.assertEqual(self.runs(), [])

    def test_tokens(self):
        self.create_running()
        for _ in range(2):
            self.advance(60)
            dry_run = self.try_out()
        listing = self.client.get_canary_runs
        token = listing(Name="checkout", RunType="DRY_RUN", MaxResults=1)["NextToken"]
        for others in ({}, {"RunType": "CANARY_RUN"}, {"DryRunId": dry_run}):
            arguments = {"Name": "checkout", "NextToken": token, **others}
            self.refused("ValidationException", listing, **arguments)

    def test_refusals(self):
        self.create_running()
        dry_run = self.try_out()
        listing = self.make_careless_client().get_canary_runs
        arguments = {"Name": "checkout", "DryRunId": dry_run}
        message = self.refused("ValidationException", listing, **arguments, RunType="CANARY_RUN")
        self.assertIn(dry_run, message)
        self.refused("ValidationException", listing, Name="checkout", RunType="ANY")
        self.refused("ValidationException", listing, Name="checkout", DryRunId="trial")
        self.assertEqual(listing(Name="checkout", DryRunId=UNKNOWN_ID)["CanaryRuns"], [])


@needs_current_model
class Commits(DryRunCase):
    def test_the_canary_takes_what_was_tried(self):
        for state, create in {
            "READY": self.create_ready,
            "RUNNING": self.create_running,
            "STOPPED": self.create_stopped,
        }.items():
            with self.subTest(state):
                before = create(state.lower())
                start = self.client.start_canary_dry_run
                config = start(Name=state.lower(), RunConfig={"MemoryInMB": 2048})["DryRunConfig"]
                dry_run = config["DryRunId"]
                self.settle()
                answer = self.client.update_canary(Name=state.lower(), DryRunId=dry_run)
                self.assertEqual(set(answer), {"ResponseMetadata"})
                self.assertEqual(self.get(state.lower())["Status"]["State"], "UPDATING")
                self.settle()
                after = self.get(state.lower())
                self.assertEqual(after["Status"], {"State": state})
                self.assertEqual(after["RunConfig"], {**before["RunConfig"], "MemoryInMB": 2048})
                self.assertEqual(after["Schedule"], before["Schedule"])
                self.assertNotIn("DryRunConfig", after)
                gone = "ResourceNotFoundException"
                call = self.client.get_canary
                self.refused(gone, call, Name=state.lower(), DryRunId=dry_run)

    def test_it_takes_the_code_and_the_runtime_that_were_tried(self):
        self.create_ready(Code=BAD_CODE, RuntimeVersion="syn-nodejs-puppeteer-10.0")
        dry_run = self.try_out(Code=CODE, RuntimeVersion=NEW_RUNTIME)
        self.settle()
        self.commit(dry_run)
        self.settle()
        self.assertEqual(self.get()["RuntimeVersion"], NEW_RUNTIME)
        self.client.start_canary(Name="checkout")
        self.emulator.advance(until="nextRun")
        self.assertEqual(self.runs()[0]["Status"]["State"], "PASSED")

    def test_code_that_was_only_tried_is_not_run(self):
        self.create_running()
        dry_run = self.try_out(Code=BAD_CODE)
        self.settle()
        self.assertEqual(self.status(dry_run), "FAILED")
        self.advance(120)
        self.assertEqual({run["Status"]["State"] for run in self.runs()[1:]}, {"PASSED"})

    def test_a_schedule_may_come_with_it(self):
        self.create_ready(Schedule={"Expression": "rate(5 minutes)"})
        dry_run = self.try_out(SuccessRetentionPeriodInDays=5)
        self.settle()
        schedule = {"Expression": "rate(1 minute)", "DurationInSeconds": 600}
        self.commit(dry_run, Schedule=schedule)
        self.settle()
        canary = self.get()
        self.assertEqual({**canary["Schedule"], **schedule}, canary["Schedule"])
        self.assertEqual(canary["RunConfig"]["TimeoutInSeconds"], 60)
        self.assertEqual(canary["SuccessRetentionPeriodInDays"], 5)

    def test_nothing_else_may(self):
        self.create_ready()
        dry_run = self.try_out()
        self.settle()
        before = self.get()
        for members in (
            {"Code": CODE},
            {"ExecutionRoleArn": ROLE},
            {"RuntimeVersion": NEW_RUNTIME},
            {"RunConfig": {"MemoryInMB": 2048}},
            {"SuccessRetentionPeriodInDays": 5},
            {"FailureRetentionPeriodInDays": 5},
            {"VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []}},
            {"VisualReference": REFERENCE},
            {"VisualReferences": [REFERENCE]},
            {"ArtifactS3Location": "s3://elsewhere"},
            {"ArtifactConfig": {}},
            {"ProvisionedResourceCleanup": "OFF"},
            {"BrowserConfigs": BOTH_BROWSERS},
        ):
            with self.subTest(list(members)):
                arguments = {"Name": "checkout", "DryRunId": dry_run, **members}
                self.refused("ValidationException", self.client.update_canary, **arguments)
        self.assertEqual(self.get(), before)
        self.commit(dry_run)  # which is still there

    def test_a_bad_schedule_is_refused_and_leaves_the_dry_run(self):
        self.create_ready()
        dry_run = self.try_out()
        self.settle()
        for schedule in (
            {"Expression": "rate(2 hours)"},
            {"Expression": "rate(1 hour)", "RetryConfig": {"MaxRetries": 3}},
        ):
            arguments = {"Name": "checkout", "DryRunId": dry_run, "Schedule": schedule}
            self.refused("ValidationException", self.client.update_canary, **arguments)
        self.assertEqual(self.status(dry_run), "PASSED")

    def test_one_under_way_is_a_conflict(self):
        self.create_ready()
        dry_run = self.try_out(SuccessRetentionPeriodInDays=5)
        arguments = {"Name": "checkout", "DryRunId": dry_run}
        self.refused("ConflictException", self.client.update_canary, **arguments)
        self.assertEqual(self.get()["SuccessRetentionPeriodInDays"], 31)
        self.settle()
        self.commit(dry_run)

    def test_one_that_failed_is_refused(self):
        before = self.create_ready()
        dry_run = self.try_out(Code=BAD_CODE, SuccessRetentionPeriodInDays=5)
        self.settle()
        self.assertEqual(self.status(dry_run), "FAILED")
        [run] = self.dry_runs(DryRunId=dry_run)
        self.assertEqual(run["Status"]["State"], "FAILED")
        self.assertIn("Cannot find module", run["Status"]["StateReason"])
        arguments = {"Name": "checkout", "DryRunId": dry_run}
        message = self.refused("ValidationException", self.client.update_canary, **arguments)
        self.assertIn(dry_run, message)
        self.assertEqual(self.get(), before)

    def test_any_that_passed_can_be_made(self):
        self.create_ready()
        first = self.try_out(SuccessRetentionPeriodInDays=5)
        self.settle()
        second = self.try_out(SuccessRetentionPeriodInDays=6)
        self.settle()
        self.commit(first)
        self.settle()
        self.assertEqual(self.get()["SuccessRetentionPeriodInDays"], 5)
        self.assert_unknown(second)


@needs_current_model
class RefusedDryRuns(DryRunCase):
    def refused_trial(self, **changes):
        call = self.make_careless_client().start_canary_dry_run
        return self.refused("ValidationException", call, Name="checkout", **changes)

    def test_what_an_update_would_refuse(self):
        before = self.create_ready()
        for changes in (
            {"RuntimeVersion": "syn-nodejs-puppeteer-13.1"},  # without code
            {"RuntimeVersion": "syn-nodejs-puppeteer-6.1", "Code": CODE},
            {"RuntimeVersion": "syn-nodejs-puppeteer-0.7", "Code": CODE},
            {"RuntimeVersion": OLD_RUNTIME, "Code": CODE},  # which has no dry runs
            {"RunConfig": {"TimeoutInSeconds": 61}},
            {"RunConfig": {"MemoryInMB": 961}},
            {"RunConfig": {"EnvironmentVariables": {"AWS_REGION": "x"}}},
            {"Code": {"Handler": "checkout.handler"}},
            {"SuccessRetentionPeriodInDays": 456},
            {"ArtifactS3Location": "s3://dotted.bucket"},
            {"ExecutionRoleArn": "a role"},
            {"VisualReference": REFERENCE},  # this runtime has VisualReferences
            {"VisualReferences": [{**REFERENCE, "BaseCanaryRunId": UNKNOWN_ID}]},
        ):
            with self.subTest(changes):
                self.refused_trial(**changes)
        self.assertEqual(self.get(), before)
        self.assertEqual(self.dry_runs(RunType="DRY_RUN"), [])

    def test_runtimes_without_dry_runs(self):
        code = {"Handler": "a.b", "S3Bucket": "scripts", "S3Key": "checkout.zip"}
        without = ["syn-nodejs-puppeteer-9.1", "syn-nodejs-playwright-1.0", "syn-java-1.0"]
        having = ["syn-nodejs-puppeteer-10.0", "syn-nodejs-playwright-2.0", "syn-nodejs-3.0"]
        having += ["syn-python-selenium-5.1"]
        for index, runtime in enumerate([*without, "syn-python-selenium-5.0", *having]):
            handler = "a.B::run" if "java" in runtime else "a.b"
            name = f"canary-{index}"
            self.create_ready(name, RuntimeVersion=runtime, Code={**code, "Handler": handler})
            call = self.client.start_canary_dry_run
            with self.subTest(runtime):
                if runtime in having:
                    call(Name=name)
                else:
                    message = self.refused("ValidationException", call, Name=name)
                    self.assertIn(runtime, message)

    def test_a_zip_that_is_too_large(self):
        # The model gives this operation no RequestEntityTooLargeException.
        self.create_ready()
        self.refused_trial(Code={**CODE, "ZipFile": bytes(10_000_001)})

    def test_ids_that_are_unknown_or_none(self):
        self.create_ready()
        self.assert_unknown(UNKNOWN_ID)
        careless = self.make_careless_client()
        for call in (careless.get_canary, careless.update_canary):
            self.refused("ValidationException", call, Name="checkout", DryRunId="trial")

    def test_a_canary_whose_code_is_bad_can_try_better(self):
        self.create_running(Code={**CODE, "ZipFile": make_zip("README")})
        bad = self.try_out()
        self.settle()
        self.assertEqual(self.status(bad), "FAILED")
        good = self.try_out(Code=CODE)
        self.settle()
        self.assertEqual(self.status(good), "PASSED")
