"""Accounts and regions: each is a world of its own, all on one clock."""

from boto3_suite.case import Case, arn_of, at, creation
from isolation import ACCOUNT

OTHER = "444455556666"


class Scopes(Case):
    def test_accounts_do_not_see_each_other(self):
        mine = self.create_ready()
        other = self.make_client(account=OTHER)
        self.assertEqual(other.describe_canaries()["Canaries"], [])
        with self.assertRaises(other.exceptions.ResourceNotFoundException):
            other.get_canary(Name="checkout")
        message = self.refused(
            "NotFoundException", other.list_tags_for_resource, ResourceArn=arn_of("checkout")
        )
        self.assertTrue(message)

        other.create_canary(**creation())
        self.settle()
        theirs = other.get_canary(Name="checkout")["Canary"]
        self.assertNotEqual(theirs["Id"], mine["Id"])
        self.assertIn(f":{ACCOUNT}:", mine["EngineArn"])
        self.assertIn(f":{OTHER}:", theirs["EngineArn"])
        other.delete_canary(Name="checkout")
        self.settle()
        self.assertEqual(self.get(), mine)

    def test_regions_do_not_see_each_other(self):
        self.create_running()
        ireland = self.make_client(region="eu-west-1")
        self.assertEqual(ireland.describe_canaries()["Canaries"], [])
        self.assertEqual(ireland.describe_canaries_last_run()["CanariesLastRun"], [])
        self.refused("ResourceNotFoundException", ireland.stop_canary, Name="checkout")
        ireland.create_canary(**creation())
        self.settle()
        canary = ireland.get_canary(Name="checkout")["Canary"]
        self.assertIn(":eu-west-1:", canary["EngineArn"])
        self.assertEqual(canary["Status"], {"State": "READY"})
        self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
        arn = arn_of("checkout", region="eu-west-1")
        ireland.tag_resource(ResourceArn=arn, Tags={"a": "b"})
        self.assertEqual(self.get()["Tags"], {})

    def test_the_partition_follows_the_region(self):
        china = self.make_client(region="cn-north-1")
        china.create_canary(**creation())
        self.settle()
        engine = china.get_canary(Name="checkout")["Canary"]["EngineArn"]
        self.assertTrue(engine.startswith(f"arn:aws-cn:lambda:cn-north-1:{ACCOUNT}:"), engine)

    def test_an_access_key_that_is_no_account_means_the_default_one(self):
        for key in ("AKIAIOSFODNN7EXAMPLE", "test", "1234"):
            client = self.make_client(account=key)
            if not client.describe_canaries()["Canaries"]:
                client.create_canary(**creation())
        self.settle()
        default = self.make_client(account="123456789012").get_canary(Name="checkout")["Canary"]
        self.assertIn(":123456789012:", default["EngineArn"])

    def test_one_clock_moves_them_all(self):
        clients = [self.make_client(account=OTHER), self.make_client(region="ap-southeast-2")]
        for client in clients:
            client.create_canary(**creation())
        self.settle()
        for client in clients:
            client.start_canary(Name="checkout")
        self.settle()
        self.advance(300)
        runs = [client.get_canary_runs(Name="checkout")["CanaryRuns"] for client in clients]
        starts = [[run["Timeline"]["Started"] for run in of_one] for of_one in runs]
        self.assertEqual(starts[0], starts[1])
        self.assertEqual(len(starts[0]), 6)
        self.assertGreater(starts[0][-1], at(seconds=0))
