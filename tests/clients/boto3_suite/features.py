"""What a canary can make use of on which runtime version, and what no version allows (3.1)."""

from boto3_suite.case import CODE, NEW_RUNTIME, ROLE, Case, creation, needs_current_model

IN_S3 = {"Handler": "shop.handler", "S3Bucket": "scripts", "S3Key": "shop.zip"}
FIREFOX = {"BrowserConfigs": [{"BrowserType": "FIREFOX"}]}
BOTH = {"BrowserConfigs": [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}]}
REFERENCE = {"BaseCanaryRunId": "nextrun", "BaseScreenshots": [{"ScreenshotName": "home"}]}
UNKNOWN_ID = "01234567-89ab-cdef-0123-456789abcdef"


def code_for(runtime, **members):
    handler = "com.example.Shop::run" if "java" in runtime else "shop.handler"
    return {**IN_S3, "Handler": handler, **members}


def name_on(runtime):
    """A name that is short enough for an older model, too."""
    return runtime.removeprefix("syn-").replace("nodejs-", "").replace(".", "-")


class FeatureCase(Case):
    # Before any runtime version is deprecated.
    options = ("--transitions", "instant", "--clock", "2020-01-01T00:00:00Z")

    def create_on(self, runtime, **members):
        given = {"RuntimeVersion": runtime, "Code": code_for(runtime)}
        return self.create(name_on(runtime), **{**given, **members})

    def assert_created_on(self, runtimes, **members):
        for runtime in runtimes.split():
            with self.subTest(runtime):
                self.create_on(runtime, **members)

    def assert_refused_on(self, runtimes, **members):
        for runtime in runtimes.split():
            with self.subTest(runtime):
                request = {"RuntimeVersion": runtime, "Code": code_for(runtime), **members}
                call = self.client.create_canary
                message = self.refused("ValidationException", call, **creation(**request))
                self.assertIn(runtime, message)
        self.refused("ResourceNotFoundException", self.client.get_canary, Name="checkout")


class Features(FeatureCase):
    def test_active_tracing(self):
        traced = {"RunConfig": {"ActiveTracing": True}}
        self.assert_created_on(
            "syn-nodejs-puppeteer-3.0 syn-nodejs-puppeteer-15.0 syn-nodejs-playwright-1.0"
            " syn-nodejs-2.0 syn-nodejs-3.0",
            **traced,
        )
        self.assert_refused_on("syn-python-selenium-5.1 syn-java-1.0", **traced)
        untraced = {"RunConfig": {"ActiveTracing": False}}
        self.assert_created_on("syn-python-selenium-5.1 syn-java-1.0", **untraced)

    def test_a_handler_of_any_name(self):
        for handler in ("shop.run", "folder/shop.handler"):
            any_handler = {"Code": {**IN_S3, "Handler": handler}}
            self.assert_refused_on(
                "syn-nodejs-puppeteer-3.3 syn-python-selenium-1.0 syn-nodejs-2.2", **any_handler
            )
        self.assert_created_on(
            "syn-nodejs-puppeteer-3.4 syn-python-selenium-1.1 syn-nodejs-playwright-1.0"
            " syn-nodejs-3.0",
            **any_handler,
        )
        self.assert_created_on("syn-nodejs-puppeteer-3.3 syn-python-selenium-1.0 syn-nodejs-2.2")

    def test_encryption_of_artifacts(self):
        key = f"arn:aws:kms:us-east-1:111122223333:key/{UNKNOWN_ID}"
        kms = {"S3Encryption": {"EncryptionMode": "SSE_KMS", "KmsKeyArn": key}}
        config = {"ArtifactConfig": {"S3Encryption": {"EncryptionMode": "SSE_S3"}}}
        self.assert_created_on(
            "syn-nodejs-puppeteer-3.3 syn-nodejs-playwright-1.0 syn-nodejs-3.0", **config
        )
        self.assert_refused_on("syn-nodejs-puppeteer-3.2 syn-nodejs-2.2", **config)
        self.assert_refused_on("syn-nodejs-puppeteer-3.2", ArtifactConfig=kms)
        canary = self.create(RuntimeVersion="syn-nodejs-puppeteer-9.1", ArtifactConfig=kms)
        self.assertEqual(canary["ArtifactConfig"], kms)
        # CloudFormation sends an empty one to all.
        empty = {"ArtifactConfig": {"S3Encryption": {}}}
        self.assert_created_on("syn-nodejs-puppeteer-3.2 syn-python-selenium-1.0", **empty)

    def update_on(self, runtime, **members):
        self.create_on(runtime)
        self.client.update_canary(Name=name_on(runtime), **members)
        return self.get(name_on(runtime))

    def assert_update_refused_on(self, runtimes, **members):
        for runtime in runtimes.split():
            with self.subTest(runtime):
                self.create_on(runtime)
                arguments = {"Name": name_on(runtime), **members}
                call = self.client.update_canary
                message = self.refused("ValidationException", call, **arguments)
                self.assertIn(runtime, message)

    def test_a_visual_reference(self):
        for runtime in ("syn-nodejs-puppeteer-3.2", "syn-nodejs-puppeteer-10.0"):
            canary = self.update_on(runtime, VisualReference=REFERENCE)
            self.assertEqual(canary["VisualReference"], REFERENCE)
        self.assert_update_refused_on(
            "syn-nodejs-puppeteer-3.1 syn-nodejs-puppeteer-11.0 syn-nodejs-playwright-2.0"
            " syn-nodejs-playwright-3.0 syn-python-selenium-5.1 syn-nodejs-3.0 syn-java-1.0",
            VisualReference=REFERENCE,
        )

    @needs_current_model
    def test_visual_references(self):
        references = [{**REFERENCE, "BrowserType": "CHROME"}]
        for runtime in (
            "syn-nodejs-puppeteer-3.2",
            "syn-nodejs-puppeteer-11.0",
            "syn-nodejs-playwright-3.0",
        ):
            canary = self.update_on(runtime, VisualReferences=references)
            self.assertEqual(canary["VisualReferences"], references)
        self.assert_update_refused_on(
            "syn-nodejs-puppeteer-3.1 syn-nodejs-playwright-2.0 syn-python-selenium-5.1",
            VisualReferences=references,
        )

    @needs_current_model
    def test_browsers(self):
        for browsers in (FIREFOX, BOTH):
            self.assert_refused_on(
                "syn-nodejs-puppeteer-10.0 syn-nodejs-playwright-2.0 syn-python-selenium-5.1"
                " syn-nodejs-3.0 syn-java-1.0",
                **browsers,
            )
        self.assert_created_on("syn-nodejs-puppeteer-11.0 syn-nodejs-playwright-3.0", **FIREFOX)
        self.assert_created_on("syn-nodejs-puppeteer-13.1 syn-nodejs-playwright-5.0", **BOTH)
        chrome = {"BrowserConfigs": [{"BrowserType": "CHROME"}]}
        self.assert_created_on("syn-nodejs-puppeteer-10.0 syn-nodejs-playwright-2.0", **chrome)

    @needs_current_model
    def test_retries(self):
        schedule = {"Expression": "rate(1 minute)", "RetryConfig": {"MaxRetries": 1}}
        self.assert_created_on(
            "syn-nodejs-puppeteer-10.0 syn-nodejs-playwright-2.0 syn-python-selenium-5.1"
            " syn-nodejs-3.0",
            Schedule=schedule,
        )
        without = "syn-nodejs-puppeteer-9.1 syn-nodejs-playwright-1.0 syn-python-selenium-5.0"
        self.assert_refused_on(without + " syn-nodejs-2.2 syn-java-1.0", Schedule=schedule)
        none = {"Expression": "rate(1 minute)", "RetryConfig": {"MaxRetries": 0}}
        self.assert_created_on(without, Schedule=none)

    @needs_current_model
    def test_blueprints(self):
        code = {"S3Bucket": "scripts", "S3Key": "shop.zip", "BlueprintTypes": ["multi-checks"]}
        self.assert_created_on("syn-nodejs-3.0", Code=code)
        self.assert_refused_on(
            "syn-nodejs-2.2 syn-nodejs-puppeteer-15.0 syn-nodejs-playwright-9.0 syn-java-1.0",
            Code=code,
        )
        call = self.client.create_canary
        for wrong in (
            {**code, "Handler": "shop.handler"},
            {**code, "BlueprintTypes": ["heartbeat"]},
            {**code, "BlueprintTypes": []},
        ):
            request = creation(RuntimeVersion="syn-nodejs-3.0", Code=wrong)
            self.refused("ValidationException", call, **request)

    @needs_current_model
    def test_a_canary_cannot_move_to_a_runtime_without_what_it_uses(self):
        self.create(RuntimeVersion="syn-nodejs-puppeteer-11.0", **BOTH)
        before = self.get()
        call = self.client.update_canary
        move = {"Name": "checkout", "RuntimeVersion": "syn-nodejs-puppeteer-10.0", "Code": CODE}
        self.refused("ValidationException", call, **move)
        self.assertEqual(self.get(), before)
        call(**move, BrowserConfigs=[{"BrowserType": "CHROME"}])
        self.assertEqual(self.get()["RuntimeVersion"], "syn-nodejs-puppeteer-10.0")


class Rules(Case):
    options = ("--transitions", "instant")

    def assert_refused(self, member, **members):
        """By CreateCanary, and by UpdateCanary, which changes nothing."""
        careless = self.make_careless_client()
        call = careless.create_canary
        message = self.refused("ValidationException", call, **creation("other", **members))
        self.assertIn(member, message)
        before = self.get()
        self.refused("ValidationException", careless.update_canary, Name="checkout", **members)
        self.assertEqual(self.get(), before)

    def test_retention(self):
        self.create()
        for member in ("SuccessRetentionPeriodInDays", "FailureRetentionPeriodInDays"):
            for days in (456, 1024):
                self.assert_refused("455", **{member: days})
            self.assertEqual(self.update(**{member: 455})[member], 455)

    def test_a_bucket_for_artifacts(self):
        self.create()
        for location in ("s3://my.bucket", "s3://my.bucket/where", "my.bucket/where", "s3://", "/"):
            with self.subTest(location):
                self.assert_refused("ArtifactS3Location", ArtifactS3Location=location)
        canary = self.update(ArtifactS3Location="s3://bucket/v1.0/where")
        self.assertEqual(canary["ArtifactS3Location"], "bucket/v1.0/where")

    def test_a_bucket_for_code(self):
        self.create()
        code = {"Handler": "shop.handler", "S3Key": "shop.zip"}
        self.assert_refused("s3://", Code={**code, "S3Bucket": "s3://scripts"})
        self.update(Code={**code, "S3Bucket": "scripts"})

    def variables(self, **variables):
        return {"RunConfig": {"EnvironmentVariables": variables}}

    def test_variables_that_lambda_sets(self):
        self.create()
        for name in (
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_EXECUTION_ENV",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR",
        ):
            with self.subTest(name):
                self.assert_refused(name, **self.variables(**{name: "x", "STAGE": "test"}))
        self.update(**self.variables(AWS_REGION_NAME="x", NODE_OPTIONS="x"))

    def test_names_of_variables(self):
        self.create()
        for name in ("A", "1A", "_A", "A-B", "A B", "", "_HANDLER"):
            with self.subTest(name):
                self.assert_refused("", **self.variables(**{name: "x"}))
        self.update(**self.variables(AB="x", a_1=""))

    def test_variables_have_four_kilobytes(self):
        self.create()
        self.update(**self.variables(AB="x" * 2046, CD="x" * 2046))
        self.assert_refused("4096", **self.variables(AB="x" * 2046, CD="x" * 2047))
        self.assert_refused("4096", **self.variables(AB="ü" * 2048))

    def test_an_update_to_a_role_that_is_none(self):
        self.create()
        for role in ("", "canary", ROLE.replace("iam", "s3"), ROLE.replace("1111", "11")):
            with self.subTest(role):
                self.assert_refused("executionRoleArn", ExecutionRoleArn=role)


class Baselines(Case):
    options = ("--transitions", "instant")

    def refused_base(self, run):
        reference = {**REFERENCE, "BaseCanaryRunId": run}
        call = self.client.update_canary
        arguments = {"Name": "checkout", "VisualReference": reference}
        return self.refused("ValidationException", call, **arguments)

    def set_base(self, run):
        reference = {**REFERENCE, "BaseCanaryRunId": run}
        self.assertEqual(self.update(VisualReference=reference)["VisualReference"], reference)

    def test_the_next_run_the_last_one_or_one_by_its_id(self):
        self.create_running()
        self.advance(90)
        runs = [run["Id"] for run in self.runs()]
        for base in ("nextrun", "lastrun", *runs):
            self.set_base(base)

    def test_a_baseline_stays_where_an_update_does_not_name_it(self):
        self.create()
        self.set_base("lastrun")
        after = self.update(FailureRetentionPeriodInDays=5)
        self.assertEqual(after["VisualReference"]["BaseCanaryRunId"], "lastrun")

    def test_a_runtime_that_has_no_use_for_it_drops_it(self):
        self.create()
        self.set_base("lastrun")
        canary = self.update(RuntimeVersion=NEW_RUNTIME, Code=CODE)
        self.assertNotIn("VisualReference", canary)

    def test_a_run_that_there_is_not(self):
        self.create_running()
        self.create_running("search")
        self.advance(30)
        for run in ("none", UNKNOWN_ID, "NextRun", self.runs("search")[0]["Id"]):
            with self.subTest(run):
                self.assertIn(run, self.refused_base(run))
        self.assertNotIn("VisualReference", self.get())

    def test_a_run_is_good_for_31_days(self):
        self.create_running(Schedule={"Expression": "rate(0 hour)"})
        self.advance(30)
        [run] = self.runs()
        self.emulator.advance(to="2026-02-01T00:00:00Z")
        self.set_base(run["Id"])
        self.advance(0.001)
        self.assertIn("31 days", self.refused_base(run["Id"]))
        self.set_base("lastrun")
