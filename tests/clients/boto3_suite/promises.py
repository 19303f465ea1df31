"""Two promises: a day loses and doubles no run, and the same seed gives the same world."""

from boto3_suite.case import NEW_RUNTIME, Case, arn_of, at, creation, runs_of
from strict import MODEL, Strict

DAY = 24 * 60 * 60


class ADay(Case):
    options = ("--transitions", "instant")

    def test_a_day_has_a_run_at_its_start_and_one_at_each_full_minute(self):
        self.create()
        self.client.start_canary(Name="checkout")
        moved = self.emulator.advance(seconds=DAY)
        self.assertEqual(moved["now"], "2026-01-02T00:00:00Z")
        self.assertEqual(moved["runsStarted"], 24 * 60)  # the first was there before

        runs = self.runs()
        started = [run["Timeline"]["Started"] for run in runs]
        self.assertEqual(started, [at(minutes=minute) for minute in range(24 * 60, -1, -1)])
        self.assertEqual(len({run["Id"] for run in runs}), 1441)
        self.assertEqual(runs[0]["Status"]["State"], "RUNNING")
        self.assertEqual({run["Status"]["State"] for run in runs[1:]}, {"PASSED"})

    def test_a_day_in_steps_is_the_same_day(self):
        emulator = self.start(*self.options)
        stepped = self.make_client(emulator=emulator)
        for client in (self.client, stepped):
            client.create_canary(**creation())
            client.start_canary(Name="checkout")
        self.advance(DAY)
        for _ in range(24):
            emulator.advance(seconds=3599.5)
            emulator.advance(seconds=0.5)
        self.assertEqual(self.runs(), runs_of(stepped))


class ASeed(Case):
    def live(self, seed):
        """All that a new process answers in a session."""
        emulator = self.start(seed=seed)
        self.strict = Strict(set())
        client = self.make_client(emulator=emulator)
        client.create_canary(**creation(VpcConfig={"SubnetIds": ["subnet-1"]}))
        client.create_canary(**creation("search", RuntimeVersion=NEW_RUNTIME))
        emulator.advance(until="settled")
        client.start_canary(Name="checkout")
        client.start_canary(Name="search")
        emulator.advance(seconds=DAY)
        runs_of(client)
        client.tag_resource(ResourceArn=arn_of("search"), Tags={"a": "b"})
        client.update_canary(Name="search", FailureRetentionPeriodInDays=2)
        emulator.advance(until="nextRun")
        client.create_group(Name="shop", Tags={"a": "b"})
        for name in ("checkout", "search"):
            client.associate_resource(GroupIdentifier="shop", ResourceArn=arn_of(name))
        client.list_group_resources(GroupIdentifier="shop", MaxResults=1)
        if "StartCanaryDryRun" in MODEL.operation_names:
            client.start_canary_dry_run(Name="search")
            emulator.advance(until="settled")
            client.get_canary_runs(Name="search", RunType="DRY_RUN")
        client.stop_canary(Name="checkout")
        client.describe_canaries()
        client.describe_canaries_last_run(MaxResults=1)
        client.describe_runtime_versions(MaxResults=3)
        with self.assertRaises(client.exceptions.ResourceNotFoundException):
            client.get_canary(Name="none")
        emulator.stop()
        return self.strict.answers

    def test_the_same_seed_gives_the_same_answers_byte_for_byte(self):
        self.assertEqual(self.live(seed=1), self.live(seed=1))

    def test_another_seed_gives_other_ids(self):
        one, other = self.live(seed=1), self.live(seed=2)
        self.assertEqual([row[0] for row in one], [row[0] for row in other])
        self.assertNotEqual(one[0][2], other[0][2])
