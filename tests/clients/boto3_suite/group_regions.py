"""Groups are an account's in all regions, under one ARN with the region that made them (6)."""

from boto3_suite.case import arn_of, creation
from boto3_suite.group_case import GroupCase

OTHER = "444455556666"


class Regions(GroupCase):
    def setUp(self):
        super().setUp()
        self.ireland = self.make_client(region="eu-west-1")

    def create_in_ireland(self, name="checkout"):
        self.ireland.create_canary(**creation(name))
        return arn_of(name, region="eu-west-1")

    def test_every_region_sees_it_under_its_home_regions_arn(self):
        group = self.create_group(Tags={"team": "shop"})
        self.assertIn(":us-east-1:", group["Arn"])
        for by in ("Name", "Id", "Arn"):
            self.assertEqual(self.get_group(group[by], self.ireland), group)
        self.assertEqual(
            self.ireland.list_groups()["Groups"], self.client.list_groups()["Groups"]
        )
        theirs = self.create_group("other", self.ireland)
        self.assertIn(":eu-west-1:", theirs["Arn"])
        self.assertEqual(self.get_group("other"), theirs)

    def test_a_name_is_unique_in_all_regions(self):
        group = self.create_group()
        self.refused("ConflictException", self.ireland.create_group, Name="shop")
        self.assertEqual(self.get_group(), group)

    def test_members_are_from_all_regions(self):
        self.create()
        there = self.create_in_ireland()
        self.create_group()
        self.associate()
        self.ireland.associate_resource(GroupIdentifier="shop", ResourceArn=there)
        for client in (self.client, self.ireland):
            self.assertCountEqual(self.members(client=client), [arn_of("checkout"), there])
            self.assertEqual(self.members(client=client), self.members())
        [group] = self.ireland.list_associated_groups(ResourceArn=there)["Groups"]
        self.assertEqual(group["Name"], "shop")
        self.assertIn(":us-east-1:", group["Arn"])
        self.ireland.disassociate_resource(GroupIdentifier="shop", ResourceArn=there)
        self.assertEqual(self.members(), [arn_of("checkout")])

    def test_a_canary_is_associated_in_its_own_region_only(self):
        there = self.create_in_ireland()
        self.create_group()
        arguments = {"GroupIdentifier": "shop", "ResourceArn": there}
        gone = "ResourceNotFoundException"
        self.refused(gone, self.client.associate_resource, **arguments)
        self.refused(gone, self.client.list_associated_groups, ResourceArn=there)
        self.assertEqual(self.members(), [])

    def test_a_canary_stays_where_another_region_disassociates_it(self):
        there = self.create_in_ireland()
        self.create_group()
        arguments = {"GroupIdentifier": "shop", "ResourceArn": there}
        self.ireland.associate_resource(**arguments)
        with self.assertRaises(self.client.exceptions.ClientError):
            self.client.disassociate_resource(**arguments)
        self.assertEqual(self.members(), [there])

    def test_its_tags_are_within_reach_of_every_region(self):
        group = self.create_group()
        self.ireland.tag_resource(ResourceArn=group["Arn"], Tags={"team": "shop"})
        for client in (self.client, self.ireland):
            listed = client.list_tags_for_resource(ResourceArn=group["Arn"])
            self.assertEqual(listed["Tags"], {"team": "shop"})
        self.ireland.untag_resource(ResourceArn=group["Arn"], TagKeys=["team"])
        self.assertEqual(self.get_group(), group)

    def test_every_region_can_delete_it(self):
        self.create()
        self.create_group()
        self.associate()
        self.ireland.delete_group(GroupIdentifier="shop")
        self.refused("ResourceNotFoundException", self.client.get_group, GroupIdentifier="shop")
        self.assertEqual(self.groups_of(), [])

    def test_accounts_do_not_see_each_others(self):
        self.create()
        group = self.create_group()
        self.associate()
        other = self.make_client(account=OTHER)
        self.assertEqual(other.list_groups()["Groups"], [])
        gone = "ResourceNotFoundException"
        for by in ("Name", "Id", "Arn"):
            self.refused(gone, other.get_group, GroupIdentifier=group[by])
            self.refused(gone, other.delete_group, GroupIdentifier=group[by])
        listing = other.list_tags_for_resource
        self.refused("NotFoundException", listing, ResourceArn=group["Arn"])
        self.refused(gone, other.list_associated_groups, ResourceArn=arn_of("checkout"))

        theirs = self.create_group(client=other)
        self.assertNotEqual(theirs["Id"], group["Id"])
        self.assertIn(f":{OTHER}:", theirs["Arn"])
        foreign = {"GroupIdentifier": "shop", "ResourceArn": arn_of("checkout")}
        self.refused(gone, other.associate_resource, **foreign)
        other.delete_group(GroupIdentifier="shop")
        self.assertEqual(self.members(), [arn_of("checkout")])

    def test_partitions(self):
        for region, partition in {"cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov"}.items():
            with self.subTest(region):
                client = self.make_client(region=region)
                group = self.create_group(region, client)
                prefix = f"arn:{partition}:synthetics:{region}:"
                self.assertTrue(group["Arn"].startswith(prefix), group["Arn"])
                self.assertEqual(self.get_group(group["Arn"], client), group)
                client.create_canary(**creation())
                arn = prefix + "111122223333:canary:checkout"
                client.associate_resource(GroupIdentifier=region, ResourceArn=arn)
                self.assertEqual(self.members(region, client), [arn])
                foreign = arn_of("checkout", region=region)  # in the partition of most regions
                arguments = {"GroupIdentifier": region, "ResourceArn": foreign}
                self.refused("ResourceNotFoundException", client.associate_resource, **arguments)


class DeletionAtHome(GroupCase):
    options = ("--group-deletion", "home")

    def test_only_its_home_region_deletes_a_group(self):
        group = self.create_group()
        ireland = self.make_client(region="eu-west-1")
        for by in ("Name", "Id", "Arn"):
            call = ireland.delete_group
            message = self.refused("ValidationException", call, GroupIdentifier=group[by])
            self.assertIn("us-east-1", message)
        self.refused("ResourceNotFoundException", ireland.delete_group, GroupIdentifier="none")
        self.assertEqual(self.get_group(), group)
        self.client.delete_group(GroupIdentifier="shop")
        self.assertEqual(self.client.list_groups()["Groups"], [])
