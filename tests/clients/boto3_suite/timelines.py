"""Which instants a canary's Timeline shows after which step (3.2 and section 4)."""

import datetime

from boto3_suite.case import Case, at


class Timelines(Case):
    def now(self):
        _, _, clock = self.emulator.request("GET", "/_emulator/clock")
        return datetime.datetime.fromisoformat(clock["now"].replace("Z", "+00:00"))

    def timeline(self):
        return self.get()["Timeline"]

    def test_created_equals_last_modified_at_first(self):
        self.advance(90.25)
        created = self.create()["Timeline"]
        instant = at(seconds=90.25)
        self.assertEqual(created, {"Created": instant, "LastModified": instant})
        self.assertEqual(self.timeline(), created)

    def test_last_modified_is_the_moment_of_ready(self):
        self.create_ready()
        ready_at = self.now()
        self.assertGreater(ready_at, at(seconds=0))
        self.advance(60)
        self.assertEqual(self.timeline(), {"Created": at(seconds=0), "LastModified": ready_at})

    def test_a_start_moves_last_modified_and_running_sets_last_started_to_it(self):
        self.create_ready()
        self.advance(60)
        self.client.start_canary(Name="checkout")
        starting = self.timeline()
        self.assertEqual(starting["LastModified"], self.now())
        self.assertNotIn("LastStarted", starting)
        self.settle()
        running = self.timeline()
        self.assertEqual(running["LastStarted"], self.now())
        self.assertEqual(running["LastStarted"], running["LastModified"])
        self.assertNotIn("LastStopped", running)

    def test_a_stop_moves_last_modified_and_stopped_sets_last_stopped_to_it(self):
        self.create_running()
        self.advance(60)
        self.client.stop_canary(Name="checkout")
        stopping = self.timeline()
        self.assertEqual(stopping["LastModified"], self.now())
        self.assertNotIn("LastStopped", stopping)
        self.settle()
        stopped = self.timeline()
        self.assertEqual(stopped["LastStopped"], self.now())
        self.assertEqual(stopped["LastStopped"], stopped["LastModified"])
        self.assertLess(stopped["LastStarted"], stopped["LastStopped"])

    def test_a_restart_moves_last_started_and_keeps_the_old_stop(self):
        before = self.create_stopped()["Timeline"]
        self.advance(60)
        self.client.start_canary(Name="checkout")
        self.settle()
        after = self.timeline()
        self.assertEqual(after["LastStarted"], self.now())
        self.assertEqual(after["LastStopped"], before["LastStopped"])
        self.assertEqual(after["Created"], at(seconds=0))

    def test_an_update_moves_last_modified_only(self):
        before = self.create_stopped()["Timeline"]
        self.advance(60)
        after = self.update(FailureRetentionPeriodInDays=3)["Timeline"]
        self.assertGreater(after["LastModified"], before["LastModified"])
        self.assertEqual({**after, "LastModified": before["LastModified"]}, before)

    def test_a_delete_moves_last_modified(self):
        self.create_ready()
        self.advance(60)
        self.client.delete_canary(Name="checkout")
        self.assertEqual(self.timeline()["LastModified"], self.now())
