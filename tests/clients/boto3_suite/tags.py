"""The three tag operations, with errors of their own (1.3, 1.4 and section 5)."""

from boto3_suite.case import Case, arn_of
from isolation import ACCOUNT, REGION

ARN = arn_of("checkout")


class Tags(Case):
    def tag(self, **tags):
        self.client.tag_resource(ResourceArn=ARN, Tags=tags)

    def tags(self, arn=ARN):
        return self.client.list_tags_for_resource(ResourceArn=arn)["Tags"]

    def test_no_tags_are_an_empty_map(self):
        self.create()
        self.assertEqual(self.tags(), {})

    def test_tags_of_the_creation(self):
        self.create(Tags={"team": "shop"})
        self.assertEqual(self.tags(), {"team": "shop"})

    def test_new_tags_are_added_and_known_ones_overwritten(self):
        self.create(Tags={"team": "shop", "env": "test"})
        self.tag(team="pay", owner="ann")
        merged = {"team": "pay", "env": "test", "owner": "ann"}
        self.assertEqual(self.tags(), merged)
        self.assertEqual(self.get()["Tags"], merged)
        self.assertEqual(self.client.describe_canaries()["Canaries"][0]["Tags"], merged)

    def test_tags_are_removed_and_unknown_keys_do_not_matter(self):
        self.create(Tags={"team": "shop", "a:b": "1", "c/d": "2", "e=f+g": "3"})
        keys = ["a:b", "c/d", "e=f+g", "none"]
        self.client.untag_resource(ResourceArn=ARN, TagKeys=keys)
        self.assertEqual(self.tags(), {"team": "shop"})
        self.client.untag_resource(ResourceArn=ARN, TagKeys=["none"])
        self.assertEqual(self.get()["Tags"], {"team": "shop"})

    def test_values_keep_every_character(self):
        self.create()
        value = 'grün \U0001f426 "quoted" \\ and / and\ttab'
        self.tag(note=value, empty="")
        self.assertEqual(self.tags(), {"note": value, "empty": ""})

    def test_answers_are_empty(self):
        self.create()
        for call, members in {
            self.client.tag_resource: {"Tags": {"a": "b"}},
            self.client.untag_resource: {"TagKeys": ["a"]},
        }.items():
            self.assertEqual(set(call(ResourceArn=ARN, **members)), {"ResponseMetadata"})

    def test_tagging_works_in_every_state_and_moves_no_instant(self):
        self.create_running()
        self.client.update_canary(Name="checkout", FailureRetentionPeriodInDays=1)
        before = self.get()
        self.emulator.advance(seconds=0.05)
        self.tag(a="b")
        self.assertEqual(self.get(), {**before, "Tags": {"a": "b"}})
        self.assertEqual(before["Status"]["State"], "UPDATING")

    def test_an_arn_without_an_account_means_the_callers(self):
        # Terraform sends it where it does not know the account.
        self.create()
        arn = arn_of("checkout", account="")
        self.client.tag_resource(ResourceArn=arn, Tags={"a": "b"})
        self.assertEqual(self.tags(arn), {"a": "b"})
        self.client.untag_resource(ResourceArn=arn, TagKeys=["a"])
        self.assertEqual(self.tags(), {})

    def assert_all_refuse(self, code, arn):
        self.refused(code, self.client.list_tags_for_resource, ResourceArn=arn)
        self.refused(code, self.client.tag_resource, ResourceArn=arn, Tags={"a": "b"})
        self.refused(code, self.client.untag_resource, ResourceArn=arn, TagKeys=["a"])

    def test_a_resource_that_is_not_there(self):
        self.create()
        group = f"arn:aws:synthetics:{REGION}:{ACCOUNT}:group:example123"
        elsewhere = arn_of("checkout", region="eu-west-1")
        foreign = arn_of("checkout", account="999999999999")
        for arn in (arn_of("none"), group, elsewhere, foreign):
            with self.subTest(arn):
                self.assert_all_refuse("NotFoundException", arn)

    def test_what_is_no_arn(self):
        for arn in (
            "checkout",
            "arn:aws:lambda:us-east-1:111122223333:function:checkout",
            "arn:aws:synthetics:us-east-1:1111:canary:checkout",
            "arn:aws:synthetics:us-east-1:111122223333:canary:Upper",
            "arn:aws:synthetics:us-east-1:111122223333:canary:",
        ):
            with self.subTest(arn):
                self.assert_all_refuse("BadRequestException", arn)

    def test_limits(self):
        self.create(Tags={"team": "shop"})
        careless = self.make_careless_client()
        bad = "BadRequestException"
        for tags in (
            {},
            {"aws:mine": "x"},
            {"k" * 129: "x"},
            {"key": "v" * 257},
            {"": "x"},
            {"under@score": "x"},
            {f"key{index}": "x" for index in range(51)},
        ):
            with self.subTest(tags):
                self.refused(bad, careless.tag_resource, ResourceArn=ARN, Tags=tags)
        self.refused(bad, careless.tag_resource, ResourceArn=ARN)
        self.refused(bad, careless.untag_resource, ResourceArn=ARN, TagKeys=[])
        keys = [f"key{index}" for index in range(51)]
        self.refused(bad, careless.untag_resource, ResourceArn=ARN, TagKeys=keys)
        self.assertEqual(self.tags(), {"team": "shop"})

    def test_fifty_tags_a_resource(self):
        self.create(Tags={"team": "shop"})
        # botocore's range of characters for a key has the digits in it.
        self.tag(**{f"key{index}": "x" for index in range(49)})
        self.assertEqual(len(self.tags()), 50)
        call = self.client.tag_resource
        self.refused("BadRequestException", call, ResourceArn=ARN, Tags={"one": "more"})
        self.assertEqual(len(self.tags()), 50)
        self.tag(team="pay")
        self.assertEqual(self.tags()["team"], "pay")

    def test_tags_of_a_creation_have_the_same_limits(self):
        # Tags within CreateCanary are its own family's business.
        for tags in ({"aws:mine": "x"}, {f"key{index}": "x" for index in range(51)}):
            with self.assertRaises(self.client.exceptions.ValidationException):
                self.create(Tags=tags)

    def test_a_deleted_canary_has_none(self):
        self.create_ready(Tags={"team": "shop"})
        self.client.delete_canary(Name="checkout")
        self.settle()
        self.assert_all_refuse("NotFoundException", ARN)
