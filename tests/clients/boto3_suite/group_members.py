"""Canaries in groups: associating them, disassociating them, and how many there can be (6)."""

from boto3_suite.case import arn_of, at
from boto3_suite.group_case import GroupCase


class Members(GroupCase):
    def test_an_association_is_listed_from_both_ends(self):
        for name in ("checkout", "search", "alone"):
            self.create(name)
        for name in ("shop", "My Group ü/x"):
            self.create_group(name)
        self.associate("shop", "checkout")
        self.associate("My Group ü/x", "checkout")
        self.associate("shop", "search")
        self.assertCountEqual(self.members(), [arn_of("checkout"), arn_of("search")])
        self.assertEqual(self.members("My Group ü/x"), [arn_of("checkout")])
        self.assertCountEqual(self.groups_of("checkout"), ["shop", "My Group ü/x"])
        self.assertEqual(self.groups_of("search"), ["shop"])

        none = self.client.list_associated_groups(ResourceArn=arn_of("alone"))
        self.assertEqual(none["Groups"], [])
        self.assertNotIn("NextToken", none)

    def test_a_listed_group_is_id_name_and_arn(self):
        self.create()
        group = self.create_group(Tags={"team": "shop"})
        self.associate()
        summary = {member: group[member] for member in ("Id", "Name", "Arn")}
        of_canary = self.client.list_associated_groups(ResourceArn=arn_of("checkout"))
        self.assertEqual(of_canary["Groups"], [summary])
        self.assertEqual(self.client.list_groups()["Groups"], [summary])

    def test_associating_and_disassociating_modify_the_group(self):
        self.create()
        group = self.create_group()
        self.advance(10)
        self.associate()
        self.assertEqual(self.get_group(), {**group, "LastModifiedTime": at(seconds=10)})
        self.advance(10)
        self.associate()  # once more changes nothing
        self.assertEqual(self.get_group(), {**group, "LastModifiedTime": at(seconds=10)})
        self.assertEqual(self.members(), [arn_of("checkout")])
        self.disassociate()
        self.assertEqual(self.get_group(), {**group, "LastModifiedTime": at(seconds=20)})
        self.assertEqual(self.members(), [])
        self.assertEqual(self.groups_of(), [])

    def test_disassociating_a_canary_that_is_not_in_the_group(self):
        # Terraform reads these words as done.
        self.create()
        self.create("search")
        self.create_group()
        self.create_group("pay")
        self.associate("pay")
        self.associate("shop", "search")
        arguments = {"GroupIdentifier": "shop", "ResourceArn": arn_of("checkout")}
        message = self.refused(
            "ValidationException", self.client.disassociate_resource, **arguments
        )
        self.assertIn("does not exist in group", message)
        self.assertEqual(self.groups_of(), ["pay"])
        self.assertEqual(self.members(), [arn_of("search")])

    def test_an_unknown_canary(self):
        self.create_group()
        unknown = {"ResourceArn": arn_of("none")}
        gone = "ResourceNotFoundException"
        self.refused(gone, self.client.list_associated_groups, **unknown)
        associate = self.client.associate_resource
        self.refused(gone, associate, GroupIdentifier="shop", **unknown)
        self.refused(gone, associate, GroupIdentifier="none", **unknown)
        self.assertEqual(self.members(), [])

    def test_what_is_no_canarys_arn(self):
        group = self.create_group()
        careless = self.make_careless_client()
        for arn in (
            "checkout",
            "arn:aws:lambda:us-east-1:111122223333:function:checkout",
            "arn:aws:synthetics:us-east-1:111122223333:canary:Upper",
            "arn:aws:synthetics:us-east-1:111122223333:canary:",
            group["Arn"],
        ):
            for call in (careless.associate_resource, careless.disassociate_resource):
                with self.subTest(arn, call=call.__name__):
                    arguments = {"GroupIdentifier": "shop", "ResourceArn": arn}
                    self.refused("ValidationException", call, **arguments)
            listing = careless.list_associated_groups
            self.refused("ValidationException", listing, ResourceArn=arn)

    def test_an_arn_without_an_account_means_the_callers(self):
        # Terraform sends it where it does not know the account.
        self.create()
        self.create_group()
        arn = arn_of("checkout", account="")
        self.client.associate_resource(GroupIdentifier="shop", ResourceArn=arn)
        self.assertEqual(self.members(), [arn_of("checkout")])
        [group] = self.client.list_associated_groups(ResourceArn=arn)["Groups"]
        self.assertEqual(group["Name"], "shop")
        self.client.disassociate_resource(GroupIdentifier="shop", ResourceArn=arn)
        self.assertEqual(self.members(), [])

    def test_a_deleted_group_leaves_its_canaries(self):
        before = self.create_running()
        self.create_group()
        self.associate()
        self.client.delete_group(GroupIdentifier="shop")
        self.assertEqual(self.groups_of(), [])
        self.assertEqual(self.get(), before)
        self.create_group()
        self.assertEqual(self.members(), [])

    def test_a_deleted_canary_is_in_no_group(self):
        self.create_ready()
        self.create_ready("search")
        self.create_group()
        self.associate()
        self.associate(canary="search")
        self.client.delete_canary(Name="checkout")
        self.settle()
        self.assertEqual(self.members(), [arn_of("search")])
        self.create()
        self.assertEqual(self.groups_of(), [])
        self.assertEqual(self.members(), [arn_of("search")])


class Quotas(GroupCase):
    canaries = 10
    groups = 10

    def over(self, group, canary):
        arguments = {"GroupIdentifier": group, "ResourceArn": arn_of(canary)}
        call = self.client.associate_resource
        return self.refused("ServiceQuotaExceededException", call, **arguments)

    def test_a_group_has_so_many_canaries(self):
        for index in range(self.canaries + 1):
            self.create(f"canary-{index}")
        self.create_group()
        for index in range(self.canaries):
            self.associate("shop", f"canary-{index}")
        members, group = self.members(), self.get_group()
        self.assertEqual(len(members), self.canaries)
        one_more = f"canary-{self.canaries}"
        self.advance(1)
        self.assertIn(str(self.canaries), self.over("shop", one_more))
        self.assertEqual(self.members(), members)
        self.assertEqual(self.groups_of(one_more), [])
        self.assertEqual(self.get_group(), group)

        self.associate("shop", "canary-0")  # one that is in it is no news
        self.disassociate("shop", "canary-0")
        self.associate("shop", one_more)
        self.over("shop", "canary-0")

    def test_a_canary_is_in_so_many_groups(self):
        self.create()
        for index in range(self.groups + 1):
            self.create_group(f"group-{index}")
        for index in range(self.groups):
            self.associate(f"group-{index}")
        groups = self.groups_of()
        self.assertEqual(len(groups), self.groups)
        one_more = f"group-{self.groups}"
        self.assertIn(str(self.groups), self.over(one_more, "checkout"))
        self.assertEqual(self.groups_of(), groups)
        self.assertEqual(self.members(one_more), [])

        self.client.delete_group(GroupIdentifier="group-0")
        self.associate(one_more)
        self.assertEqual(len(self.groups_of()), self.groups)


class QuotasByOption(Quotas):
    options = ("--quota-group-canaries", "2", "--quota-canary-groups", "3")
    canaries = 2
    groups = 3
