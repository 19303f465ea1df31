"""Transitions that a test holds, counts or fails, and the events of what happened, as boto3 sees them."""

from boto3_suite.case import Case
from isolation import ACCOUNT, REGION

HERE = f"account={ACCOUNT}&region={REGION}"
STATUS_CHANGE = "Synthetics Canary Status Change"
ROLE_MISSING = "The role defined for the function cannot be assumed by Lambda."


class Told(Case):
    def tell(self, **states):
        status, _, body = self.emulator.request("PUT", "/_emulator/transitions", {"states": states})
        self.assertEqual(status, 200, body)

    def events(self):
        status, _, body = self.emulator.request("GET", f"/_emulator/events?{HERE}&limit=10000")
        self.assertEqual(status, 200)
        return body["events"]

    def poll(self):
        """Reads the canary until no state is about to end, as deployment tools do."""
        seen = []
        while not seen or seen[-1].endswith("ING") and seen[-1] != "RUNNING":
            seen.append(self.get()["Status"]["State"])
        return seen

    def test_a_tool_that_polls_meets_each_state_so_often(self):
        self.tell(CREATING={"polls": 3}, STARTING={"polls": 1}, DELETING={"polls": 2})
        self.create()
        self.assertEqual(self.poll(), ["CREATING"] * 3 + ["READY"])
        self.client.start_canary(Name="checkout")
        self.assertEqual(self.poll(), ["STARTING", "RUNNING"])
        self.client.stop_canary(Name="checkout")
        self.settle()
        self.client.delete_canary(Name="checkout")
        self.assertEqual([self.get()["Status"]["State"] for _ in range(2)], ["DELETING"] * 2)
        self.refused("ResourceNotFoundException", self.client.get_canary, Name="checkout")

    def test_a_held_update_is_in_the_way_until_it_is_released(self):
        self.create_ready()
        self.tell(UPDATING={"hold": True})
        self.client.update_canary(Name="checkout", SuccessRetentionPeriodInDays=5)
        self.advance(3600)
        self.refused("ConflictException", self.client.start_canary, Name="checkout")
        status, _, _ = self.emulator.request("POST", f"/_emulator/canaries/checkout/release?{HERE}")
        self.assertEqual(status, 204)
        self.client.start_canary(Name="checkout")

    def test_a_creation_that_fails_says_why(self):
        self.tell(CREATING={"then": {"state": "ERROR", "stateReason": ROLE_MISSING}, "times": 1})
        status = self.create_ready()["Status"]
        self.assertEqual(status["State"], "ERROR")
        self.assertEqual(status["StateReason"], ROLE_MISSING)
        self.assertEqual(status["StateReasonCode"], "CREATE_FAILED")
        self.client.delete_canary(Name="checkout")
        self.settle()
        self.assertEqual(self.create_ready()["Status"], {"State": "READY"})

    def test_an_update_that_fails_leaves_the_canary_as_it_was(self):
        before = self.create_running()
        self.tell(UPDATING={"then": {"stateReason": "no such subnet"}, "times": 1})
        after = self.update(SuccessRetentionPeriodInDays=5)
        self.assertEqual(after["Status"]["State"], "RUNNING")
        self.assertEqual(after["Status"]["StateReason"], "no such subnet")
        del before["Status"], after["Status"], before["Timeline"], after["Timeline"]
        self.assertEqual(after, before)
        self.assertEqual(self.update()["Status"], {"State": "RUNNING"})

    def test_events_tell_of_the_runs_and_states_that_were(self):
        canary = self.create_running()
        rule = {"rule": {"failureRate": 0.3, "stateReason": "Error: 503"}}
        self.emulator.request("PUT", f"/_emulator/canaries/checkout/outcomes?{HERE}", rule)
        self.advance(1800)
        events = self.events()
        states = [e["detail"]["current-state"] for e in events if e["detail-type"] == STATUS_CHANGE]
        self.assertEqual(states, ["CREATING", "READY", "STARTING", "RUNNING"])
        published = events[1]["detail"]["changed-config"]
        self.assertEqual(published["executionArn"], {"current-value": canary["EngineArn"]})
        told = [
            (e["detail"]["canary-run-id"], e["detail"]["test-run-status"], e["detail"]["state-reason"])
            for e in events
            if e["detail-type"] != STATUS_CHANGE
        ]
        reasons = {"PASSED": "null", "FAILED": '"Error: 503"'}
        runs = [
            (run["Id"], run["Status"]["State"], reasons[run["Status"]["State"]])
            for run in reversed(self.runs())
            if run["Status"]["State"] != "RUNNING"
        ]
        self.assertEqual(told, runs)
        self.assertEqual({state for _, state, _ in told}, {"PASSED", "FAILED"})
