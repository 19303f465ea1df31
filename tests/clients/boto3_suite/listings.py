"""DescribeCanaries: order, pages and names (section 8)."""

import uuid

from boto3_suite.case import Case, pages_of


class Listings(Case):
    def create_several(self, count):
        for index in range(count):
            self.create(f"canary-{index}")

    def pages(self, **arguments):
        return pages_of(self.client.describe_canaries, "Canaries", **arguments)

    def test_an_empty_account(self):
        answer = self.client.describe_canaries()
        self.assertEqual(answer["Canaries"], [])
        self.assertNotIn("NextToken", answer)

    def test_pages_in_the_order_of_ids(self):
        self.create_several(5)
        pages = self.pages(MaxResults=2)
        self.assertEqual([len(page) for page in pages], [2, 2, 1])
        ids = [canary["Id"] for page in pages for canary in page]
        self.assertEqual(ids, sorted(ids, key=lambda text: uuid.UUID(text).int))
        names = {canary["Name"] for page in pages for canary in page}
        self.assertEqual(names, {f"canary-{index}" for index in range(5)})

    def test_a_last_page_that_is_full_has_no_token(self):
        self.create_several(4)
        self.assertEqual([len(page) for page in self.pages(MaxResults=2)], [2, 2])
        self.assertEqual([len(page) for page in self.pages(MaxResults=4)], [4])

    def test_a_page_has_twenty_where_nothing_is_said(self):
        self.create_several(21)
        self.assertEqual([len(page) for page in self.pages()], [20, 1])
        self.assertEqual([len(page) for page in self.pages(MaxResults=20)], [20, 1])

    def test_a_listed_canary_is_as_get_canary_shows_it(self):
        self.create_running(Tags={"team": "shop"})
        self.assertEqual(self.pages(), [[self.get()]])

    def test_paging_goes_on_where_canaries_come_and_go(self):
        self.create_several(6)
        self.settle()
        first = self.client.describe_canaries(MaxResults=3)
        for canary in first["Canaries"]:
            self.client.delete_canary(Name=canary["Name"])
        self.settle()
        second = self.client.describe_canaries(MaxResults=3, NextToken=first["NextToken"])
        names = [canary["Name"] for canary in first["Canaries"] + second["Canaries"]]
        self.assertEqual(sorted(names), [f"canary-{index}" for index in range(6)])

    def test_names(self):
        self.create_several(5)
        by_name = self.client.describe_canaries(Names=["canary-3", "none", "canary-1"])
        names = {canary["Name"] for canary in by_name["Canaries"]}
        self.assertEqual(names, {"canary-1", "canary-3"})
        self.assertEqual(self.client.describe_canaries(Names=["none"])["Canaries"], [])
        everything = [f"canary-{index}" for index in range(5)]
        pages = self.pages(Names=everything, MaxResults=2)
        self.assertEqual([len(page) for page in pages], [2, 2, 1])

    def test_refusals(self):
        self.create_several(3)
        describe = self.make_careless_client().describe_canaries
        bad = "ValidationException"
        for limit in (0, 21, -1):
            self.refused(bad, describe, MaxResults=limit)
        self.refused(bad, describe, Names=[])
        self.refused(bad, describe, Names=[f"canary-{index}" for index in range(6)])
        self.refused(bad, describe, Names=["Upper"])
        for token in ("abc", "nonsense", "x" * 253):
            self.refused(bad, describe, NextToken=token)
        token = describe(MaxResults=1)["NextToken"]
        last_run = self.client.describe_canaries_last_run
        self.assertIn("NextToken", self.refused(bad, last_run, NextToken=token))
        in_another_region = self.make_client(region="eu-west-1").describe_canaries
        self.refused(bad, in_another_region, NextToken=token)
