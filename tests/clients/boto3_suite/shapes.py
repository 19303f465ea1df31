"""Every answer of every operation against the model, and that the checker would see the faults."""

import unittest

from boto3_suite.case import CODE, NEW_RUNTIME, Case, arn_of, creation, needs_current_model
from strict import ERRORS_OF, MODEL, Strict, check_error, parse

OPERATIONS = {
    "CreateCanary",
    "GetCanary",
    "UpdateCanary",
    "DeleteCanary",
    "StartCanary",
    "StopCanary",
    "StartCanaryDryRun",
    "DescribeCanaries",
    "DescribeCanariesLastRun",
    "GetCanaryRuns",
    "DescribeRuntimeVersions",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
    "CreateGroup",
    "GetGroup",
    "DeleteGroup",
    "ListGroups",
    "AssociateResource",
    "DisassociateResource",
    "ListGroupResources",
    "ListAssociatedGroups",
}

# Members that only some canaries have.
EXTRAS = {
    "RunConfig": {
        "TimeoutInSeconds": 50,
        "MemoryInMB": 1024,
        "ActiveTracing": True,
        "EnvironmentVariables": {"STAGE": "test"},
    },
    "SuccessRetentionPeriodInDays": 10,
    "FailureRetentionPeriodInDays": 20,
    "VpcConfig": {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]},
    "ArtifactConfig": {"S3Encryption": {"EncryptionMode": "SSE_S3"}},
    "Tags": {"team": "shop"},
}


class EveryAnswer(Case):
    def test_all_operations_answer_in_their_shape(self):
        client = self.client
        client.create_canary(**creation(**EXTRAS))
        client.create_canary(**creation("plain"))
        client.create_canary(**creation("new", RuntimeVersion=NEW_RUNTIME))
        self.get()
        self.settle()
        client.start_canary(Name="checkout")
        client.start_canary(Name="new")
        self.get()
        self.settle()
        client.get_canary_runs(Name="checkout")
        client.describe_canaries_last_run()
        self.advance(90)
        client.get_canary_runs(Name="checkout", MaxResults=1)
        client.describe_canaries_last_run(MaxResults=1)
        client.update_canary(Name="checkout", Code=CODE, FailureRetentionPeriodInDays=5)
        client.describe_canaries()
        self.settle()
        client.describe_canaries(MaxResults=1)
        client.describe_runtime_versions()
        client.describe_runtime_versions(MaxResults=1)
        client.tag_resource(ResourceArn=arn_of("plain"), Tags={"a": "b"})
        client.list_tags_for_resource(ResourceArn=arn_of("plain"))
        client.untag_resource(ResourceArn=arn_of("plain"), TagKeys=["a"])
        client.list_tags_for_resource(ResourceArn=arn_of("plain"))
        client.stop_canary(Name="checkout")
        self.get()
        self.settle()
        self.live_in_groups()
        if "StartCanaryDryRun" in MODEL.operation_names:
            self.live_through_a_dry_run()
        client.delete_canary(Name="checkout")
        self.get()
        # An older model has fewer.
        self.assertEqual(set(self.strict.checked), OPERATIONS & set(MODEL.operation_names))

    def live_in_groups(self):
        client = self.client
        client.create_group(Name="plain")
        shop = client.create_group(Name="My Group ü/x", Tags={"team": "shop"})["Group"]
        group = {"GroupIdentifier": shop["Id"]}
        canaries = [{"ResourceArn": arn_of(name)} for name in ("checkout", "plain")]
        for canary in canaries:
            client.associate_resource(**group, **canary)
            client.associate_resource(GroupIdentifier="plain", **canary)
        client.get_group(**group)
        for limit in ({}, {"MaxResults": 1}):
            client.list_groups(**limit)
            client.list_group_resources(**group, **limit)
            client.list_associated_groups(**canaries[0], **limit)
        client.list_tags_for_resource(ResourceArn=shop["Arn"])
        client.disassociate_resource(**group, **canaries[0])
        client.delete_group(**group)

    def live_through_a_dry_run(self):
        client = self.client
        config = client.start_canary_dry_run(Name="new", Code=CODE)["DryRunConfig"]
        dry_run = {"Name": "new", "DryRunId": config["DryRunId"]}
        for _ in range(2):
            client.get_canary(**dry_run)
            client.get_canary_runs(**dry_run)
            self.settle()
        client.update_canary(**dry_run)
        self.settle()

    @needs_current_model
    def test_the_newest_members_have_their_shape(self):
        self.create_running(
            RuntimeVersion=NEW_RUNTIME,
            Schedule={"Expression": "rate(5 minutes)", "RetryConfig": {"MaxRetries": 1}},
            RunConfig={"EphemeralStorage": 2048},
            ProvisionedResourceCleanup="OFF",
            BrowserConfigs=[{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}],
            Code={**CODE, "Dependencies": [{"Type": "LambdaLayer", "Reference": "arn:layer:1"}]},
        )
        reference = {"BaseCanaryRunId": "nextrun", "BaseScreenshots": [{"ScreenshotName": "home"}]}
        self.update(VisualReferences=[{**reference, "BrowserType": "CHROME"}])
        self.advance(60)
        self.assertEqual(len(self.runs()), 4)
        blueprint = {"ZipFile": CODE["ZipFile"], "BlueprintTypes": ["multi-checks"]}
        self.create_running("blueprint", RuntimeVersion="syn-nodejs-3.0", Code=blueprint)
        self.runs("blueprint")
        java = {"ZipFile": CODE["ZipFile"], "Handler": "shop.Checkout::run"}
        self.create_running("java", RuntimeVersion="syn-java-1.0", Code=java)
        self.runs("java")


class Strictness(unittest.TestCase):
    """What botocore lets pass, strict.py does not."""

    def check(self, document, operation="GetCanary"):
        shape = MODEL.operation_model(operation).output_shape
        Strict(set())._check_value(operation, shape, parse(document))

    def test_it_accepts_what_the_service_sends(self):
        self.check('{"Canary":{"Tags":{},"Timeline":{"Created":1759674771.308}}}')
        passed = '{"State":"PASSED","StateReason":"","StateReasonCode":"","TestResult":"PASSED"}'
        self.check('{"CanaryRuns":[{"Status":%s}]}' % passed, "GetCanaryRuns")

    def test_it_refuses_what_the_service_never_sends(self):
        for document in (
            '{"Canary":null}',
            '{"Canary":[]}',
            '{"Canary":{"Name":5}}',
            '{"Canary":{"Name":"Upper"}}',
            '{"Canary":{"Name":""}}',
            '{"Canary":{"Name":"a","Name":"b"}}',
            '{"Canary":{"Status":{"State":"FINE"}}}',
            '{"Canary":{"Status":{"State":"READY","StateReason":""}}}',
            '{"Canary":{"RunConfig":{"MemoryInMB":"960"}}}',
            '{"Canary":{"RunConfig":{"MemoryInMB":true}}}',
            '{"Canary":{"RunConfig":{"MemoryInMB":960.0}}}',
            '{"Canary":{"RunConfig":{"ActiveTracing":0}}}',
            '{"Canary":{"Timeline":{"Created":"2026-01-01T00:00:00Z"}}}',
            '{"Canary":{"Timeline":{"Created":1759674771.3081}}}',
            '{"Canary":{"Timeline":{"Created":true}}}',
            '{"Canary":{"Tags":{"aws:x":"y"}}}',
            '{"Canary":{"EngineArn":"arn:aws:lambda:here"}}',
        ):
            with self.subTest(document), self.assertRaises(AssertionError):
                self.check(document)
        failed = '{"CanaryRuns":[{"Status":{"State":"FAILED","StateReasonCode":""}}]}'
        with self.assertRaises(AssertionError):
            self.check(failed, "GetCanaryRuns")
        with self.assertRaises(AssertionError):
            self.check('{"CanaryRuns":[],"NextToken":""}', "GetCanaryRuns")

    def check_error(self, operation, status, code, document):
        check_error(operation, status, {"x-amzn-ErrorType": code}, document)

    def test_it_accepts_the_errors_that_an_operation_has(self):
        for operation, errors in ERRORS_OF.items():
            for code, status in errors.items():
                self.check_error(operation, status, code, {"Message": "No."})

    def test_it_refuses_any_other_error(self):
        message = {"Message": "No."}
        for operation, status, code, document in (
            ("CreateGroup", 400, "ServiceQuotaExceededException", message),
            ("CreateGroup", 404, "ResourceNotFoundException", message),
            ("CreateCanary", 402, "ServiceQuotaExceededException", message),
            ("CreateCanary", 409, "ConflictException", message),
            ("TagResource", 404, "ResourceNotFoundException", message),
            ("GetCanary", 404, "NotFoundException", message),
            ("GetCanary", 500, "InternalServerException", message),
            ("GetCanary", 501, "NotImplementedException", message),
            ("GetCanary", 404, "ResourceNotFoundException", {"message": "No."}),
            ("GetCanary", 404, "ResourceNotFoundException", {"Message": ""}),
            ("GetCanary", 404, "ResourceNotFoundException", {**message, "__type": "x"}),
        ):
            with self.subTest(operation, code=code), self.assertRaises(AssertionError):
                self.check_error(operation, status, code, document)

    @needs_current_model
    def test_it_refuses_a_member_that_the_model_does_not_know(self):
        with self.assertRaises(AssertionError):
            self.check('{"Canary":{"Arn":"arn:aws:synthetics"}}')
