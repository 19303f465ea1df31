"""When a canary runs: by its rate, once, or for a limited time."""

from boto3_suite.case import Case, at


class Schedules(Case):
    options = ("--transitions", "instant")  # a call's effect is at the instant of the call

    def started(self, name="checkout"):
        """The instants of its runs, the earliest first."""
        return [run["Timeline"]["Started"] for run in reversed(self.runs(name))]

    def states(self):
        return [run["Status"]["State"] for run in self.runs()]

    def test_instant_transitions_are_over_when_the_call_answers(self):
        self.assertEqual(self.create()["Status"], {"State": "READY"})
        self.client.start_canary(Name="checkout")
        self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
        self.client.update_canary(Name="checkout", FailureRetentionPeriodInDays=1)
        self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
        self.client.stop_canary(Name="checkout")
        self.assertEqual(self.get()["Status"], {"State": "STOPPED"})
        self.client.delete_canary(Name="checkout")
        with self.assertRaises(self.client.exceptions.ResourceNotFoundException):
            self.get()

    def test_the_first_run_begins_with_the_start(self):
        self.create_running(Schedule={"Expression": "rate(5 minutes)"})
        self.assertEqual(self.started(), [at(seconds=0)])
        self.assertEqual(self.states(), ["RUNNING"])

    def test_it_runs_by_its_rate(self):
        rates = {
            "rate(1 minute)": 1,
            "rate(7 minutes)": 7,
            "rate(1 hour)": 60,
            "rate(60 minutes)": 60,
        }
        for index, expression in enumerate(rates):
            self.create_running(f"canary-{index}", Schedule={"Expression": expression})
        self.advance(7200)
        for index, minutes in enumerate(rates.values()):
            expected = [at(minutes=minute) for minute in range(0, 121, minutes)]
            with self.subTest(minutes):
                self.assertEqual(self.started(f"canary-{index}"), expected)

    def test_a_zero_rate_comes_back_in_hours_and_runs_once_per_start(self):
        for index, zero in enumerate(["rate(0 minute)", "rate(0 minutes)", "rate(0 hour)"]):
            name = f"once-{index}"
            canary = self.create(name, Schedule={"Expression": zero})
            self.assertEqual(canary["Schedule"]["Expression"], "rate(0 hour)")
        self.client.start_canary(Name="once-0")
        self.assertEqual(self.get("once-0")["Status"], {"State": "RUNNING"})
        self.emulator.advance(until="nextRun")
        canary = self.get("once-0")
        run = self.runs("once-0")[0]
        self.assertEqual(canary["Status"], {"State": "STOPPED"})
        self.assertEqual(canary["Timeline"]["LastStopped"], run["Timeline"]["Completed"])
        self.assertEqual(canary["Timeline"]["LastStopped"], canary["Timeline"]["LastModified"])
        self.advance(86400)
        self.assertEqual(self.runs("once-0"), [run])

        self.client.start_canary(Name="once-0")
        self.emulator.advance(until="nextRun")
        self.assertEqual(self.get("once-0")["Status"], {"State": "STOPPED"})
        again = self.runs("once-0")
        self.assertEqual(again[1:], [run])
        # The clock went to the end of the first run, and a day on.
        lasted = run["Timeline"]["Completed"] - at(seconds=0)
        self.assertEqual(again[0]["Timeline"]["Started"], at(days=1) + lasted)

    def test_it_stops_by_itself_when_its_duration_is_over(self):
        schedule = {"Expression": "rate(1 minute)", "DurationInSeconds": 270}
        self.create_running(Schedule=schedule)
        self.advance(269)
        self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
        self.advance(3600)
        canary = self.get()
        self.assertEqual(canary["Status"], {"State": "STOPPED"})
        self.assertEqual(canary["Timeline"]["LastStopped"], at(seconds=270))
        self.assertEqual(self.started(), [at(minutes=minute) for minute in range(5)])
        self.assertEqual(set(self.states()), {"PASSED"})

    def test_a_run_that_a_stop_overtakes_is_not_recorded(self):
        self.create_running()
        self.advance(60)
        self.assertEqual(self.states(), ["RUNNING", "PASSED"])
        self.client.stop_canary(Name="checkout")
        self.advance(3600)
        self.assertEqual(self.states(), ["PASSED"])
        self.assertEqual(self.started(), [at(seconds=0)])

    def test_an_edit_runs_the_canary_at_once_and_by_its_rate_from_then(self):
        self.create_running()
        self.advance(90)
        self.client.update_canary(Name="checkout", FailureRetentionPeriodInDays=9)
        self.advance(90)
        seconds = [0, 60, 90, 150]
        self.assertEqual(self.started(), [at(seconds=second) for second in seconds])

    def test_a_new_rate_takes_effect(self):
        self.create_running()
        self.advance(90)
        self.client.update_canary(Name="checkout", Schedule={"Expression": "rate(2 minutes)"})
        self.advance(240)
        seconds = [0, 60, 90, 210, 330]
        self.assertEqual(self.started(), [at(seconds=second) for second in seconds])

    def test_one_that_does_not_run_has_no_runs(self):
        self.create_ready("ready")
        self.create_stopped("stopped")
        self.advance(3600)
        self.assertEqual(self.runs("ready"), [])
        self.assertEqual(self.runs("stopped"), [])

