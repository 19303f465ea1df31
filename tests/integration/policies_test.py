#!/usr/bin/env python3
"""`--auth iam` and `--auth audit` through boto3: the policies that AWS documents for Synthetics, and those that people write."""

import json
import tempfile
import unittest

import figures
from emulator import Emulator, assert_mistake
from isolation import isolate, require_boto3

decided = 0  # requests whose outcome was checked

CREATION = {
    "Code": {"S3Bucket": "bucket", "S3Key": "key", "Handler": "index.handler"},
    "ArtifactS3Location": "s3://bucket",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/canary",
    "Schedule": {"Expression": "rate(1 minute)"},
    "RuntimeVersion": "syn-nodejs-puppeteer-11.0",
}
CANARY = "arn:aws:synthetics:us-east-1:123456789012:canary:"
GROUP = "arn:aws:synthetics:us-east-1:123456789012:group:"
EVERYTHING = {"Effect": "Allow", "Action": "synthetics:*", "Resource": "*"}


def principal(name, *statements, **more):
    policies = [{"Version": "2012-10-17", "Statement": list(statements)}] if statements else []
    return {
        "accessKeyId": name,
        "secretAccessKey": f"secret of {name}",
        "userName": name,
        "policies": policies,
        **more,
    }


def viewing(condition, *names):
    """As AWS documents it under "Limiting a user to viewing specific canaries"."""
    return {
        "Effect": "Allow",
        "Action": ["synthetics:DescribeCanaries", "synthetics:DescribeCanariesLastRun"],
        "Resource": "*",
        "Condition": {f"ForAnyValue:{condition}": {"synthetics:Names": list(names)}},
    }


class PoliciesTest(unittest.TestCase):
    def serve(self, mode, *principals):
        file = self.enterContext(tempfile.NamedTemporaryFile("w", suffix=".json"))
        json.dump({"principals": [principal("admin", EVERYTHING), *principals]}, file)
        file.flush()
        options = ["--auth", mode, "--credentials", file.name, "--transitions", "instant"]
        self.emulator = self.enterContext(Emulator(*options, "--clock", "2026-01-01T00:00:00Z"))
        self.admin = self.client("admin")
        for name in ("my-team-one", "my-team-two", "other"):
            self.admin.create_canary(Name=name, Tags={"team": name.split("-")[0]}, **CREATION)

    def client(self, name):
        import boto3

        return boto3.client(
            "synthetics",
            endpoint_url=self.emulator.url,
            region_name="us-east-1",
            aws_access_key_id=name,
            aws_secret_access_key=f"secret of {name}",
        )

    def outcome(self, call, **arguments):
        """`allowed`, or why not."""
        import botocore.exceptions

        global decided
        decided += 1
        try:
            self.answer = call(**arguments)
            return "allowed"
        except botocore.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "AccessDeniedException":
                raise
            self.assertEqual(error.response["ResponseMetadata"]["HTTPStatusCode"], 403)
            return error.response["Error"]["Message"]

    def assert_denied(self, call, **arguments):
        self.assertRegex(self.outcome(call, **arguments), "^User: arn:.* is not authorized to perform")

    def assert_allowed(self, call, **arguments):
        self.assertEqual(self.outcome(call, **arguments), "allowed")

    def listed(self):
        return [canary["Name"] for canary in self.answer["Canaries"]]

    def test_exact_names_as_aws_documents_them(self):
        self.serve("iam", principal("ann", viewing("StringEquals", "my-team-one", "my-team-two")))
        ann = self.client("ann")
        self.assert_allowed(ann.describe_canaries, Names=["my-team-one"])
        self.assertEqual(self.listed(), ["my-team-one"])
        self.assert_allowed(ann.describe_canaries, Names=["my-team-one", "my-team-two"])
        self.assert_denied(ann.describe_canaries, Names=["my-team-one", "other"])
        self.assert_denied(ann.describe_canaries, Names=["other"])
        self.assert_denied(ann.describe_canaries)
        self.assert_allowed(ann.describe_canaries_last_run, Names=["my-team-two"])
        self.assert_denied(ann.describe_canaries_last_run, Names=["my-team-two", "other"])
        self.assert_denied(ann.describe_canaries_last_run)

    def test_wildcards_as_aws_documents_them(self):
        self.serve("iam", principal("ann", viewing("StringLike", "my-team-*")))
        ann = self.client("ann")
        self.assert_allowed(ann.describe_canaries, Names=["my-team-one", "my-team-two"])
        self.assert_denied(ann.describe_canaries, Names=["my-team-one", "other"])
        self.assert_denied(ann.describe_canaries)

    def test_the_sentence_names_who_what_and_on_what(self):
        denial = {"Sid": "NoStop", "Effect": "Deny", "Action": "synthetics:StopCanary", "Resource": "*"}
        self.serve("iam", principal("ann"), principal("bob", EVERYTHING, denial))
        self.assertEqual(
            self.outcome(self.client("ann").get_canary, Name="other"),
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: synthetics:GetCanary"
            f" on resource: {CANARY}other because no identity-based policy allows the"
            " synthetics:GetCanary action",
        )
        self.assertEqual(
            self.outcome(self.client("bob").stop_canary, Name="other"),
            "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: synthetics:StopCanary"
            f" on resource: {CANARY}other with an explicit deny in an identity-based policy",
        )
        self.assertIn(f"{CANARY}*", self.outcome(self.client("ann").describe_canaries))

    def test_resources_by_arn_and_groups_by_id(self):
        statement = {
            "Effect": "Allow",
            "Action": "synthetics:Get*",
            "Resource": [CANARY + "my-team-*", GROUP + "*"],
        }
        self.serve("iam", principal("ann", statement))
        self.admin.create_group(Name="web")
        ann = self.client("ann")
        self.assert_allowed(ann.get_canary, Name="my-team-one")
        self.assert_denied(ann.get_canary, Name="other")
        self.assert_denied(ann.get_canary, Name="no-such-canary")
        self.assert_allowed(ann.get_group, GroupIdentifier="web")
        self.assert_denied(ann.delete_group, GroupIdentifier="web")

    def test_tags_of_resource_request_and_principal(self):
        own = {
            "Effect": "Allow",
            "Action": "synthetics:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        }
        creating = {
            "Effect": "Allow",
            "Action": "synthetics:CreateCanary",
            "Resource": "*",
            "Condition": {
                "StringEquals": {"aws:RequestTag/team": "my"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]},
            },
        }
        self.serve("iam", principal("ann", own, creating, tags={"team": "my"}))
        ann = self.client("ann")
        self.assert_allowed(ann.start_canary, Name="my-team-one")
        self.assert_denied(ann.start_canary, Name="other")
        self.assert_allowed(ann.create_canary, Name="new", Tags={"team": "my"}, **CREATION)
        self.assert_denied(ann.create_canary, Name="newer", Tags={"team": "other"}, **CREATION)
        self.assert_denied(ann.create_canary, Name="newer", Tags={"team": "my", "x": "y"}, **CREATION)
        self.assert_denied(ann.create_canary, Name="newer", **CREATION)
        self.assert_allowed(ann.untag_resource, ResourceArn=CANARY + "new", TagKeys=["team"])
        # Nobody's any more.
        self.assert_denied(ann.delete_canary, Name="new")

    def test_tag_keys_are_those_that_the_operation_reads(self):
        condition = {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}
        self.serve("iam", principal("ann", {**EVERYTHING, "Condition": condition}))
        ann = self.client("ann")

        def add(request, **_):
            request.url += "?tagKeys=team"

        self.assert_allowed(ann.create_canary, Name="new", Tags={"team": "my"}, **CREATION)
        ann.meta.events.register("before-sign.synthetics.CreateCanary", add)
        self.assert_denied(ann.create_canary, Name="newer", Tags={"other": "my"}, **CREATION)

    def test_what_comes_from_no_aws_service_says_so(self):
        # As AWS documents it under "Deny access based on the source IP address".
        elsewhere = {
            **EVERYTHING,
            "Effect": "Deny",
            "Condition": {
                "NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]},
                "Bool": {"aws:ViaAWSService": "false"},
            },
        }
        role = "arn:aws:iam::123456789012:role/deploy"
        of_role = {
            **EVERYTHING,
            "Condition": {
                "ArnEquals": {"aws:PrincipalArn": role},
                "StringEquals": {"aws:PrincipalType": "AssumedRole"},
            },
        }
        session = "arn:aws:sts::123456789012:assumed-role/deploy/session"
        self.serve(
            "iam", principal("ann", EVERYTHING, elsewhere), principal("deploy", of_role, arn=session)
        )
        self.assert_denied(self.client("ann").get_canary, Name="other")
        self.assert_allowed(self.client("deploy").get_canary, Name="other")

    def test_more_names_than_can_be_are_not_decided_one_by_one(self):
        import botocore.exceptions

        self.serve("iam")
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            self.admin.describe_canaries(Names=["other"] * 100_000)
        self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")

    def test_what_is_denied_changes_nothing(self):
        self.serve("iam", principal("ann", viewing("StringLike", "*")))
        self.assert_denied(self.client("ann").delete_canary, Name="other")
        self.assertEqual(self.admin.get_canary(Name="other")["Canary"]["Status"]["State"], "READY")

    def test_conditions_on_the_request(self):
        def when(condition):
            return {**EVERYTHING, "Condition": condition}

        self.serve(
            "iam",
            principal("near", when({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}})),
            principal("far", when({"NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"}})),
            principal("here", when({"StringEquals": {"aws:RequestedRegion": "us-east-1"}})),
            principal("there", when({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})),
            principal("temp", when({"DateLessThan": {"aws:CurrentTime": "2026-01-02T00:00:00Z"}})),
            principal("tls", when({"Bool": {"aws:SecureTransport": "true"}})),
        )
        self.assert_allowed(self.client("near").list_groups)
        self.assert_denied(self.client("far").list_groups)
        self.assert_allowed(self.client("here").list_groups)
        self.assert_denied(self.client("there").list_groups)
        self.assert_denied(self.client("tls").list_groups)
        self.assert_allowed(self.client("temp").list_groups)
        self.emulator.advance(to="2026-01-02T00:00:00Z")
        self.assert_denied(self.client("temp").list_groups)

    def test_an_audit_denies_nothing_and_tells(self):
        self.serve("audit", principal("ann"))
        self.assert_allowed(self.client("ann").get_canary, Name="other")
        headers = self.answer["ResponseMetadata"]["HTTPHeaders"]
        self.assertIn("Would have been denied: User: arn:", headers["x-emulator-explain"])
        _, _, journal = self.emulator.request("GET", "/_emulator/requests?limit=1")
        entry = journal["requests"][0]
        self.assertEqual(entry["status"], 200)
        self.assertIn("Would have been denied", entry["explain"])
        self.assert_allowed(self.admin.get_canary, Name="other")
        self.assertNotIn("x-emulator-explain", self.answer["ResponseMetadata"]["HTTPHeaders"])

    def test_the_narrowest_policy_of_what_was_used_is_enough(self):
        def session(client):
            client.describe_canaries()
            client.get_canary(Name="my-team-one")
            client.start_canary(Name="my-team-one")
            client.list_tags_for_resource(ResourceArn=CANARY + "my-team-one")

        self.serve("audit")
        self.emulator.request("POST", "/_emulator/reset")
        self.admin.create_canary(Name="my-team-one", **CREATION)
        session(self.admin)
        _, _, policy = self.emulator.request("GET", "/_emulator/iam/used-actions")
        self.serve("iam", principal("ann", *policy["Statement"]))
        session(self.client("ann"))
        self.assert_denied(self.client("ann").get_canary, Name="other")
        self.assert_denied(self.client("ann").stop_canary, Name="my-team-one")

    def test_a_policy_that_is_none_is_a_mistake_of_the_start(self):
        with tempfile.NamedTemporaryFile("w") as file:
            json.dump({"principals": [principal("ann", {"Effect": "Perhaps"})]}, file)
            file.flush()
            line = assert_mistake("--auth", "iam", "--credentials", file.name)
            self.assertIn("'principals.1.member.policies.1.member': Statement[0].Effect", line)


if __name__ == "__main__":
    require_boto3()
    isolate()
    ended = unittest.main(exit=False)
    if ended.result.wasSuccessful():
        figures.record("policies-decided", decided)
    raise SystemExit(not ended.result.wasSuccessful())
