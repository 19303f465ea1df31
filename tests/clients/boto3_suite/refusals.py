"""What is refused, with which code and in which words (1.4, 1.5, 3.1)."""

from boto3_suite.case import CODE, NEW_RUNTIME, Case, creation, needs_current_model
from strict import MODEL

TIMEOUT_LIMITS = "Run timeout cannot be less than 3 seconds or greater than 840 seconds"
TIMEOUT_AND_RATE = "Run timeout cannot be greater than {} seconds for the chosen frequency"
LARGEST_ZIP = 10_000_000


class Refusals(Case):
    def setUp(self):
        super().setUp()
        # botocore would refuse some of it itself.
        self.careless = self.make_careless_client()

    def refused_creation(self, **members):
        call = self.careless.create_canary
        return self.refused("ValidationException", call, **creation(**members))

    def test_an_unknown_canary(self):
        calls = {
            self.client.get_canary: {},
            self.client.update_canary: {"FailureRetentionPeriodInDays": 1},
            self.client.delete_canary: {},
            self.client.start_canary: {},
            self.client.stop_canary: {},
            self.client.get_canary_runs: {},
        }
        if "StartCanaryDryRun" in MODEL.operation_names:
            calls[self.client.start_canary_dry_run] = {}
        for call, members in calls.items():
            with self.subTest(call.__name__):
                message = self.refused("ResourceNotFoundException", call, Name="none", **members)
                self.assertIn("Canary not found", message)
        # With nothing to change, too.
        self.refused("ResourceNotFoundException", self.client.update_canary, Name="none")

    def test_a_name_that_is_taken(self):
        self.create()
        self.assertIn("Canary name already exists", self.refused_creation())
        self.settle()
        self.assertIn("Canary name already exists", self.refused_creation())
        self.assertEqual(len(self.client.describe_canaries()["Canaries"]), 1)

    def test_each_required_member(self):
        for member in creation():
            with self.subTest(member):
                message = self.refused_creation(**{member: None})
                self.assertIn(member.lower(), message.lower())
        self.assertEqual(self.client.describe_canaries()["Canaries"], [])

    def test_required_members_deeper_down(self):
        self.assertIn("expression", self.refused_creation(Schedule={}).lower())
        self.refused_creation(Code={})
        self.refused_creation(Code={"Handler": "checkout.handler"})
        self.refused_creation(Code={"Handler": "checkout.handler", "S3Bucket": "scripts"})
        self.refused_creation(Code={"ZipFile": CODE["ZipFile"]})
        both = {**CODE, "S3Bucket": "scripts", "S3Key": "checkout.zip"}
        self.refused_creation(Code=both)

    def test_wrong_types(self):
        # botocore cannot say these, so they go without it (and without a signature).
        good = {**creation(), "Code": {"Handler": "a.b", "S3Bucket": "b", "S3Key": "k"}}
        for member, value in {
            "Name": 5,
            "Code": "checkout.zip",
            "Schedule": ["rate(1 minute)"],
            "RunConfig": {"MemoryInMB": "960"},
            "SuccessRetentionPeriodInDays": 1.5,
            "FailureRetentionPeriodInDays": True,
            "Tags": [{"Key": "a", "Value": "b"}],
            "VpcConfig": {"SubnetIds": "subnet-1"},
        }.items():
            with self.subTest(member):
                body = {**good, member: value}
                status, headers, answer = self.emulator.request("POST", "/canary", body)
                self.assertEqual(status, 400)
                self.assertEqual(headers["x-amzn-ErrorType"], "ValidationException")
                self.assertEqual(set(answer), {"Message"})

    def test_unknown_members_are_accepted_and_ignored(self):
        good = {**creation(), "Code": {"Handler": "a.b", "S3Bucket": "b", "S3Key": "k"}}
        newer = {"MultiLocationConfig": {"Replicas": []}, "Schedule": {**good["Schedule"], "X": 1}}
        status, _, answer = self.emulator.request("POST", "/canary", {**good, **newer})
        self.assertEqual(status, 200)
        self.assertNotIn("MultiLocationConfig", answer["Canary"])

    def test_names(self):
        for name in ("Upper", "with space", "dot.ted", "n" * 256, "ü", ""):
            with self.subTest(name):
                self.refused_creation(name=name)

    def test_timeouts(self):
        for timeout in (-1, 0, 2, 841, 900):
            message = self.refused_creation(RunConfig={"TimeoutInSeconds": timeout})
            self.assertEqual(message, TIMEOUT_LIMITS)
        message = self.refused_creation(RunConfig={"TimeoutInSeconds": 61})
        self.assertEqual(message, TIMEOUT_AND_RATE.format(60))
        message = self.refused_creation(
            Schedule={"Expression": "rate(5 minutes)"}, RunConfig={"TimeoutInSeconds": 301}
        )
        self.assertEqual(message, TIMEOUT_AND_RATE.format(300))
        once = {"Schedule": {"Expression": "rate(0 hour)"}, "RunConfig": {"TimeoutInSeconds": 840}}
        self.create(**once)

    def test_memory(self):
        for memory in (959, 961, 3009, 64):
            with self.subTest(memory):
                self.refused_creation(RunConfig={"MemoryInMB": memory})

    def test_schedules(self):
        for expression in (
            "rate(1 day)",
            "rate(2 hours)",
            "rate(61 minutes)",
            "rate(-1 minute)",
            "rate(1.5 minutes)",
            "rate()",
            "rate(1 minute",
            "every minute",
            "",
            "cron(0 12 * * * *)",
            "cron(0 12 29 2 ? *)",
        ):
            with self.subTest(expression):
                self.refused_creation(Schedule={"Expression": expression})

    def test_limits_of_numbers_and_enums(self):
        self.refused_creation(SuccessRetentionPeriodInDays=0)
        self.refused_creation(FailureRetentionPeriodInDays=1025)
        schedule = {"Expression": "rate(1 minute)", "DurationInSeconds": 31622401}
        self.refused_creation(Schedule=schedule)
        self.refused_creation(ExecutionRoleArn="a role")
        self.refused_creation(ArtifactConfig={"S3Encryption": {"EncryptionMode": "NONE"}})

    def test_a_deprecated_runtime(self):
        message = self.refused_creation(RuntimeVersion="syn-nodejs-puppeteer-6.1")
        self.assertEqual(message, "Deprecated runtime version specified.")

    def test_an_unknown_runtime(self):
        self.refused_creation(RuntimeVersion="syn-nodejs-puppeteer-0.7")
        self.refused_creation(RuntimeVersion="python3.12")

    def test_a_runtime_that_is_deprecated_meanwhile(self):
        # On 2026-01-22 at 08:00 (section 8).
        self.create_ready(RuntimeVersion="syn-nodejs-puppeteer-7.0")
        self.emulator.advance(to="2026-01-22T07:59:59Z")
        self.create_ready("just-in-time", RuntimeVersion="syn-nodejs-puppeteer-7.0")
        self.emulator.advance(to="2026-01-22T08:00:00Z")
        message = self.refused_creation(name="late", RuntimeVersion="syn-nodejs-puppeteer-7.0")
        self.assertEqual(message, "Deprecated runtime version specified.")

        # The canary still starts and stops; an edit must move it to a supported runtime.
        self.client.start_canary(Name="checkout")
        self.settle()
        self.client.stop_canary(Name="checkout")
        self.settle()
        update = self.client.update_canary
        days = {"FailureRetentionPeriodInDays": 2}
        message = self.refused("ValidationException", update, Name="checkout", **days)
        self.assertEqual(message, "Deprecated runtime version specified.")
        canary = self.update(RuntimeVersion=NEW_RUNTIME, Code=CODE)
        self.assertEqual(canary["RuntimeVersion"], NEW_RUNTIME)
        self.client.delete_canary(Name="just-in-time")

    def test_a_zip_that_is_too_large(self):
        self.create(Code={**CODE, "ZipFile": bytes(LARGEST_ZIP)})
        self.settle()
        code = {**CODE, "ZipFile": bytes(LARGEST_ZIP + 1)}
        too_large = "RequestEntityTooLargeException"
        self.refused(too_large, self.client.create_canary, **creation("other", Code=code))
        self.refused(too_large, self.client.update_canary, Name="checkout", Code=code)

    @needs_current_model
    def test_tags_to_replicate_without_tags(self):
        # Section 3.1: the create fails; whether at once is a guess (11, 26).
        self.refused_creation(ResourcesToReplicateTags=["lambda-function"])
