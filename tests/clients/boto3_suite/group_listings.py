"""The three listings of groups: their pages and tokens (section 8)."""

from boto3_suite.case import arn_of, pages_of
from boto3_suite.group_case import GroupCase

COUNT = 7


class GroupListings(GroupCase):
    # So that a listing can be longer than its longest page.
    options = (
        *("--quota-groups", "99"),
        *("--quota-group-canaries", "99"),
        *("--quota-canary-groups", "99"),
    )

    def fill(self, count=COUNT):
        """Makes `count` groups, all with canary-0, and `count` canaries, all in group-0.

        Returns the three listings of them, each a call, the member with what it lists, and its
        arguments.
        """
        for index in range(count):
            self.create(f"canary-{index}")
            self.create_group(f"group-{index}")
        for index in range(count):
            self.associate("group-0", f"canary-{index}")
            self.associate(f"group-{index}", "canary-0")
        client = self.client
        return [
            (client.list_groups, "Groups", {}),
            (client.list_group_resources, "Resources", {"GroupIdentifier": "group-0"}),
            (client.list_associated_groups, "Groups", {"ResourceArn": arn_of("canary-0")}),
        ]

    def test_pages(self):
        for call, member, arguments in self.fill():
            everything = call(**arguments)[member]
            self.assertEqual(len(everything), COUNT)
            for size in (1, 3, 6, 7, 20):
                with self.subTest(call.__name__, size=size):
                    pages = pages_of(call, member, MaxResults=size, **arguments)
                    self.assertEqual([row for page in pages for row in page], everything)
                    self.assertTrue(all(len(page) == size for page in pages[:-1]))
                    self.assertTrue(pages[-1])

    def test_a_page_has_twenty_where_nothing_is_said(self):
        for call, member, arguments in self.fill(21):
            sizes = [len(page) for page in pages_of(call, member, **arguments)]
            self.assertEqual(sizes, [20, 1], call.__name__)

    def test_refusals(self):
        for call, _, arguments in self.fill(2):
            careless = getattr(self.make_careless_client(), call.__name__)
            with self.subTest(call.__name__):
                for limit in (0, -1, 21):
                    self.refused("ValidationException", careless, MaxResults=limit, **arguments)
                good = call(MaxResults=1, **arguments)["NextToken"]
                changed = good[:-2] + ("AA" if good[-2:] != "AA" else "BB")
                for token in ("", "nonsense", "x" * 513, good[1:], good + "A", changed):
                    self.refused("ValidationException", careless, NextToken=token, **arguments)

    def test_a_token_leads_on_in_its_own_listing_only(self):
        listings = self.fill(3)
        ireland = self.make_client(region="eu-west-1")
        other_group = (self.client.list_group_resources, {"GroupIdentifier": "group-1"})
        other_canary = (self.client.list_associated_groups, {"ResourceArn": arn_of("canary-1")})
        elsewhere = [
            other_group,
            other_canary,
            (ireland.list_groups, {}),
            (self.make_client(account="444455556666").list_groups, {}),
            (self.client.describe_canaries, {}),
            (self.client.describe_runtime_versions, {}),
        ]
        for call, _, arguments in listings:
            token = call(MaxResults=1, **arguments)["NextToken"]
            others = [(row[0], row[2]) for row in listings if row[0] != call]
            for other, its_arguments in others + elsewhere:
                with self.subTest(call.__name__, other=other.__name__):
                    bad = {**its_arguments, "NextToken": token}
                    message = self.refused("ValidationException", other, **bad)
                    self.assertIn("NextToken", message)

    def test_a_token_is_good_however_the_group_is_named(self):
        self.fill()
        group = self.get_group("group-0")
        call = self.client.list_group_resources
        first = call(GroupIdentifier=group["Name"], MaxResults=4)
        rest = call(GroupIdentifier=group["Arn"], NextToken=first["NextToken"])
        self.assertEqual(first["Resources"] + rest["Resources"], self.members("group-0"))

    def test_nothing_is_skipped_or_doubled_where_groups_come_and_go(self):
        [listing, _, of_canary] = self.fill()
        before = [group["Name"] for group in self.client.list_groups()["Groups"]]
        for call, member, arguments in (listing, of_canary):
            first = call(MaxResults=3, **arguments)
            for group in first[member]:
                if group["Name"] != "group-0":
                    self.client.delete_group(GroupIdentifier=group["Id"])
            for index in range(5):
                name = f"{call.__name__}-{index}"
                self.create_group(name)
                self.associate(name, "canary-0")
            rest = call(NextToken=first["NextToken"], **arguments)
            names = [group["Name"] for group in first[member] + rest[member]]
            self.assertEqual(len(set(names)), len(names))
            self.assertEqual([name for name in names if name in before], before)
            before = [group["Name"] for group in call(**arguments)[member]]

    def test_nothing_is_skipped_or_doubled_where_members_come_and_go(self):
        _, (call, _, arguments), _ = self.fill()
        before = call(**arguments)["Resources"]
        first = call(MaxResults=3, **arguments)
        for arn in first["Resources"]:
            self.client.disassociate_resource(GroupIdentifier="group-0", ResourceArn=arn)
        for index in range(5):
            self.create(f"new-{index}")
            self.associate("group-0", f"new-{index}")
        rest = call(NextToken=first["NextToken"], **arguments)
        arns = first["Resources"] + rest["Resources"]
        self.assertEqual(len(set(arns)), len(arns))
        self.assertEqual([arn for arn in arns if arn in before], before)
