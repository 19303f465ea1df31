"""What a canary looks like of which little was said, and how its members are kept (3.1 to 3.3)."""

import re

from boto3_suite.case import CODE, NEW_RUNTIME, OLD_RUNTIME, ROLE, Case, needs_current_model
from isolation import ACCOUNT, REGION

UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class Defaults(Case):
    def test_a_new_canary_has_these_members_and_no_others(self):
        canary = self.create()
        self.assertRegex(canary.pop("Id"), f"^{UUID4}$")
        # The newest members have a test of their own: not every botocore knows them.
        canary.pop("ProvisionedResourceCleanup", None)
        canary["Schedule"].pop("RetryConfig", None)
        canary["RunConfig"].pop("EphemeralStorage", None)
        self.assertEqual(set(canary.pop("Timeline")), {"Created", "LastModified"})
        self.assertEqual(
            canary,
            {
                "Name": "checkout",
                "Code": {"Handler": "checkout.handler"},
                "ExecutionRoleArn": ROLE,
                "Schedule": {"Expression": "rate(1 minute)", "DurationInSeconds": 0},
                "RunConfig": {"TimeoutInSeconds": 60, "MemoryInMB": 1500, "ActiveTracing": False},
                "SuccessRetentionPeriodInDays": 31,
                "FailureRetentionPeriodInDays": 31,
                "Status": {"State": "CREATING", "StateReasonCode": "CREATE_PENDING"},
                "ArtifactS3Location": "artifacts/checkout",
                "RuntimeVersion": OLD_RUNTIME,
                "Tags": {},
            },
        )

    @needs_current_model
    def test_defaults_of_the_newest_members(self):
        canary = self.create()
        self.assertEqual(canary["Schedule"]["RetryConfig"], {"MaxRetries": 0})
        self.assertEqual(canary["RunConfig"]["EphemeralStorage"], 1024)
        self.assertEqual(canary["ProvisionedResourceCleanup"], "AUTOMATIC")

    def test_get_canary_shows_what_create_canary_answered(self):
        self.assertEqual(self.create(), self.get())

    def test_the_timeout_follows_the_rate(self):
        timeouts = {
            "rate(1 minute)": 60,
            "rate(2 minutes)": 120,
            "rate(5 minutes)": 300,
            "rate(10 minutes)": 600,
            "rate(14 minutes)": 840,
            "rate(15 minutes)": 840,
            "rate(1 hour)": 840,
            "rate(0 minute)": 840,
            "rate(0 hour)": 840,
        }
        for index, (expression, timeout) in enumerate(timeouts.items()):
            with self.subTest(expression):
                canary = self.create(f"canary-{index}", Schedule={"Expression": expression})
                self.assertEqual(canary["RunConfig"]["TimeoutInSeconds"], timeout)

    def test_what_is_given_is_kept(self):
        given = {
            "Schedule": {"Expression": "rate(5 minutes)", "DurationInSeconds": 3600},
            "RunConfig": {"TimeoutInSeconds": 3, "MemoryInMB": 960, "ActiveTracing": True},
            "SuccessRetentionPeriodInDays": 1,
            "FailureRetentionPeriodInDays": 455,
            "Tags": {"team": "shop", "url/a:b": "grün und\tgut", "empty": ""},
            "ArtifactConfig": {"S3Encryption": {"EncryptionMode": "SSE_S3"}},
        }
        canary = self.create(**given)
        for member, value in given.items():
            if isinstance(value, dict):
                self.assertEqual(canary[member], {**canary[member], **value})
            else:
                self.assertEqual(canary[member], value)

    def test_stored_default_memory_may_be_sent_back(self):
        for memory in (1000, 1500):
            canary = self.create(f"memory-{memory}", RunConfig={"MemoryInMB": memory})
            self.assertEqual(canary["RunConfig"]["MemoryInMB"], memory)

    def test_an_empty_vpc_config_is_none(self):
        empty = {"SubnetIds": [], "SecurityGroupIds": []}
        self.assertNotIn("VpcConfig", self.create(VpcConfig=empty))
        self.assertNotIn("VpcConfig", self.create("other", VpcConfig={}))

    def test_a_vpc_config_has_a_vpc(self):
        given = {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
        vpc = self.create(VpcConfig=given)["VpcConfig"]
        self.assertRegex(vpc["VpcId"], "^vpc-[0-9a-f]+$")
        self.assertEqual({**vpc, **given}, vpc)
        self.assertFalse(vpc.get("Ipv6AllowedForDualStack"))
        self.assertEqual(self.get()["VpcConfig"], vpc)

    def test_an_empty_artifact_config_is_none(self):
        self.assertNotIn("ArtifactConfig", self.create(ArtifactConfig={"S3Encryption": {}}))
        self.assertNotIn("ArtifactConfig", self.create("other", ArtifactConfig={}))

    def test_the_scheme_of_the_artifact_location_is_cut_off_and_nothing_else(self):
        locations = {
            "s3://b": "b",
            "s3://b/": "b/",
            "s3://b/some/where/": "b/some/where/",
            "b/some/where": "b/some/where",
        }
        for index, (given, kept) in enumerate(locations.items()):
            with self.subTest(given):
                canary = self.create(f"canary-{index}", ArtifactS3Location=given)
                self.assertEqual(canary["ArtifactS3Location"], kept)

    def test_environment_variables_are_never_shown(self):
        self.create_running(RunConfig={"EnvironmentVariables": {"PASSWORD": "hunter2"}})
        self.update(RunConfig={"EnvironmentVariables": {"PASSWORD": "hunter3"}})
        self.advance(60)
        self.runs()
        self.client.describe_canaries()
        for operation, _, body in self.strict.answers:
            self.assertNotIn(b"PASSWORD", body, operation)
            self.assertNotIn(b"hunter", body, operation)

    def test_where_the_script_came_from_is_not_shown(self):
        code = {"Handler": "checkout.handler", "S3Bucket": "scripts", "S3Key": "checkout.zip"}
        self.assertEqual(self.create(Code=code)["Code"], {"Handler": "checkout.handler"})


class Engines(Case):
    def function_of(self, canary):
        return f"cwsyn-{canary['Name'][:21]}-{canary['Id']}"

    def lambda_arn(self, canary, kind, version):
        function = self.function_of(canary)
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:{kind}:{function}:{version}"

    def test_an_older_runtime_has_engine_and_layer_once_it_is_created(self):
        creating = self.create()
        self.assertNotIn("EngineArn", creating)
        self.assertNotIn("SourceLocationArn", creating["Code"])
        self.settle()
        ready = self.get()
        self.assertEqual(ready["EngineArn"], self.lambda_arn(ready, "function", 1))
        self.assertEqual(ready["Code"]["SourceLocationArn"], self.lambda_arn(ready, "layer", 1))

    def test_an_update_makes_a_new_version(self):
        self.create_running()
        canary = self.update(Code=CODE)
        self.assertEqual(canary["EngineArn"], self.lambda_arn(canary, "function", 2))
        self.assertEqual(canary["Code"]["SourceLocationArn"], self.lambda_arn(canary, "layer", 2))

    def test_a_newer_runtime_has_neither(self):
        for index, runtime in enumerate([NEW_RUNTIME, "syn-nodejs-playwright-3.0"]):
            canary = self.create_running(f"canary-{index}", RuntimeVersion=runtime)
            self.assertNotIn("EngineArn", canary)
            self.assertEqual(canary["Code"], {"Handler": "checkout.handler"})

    @needs_current_model
    def test_every_runtime_has_engine_configs(self):
        for index, runtime in enumerate([OLD_RUNTIME, NEW_RUNTIME, "syn-nodejs-playwright-3.0"]):
            canary = self.create_ready(f"canary-{index}", RuntimeVersion=runtime)
            engine = {"EngineArn": self.lambda_arn(canary, "function", 1), "BrowserType": "CHROME"}
            self.assertEqual(canary["EngineConfigs"], [engine])

    @needs_current_model
    def test_two_browsers_have_two_engines_of_their_own(self):
        browsers = [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]
        canary = self.create_ready(RuntimeVersion=NEW_RUNTIME, BrowserConfigs=browsers)
        self.assertEqual(canary["BrowserConfigs"], browsers)
        engines = canary["EngineConfigs"]
        self.assertEqual([engine["BrowserType"] for engine in engines], ["CHROME", "FIREFOX"])
        arns = {engine["EngineArn"] for engine in engines}
        self.assertEqual(len(arns), 2)
        for arn in arns:
            self.assertIn(canary["Id"], arn)

    @needs_current_model
    def test_a_long_name_is_cut_to_fit_a_function(self):
        name = "a_long-name_of_more_than_21_characters"
        canary = self.create_ready(name)
        function = re.search("function:([^:]*):", canary["EngineArn"])[1]
        self.assertEqual(len(function), 64)
        self.assertEqual(function, self.function_of(canary))
        self.assertEqual(self.create("n" * 255)["Name"], "n" * 255)
