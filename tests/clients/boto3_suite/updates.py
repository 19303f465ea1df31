"""What UpdateCanary changes and what it leaves alone (3.4)."""

from boto3_suite.case import CODE, NEW_RUNTIME, ROLE, Case, needs_current_model

VPC = {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
NO_VPC = {"SubnetIds": [], "SecurityGroupIds": []}
ENCRYPTED = {"S3Encryption": {"EncryptionMode": "SSE_S3"}}


class Updates(Case):
    def assert_changes_only(self, change, expected):
        """Makes the change; whatever is not in `expected` must be as before."""
        before, after = self.get(), self.update(**change)
        for canary in (before, after):
            # They count the updates; lifecycle, timelines and defaults look after them.
            for changing in ("Timeline", "EngineArn", "EngineConfigs"):
                canary.pop(changing, None)
            canary["Code"].pop("SourceLocationArn")
        self.assertEqual(after, {**before, **expected})

    def test_only_the_given_members_change(self):
        self.create_ready(VpcConfig=VPC, ArtifactConfig=ENCRYPTED, Tags={"team": "shop"})
        other_role = ROLE + "-2"
        self.assert_changes_only({}, {})
        self.assert_changes_only({"ExecutionRoleArn": other_role}, {"ExecutionRoleArn": other_role})
        days = {"SuccessRetentionPeriodInDays": 5}
        self.assert_changes_only(days, days)
        days = {"FailureRetentionPeriodInDays": 6}
        self.assert_changes_only(days, days)
        code = {**CODE, "Handler": "other.handler"}
        self.assert_changes_only({"Code": code}, {"Code": {"Handler": "other.handler"}})
        location = {"ArtifactS3Location": "s3://elsewhere/"}
        self.assert_changes_only(location, {"ArtifactS3Location": "elsewhere/"})
        location = {"ArtifactS3Location": "elsewhere/again"}
        self.assert_changes_only(location, location)

    def test_run_config(self):
        before = self.create_ready()["RunConfig"]
        config = {"ActiveTracing": True, "MemoryInMB": 960, "TimeoutInSeconds": 30}
        self.assert_changes_only({"RunConfig": config}, {"RunConfig": {**before, **config}})

    def test_the_answer_is_empty(self):
        self.create_ready()
        answer = self.client.update_canary(Name="checkout", FailureRetentionPeriodInDays=6)
        self.assertEqual(set(answer), {"ResponseMetadata"})

    def test_the_schedule_and_with_it_the_timeout(self):
        self.create_ready(Schedule={"Expression": "rate(5 minutes)"})
        schedule = {"Expression": "rate(1 minute)", "DurationInSeconds": 600}
        canary = self.update(Schedule=schedule)
        self.assertEqual({**canary["Schedule"], **schedule}, canary["Schedule"])
        # Nobody said 300: the default no longer fits and is cut (11, 5).
        self.assertEqual(canary["RunConfig"]["TimeoutInSeconds"], 60)
        canary = self.update(Schedule={"Expression": "rate(0 minute)", "DurationInSeconds": 0})
        self.assertEqual(canary["Schedule"]["Expression"], "rate(0 hour)")
        self.assertEqual(canary["Schedule"]["DurationInSeconds"], 0)

    def test_a_timeout_that_no_longer_fits_is_refused_where_it_is_given(self):
        self.create_ready(Schedule={"Expression": "rate(5 minutes)"})
        message = self.refused(
            "ValidationException",
            self.client.update_canary,
            Name="checkout",
            Schedule={"Expression": "rate(1 minute)"},
            RunConfig={"TimeoutInSeconds": 300},
        )
        expected = "Run timeout cannot be greater than 60 seconds for the chosen frequency"
        self.assertEqual(message, expected)

    @needs_current_model
    def test_retries_stay_where_the_schedule_does_not_name_them(self):
        schedule = {"Expression": "rate(5 minutes)", "RetryConfig": {"MaxRetries": 1}}
        self.create_ready(Schedule=schedule, RuntimeVersion=NEW_RUNTIME)
        canary = self.update(Schedule={"Expression": "rate(10 minutes)", "DurationInSeconds": 0})
        self.assertEqual(canary["Schedule"]["RetryConfig"], {"MaxRetries": 1})

    @needs_current_model
    def test_cleanup_and_storage(self):
        before = self.create_ready()["RunConfig"]
        self.assert_changes_only(
            {"ProvisionedResourceCleanup": "OFF"}, {"ProvisionedResourceCleanup": "OFF"}
        )
        config = {"EphemeralStorage": 4096}
        self.assert_changes_only({"RunConfig": config}, {"RunConfig": {**before, **config}})

    def test_a_vpc_is_added_kept_and_removed(self):
        self.create_ready()
        self.assertEqual(self.update(VpcConfig=VPC)["VpcConfig"]["SubnetIds"], ["subnet-1"])
        self.assertIn("VpcConfig", self.update(FailureRetentionPeriodInDays=2))
        self.assertNotIn("VpcConfig", self.update(VpcConfig=NO_VPC))
        self.assertNotIn("VpcConfig", self.update(VpcConfig=NO_VPC))

    def test_an_empty_artifact_config_is_not_shown(self):
        self.create_ready()
        self.assertNotIn("ArtifactConfig", self.update(ArtifactConfig={"S3Encryption": {}}))
        self.assertEqual(self.update(ArtifactConfig=ENCRYPTED)["ArtifactConfig"], ENCRYPTED)
        self.assertEqual(self.update(FailureRetentionPeriodInDays=2)["ArtifactConfig"], ENCRYPTED)

    def test_another_runtime_needs_code(self):
        self.create_ready()
        message = self.refused(
            "ValidationException",
            self.client.update_canary,
            Name="checkout",
            RuntimeVersion=NEW_RUNTIME,
        )
        self.assertEqual(message, "Code must be provided when updating to a different runtime")
        canary = self.update(RuntimeVersion=NEW_RUNTIME, Code=CODE)
        self.assertEqual(canary["RuntimeVersion"], NEW_RUNTIME)
        self.assertNotIn("EngineArn", canary)
        self.assertNotIn("SourceLocationArn", canary["Code"])

    def test_the_same_runtime_needs_none(self):
        canary = self.create_ready()
        self.assertEqual(
            self.update(RuntimeVersion=canary["RuntimeVersion"])["RuntimeVersion"],
            canary["RuntimeVersion"],
        )

    def test_a_refused_update_changes_nothing(self):
        before = self.create_ready()
        with self.assertRaises(self.client.exceptions.ValidationException):
            self.client.update_canary(
                Name="checkout", FailureRetentionPeriodInDays=2, RunConfig={"TimeoutInSeconds": 900}
            )
        self.assertEqual(self.get(), before)
