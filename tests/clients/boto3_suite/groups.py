"""Groups by themselves: how one looks, by what it is named, its tags, how many there can be (6)."""

from boto3_suite.case import arn_of, at
from boto3_suite.group_case import GroupCase
from isolation import ACCOUNT, REGION

NAMES = [
    "shop",
    "Shop",
    "My Group ü/x",
    "a/b//c",
    "100% & more? #1 + a:b;c=d",
    "%2F",
    "カナリア \U0001f426",
    "n" * 64,
    "\U0001f426" * 64,
]


def arn_of_group(group, account=ACCOUNT, region=REGION):
    return f"arn:aws:synthetics:{region}:{account}:group:{group['Id']}"


class Groups(GroupCase):
    def setUp(self):
        super().setUp()
        # Of each operation on one group, the call with what else it needs.
        arn = {"ResourceArn": arn_of("checkout")}
        self.calls = {
            self.client.get_group: {},
            self.client.list_group_resources: {},
            self.client.associate_resource: arn,
            self.client.disassociate_resource: arn,
            self.client.delete_group: {},
        }

    def test_a_new_group(self):
        self.advance(90.25)
        group = self.create_group()
        self.assertRegex(group["Id"], "^[0-9a-z]{10}$")
        self.assertEqual(
            group,
            {
                "Id": group["Id"],
                "Name": "shop",
                "Arn": arn_of_group(group),
                "Tags": {},
                "CreatedTime": at(seconds=90.25),
                "LastModifiedTime": at(seconds=90.25),
            },
        )
        self.assertEqual(self.get_group(), group)
        self.assertEqual(self.members(), [])

    def test_it_is_there_as_soon_as_it_is_created_and_gone_as_soon_as_it_is_deleted(self):
        self.create_group()
        self.assertEqual(len(self.client.list_groups()["Groups"]), 1)
        answer = self.client.delete_group(GroupIdentifier="shop")
        self.assertEqual(set(answer), {"ResponseMetadata"})
        self.refused("ResourceNotFoundException", self.client.get_group, GroupIdentifier="shop")
        listed = self.client.list_groups()
        self.assertEqual(listed["Groups"], [])
        self.assertNotIn("NextToken", listed)

    def test_it_is_named_by_name_id_or_arn(self):
        groups = [self.create_group(name) for name in NAMES]
        for group in groups:
            for identifier in (group["Name"], group["Id"], group["Arn"]):
                with self.subTest(identifier):
                    self.assertEqual(self.get_group(identifier), group)
        listed = self.client.list_groups()["Groups"]
        self.assertCountEqual([row["Name"] for row in listed], NAMES)

    def test_every_operation_takes_name_id_and_arn(self):
        self.create()
        for index, by in enumerate(["Name", "Id", "Arn"]):
            with self.subTest(by):
                identifier = self.create_group(f"group/{index}")[by]
                for call, members in self.calls.items():
                    call(GroupIdentifier=identifier, **members)
        self.assertEqual(self.client.list_groups()["Groups"], [])

    def test_an_arn_without_an_account_means_the_callers(self):
        group = self.create_group()
        self.assertEqual(self.get_group(arn_of_group(group, account="")), group)

    def test_a_name_is_taken_until_its_group_is_deleted(self):
        first = self.create_group(Tags={"team": "shop"})
        call = self.client.create_group
        message = self.refused("ConflictException", call, Name="shop", Tags={"team": "pay"})
        self.assertIn("already exists", message)
        self.assertEqual(self.get_group(), first)
        self.client.delete_group(GroupIdentifier="shop")
        second = self.create_group()
        self.assertNotEqual(second["Id"], first["Id"])
        self.assertEqual(second["Tags"], {})

    def test_a_group_that_is_not_there(self):
        self.create()
        group = self.create_group()
        for identifier in (
            "none",
            "SHOP",
            "example123",
            "arn:aws:synthetics:us-east-1:111122223333:group:example123",
            "arn:aws:synthetics:us-east-1:111122223333:group:shop",
            arn_of_group(group, account="444455556666"),
            arn_of_group(group, region="eu-west-1"),
            arn_of("checkout"),
        ):
            for call, members in self.calls.items():
                with self.subTest(identifier, call=call.__name__):
                    arguments = {"GroupIdentifier": identifier, **members}
                    self.refused("ResourceNotFoundException", call, **arguments)
        self.assertEqual(self.get_group(), group)

    def test_limits(self):
        careless = self.make_careless_client()
        bad = "ValidationException"
        for members in ({}, {"Name": ""}, {"Name": "n" * 65}):
            self.refused(bad, careless.create_group, **members)
        for tags in ({"aws:mine": "x"}, {f"key{index}": "x" for index in range(51)}):
            self.refused(bad, careless.create_group, Name="shop", Tags=tags)
        self.refused(bad, careless.get_group, GroupIdentifier="n" * 129)
        self.refused(bad, careless.associate_resource, GroupIdentifier="shop")
        self.assertEqual(self.client.list_groups()["Groups"], [])


class TagsOfGroups(GroupCase):
    def test_its_arn_leads_to_its_tags(self):
        self.advance(1)
        group = self.create_group(Tags={"team": "shop", "env": "test"})
        self.assertEqual(group["Tags"], {"team": "shop", "env": "test"})
        self.advance(1)
        arn = {"ResourceArn": group["Arn"]}
        self.client.tag_resource(**arn, Tags={"env": "live", "owner": "ann"})
        self.client.untag_resource(**arn, TagKeys=["team", "none"])
        tags = {"env": "live", "owner": "ann"}
        self.assertEqual(self.client.list_tags_for_resource(**arn)["Tags"], tags)
        self.assertEqual(self.get_group(), {**group, "Tags": tags})

    def test_no_tags_are_an_empty_map(self):
        group = self.create_group()
        listed = self.client.list_tags_for_resource(ResourceArn=group["Arn"])
        self.assertEqual(listed["Tags"], {})

    def test_fifty_tags_a_group(self):
        group = self.create_group(Tags={f"key{index}": "x" for index in range(50)})
        call = self.client.tag_resource
        self.refused("BadRequestException", call, ResourceArn=group["Arn"], Tags={"one": "more"})
        self.assertEqual(self.get_group(), group)

    def test_a_deleted_group_has_none(self):
        group = self.create_group(Tags={"team": "shop"})
        self.client.delete_group(GroupIdentifier="shop")
        gone = "NotFoundException"
        arn = {"ResourceArn": group["Arn"]}
        self.refused(gone, self.client.list_tags_for_resource, **arn)
        self.refused(gone, self.client.tag_resource, **arn, Tags={"a": "b"})
        self.refused(gone, self.client.untag_resource, **arn, TagKeys=["team"])

    def test_its_name_is_no_part_of_an_arn(self):
        self.create_group()
        arn = "arn:aws:synthetics:us-east-1:111122223333:group:shop"
        self.refused("NotFoundException", self.client.list_tags_for_resource, ResourceArn=arn)


class QuotaOfGroups(GroupCase):
    quota = 20

    def test_an_account_has_so_many(self):
        for index in range(self.quota):
            self.create_group(f"group-{index}")
        before = self.client.list_groups()["Groups"]
        self.assertEqual(len(before), self.quota)
        call = self.client.create_group
        message = self.refused("ServiceQuotaExceededException", call, Name="one-more")
        self.assertIn(str(self.quota), message)
        self.assertEqual(self.client.list_groups()["Groups"], before)
        self.refused(
            "ResourceNotFoundException", self.client.get_group, GroupIdentifier="one-more"
        )
        # Another region's are the same account's.
        ireland = self.make_client(region="eu-west-1")
        self.refused("ServiceQuotaExceededException", ireland.create_group, Name="one-more")
        self.create_group(client=self.make_client(account="444455556666"))

        self.client.delete_group(GroupIdentifier="group-0")
        self.create_group("one-more")
        self.refused("ServiceQuotaExceededException", call, Name="two-more")


class QuotaOfGroupsByOption(QuotaOfGroups):
    options = ("--quota-groups", "3")
    quota = 3
