"""Canaries on cron: at which instants they run, over nights, weekends and ends of months (1.3)."""

import datetime

from boto3_suite.case import CODE, NEW_RUNTIME, Case, START, at, creation, needs_current_model

DAY = 24 * 60 * 60


class CronCase(Case):
    options = ("--transitions", "instant")

    def start_by(self, expression, name="checkout", **members):
        given = {"Schedule": {"Expression": expression}, "SuccessRetentionPeriodInDays": 455}
        self.create_running(name, **{**given, **members})

    def started(self, name="checkout"):
        """The instants of its runs, the earliest first."""
        return [run["Timeline"]["Started"] for run in reversed(self.runs(name))]


class Cron(CronCase):
    def test_days(self):
        # 2026 begins on a Thursday; the clock goes to 2026-04-11, another Saturday.
        days = {
            "cron(0 8 1 * ? *)": "01-01 02-01 03-01 04-01",
            "cron(0 8 31 * ? *)": "01-31 03-31",
            "cron(0 8 L * ? *)": "01-31 02-28 03-31",
            "cron(0 8 3W * ? *)": "01-02 02-03 03-03 04-03",
            "cron(0 8 1W * ? *)": "01-01 02-02 03-02 04-01",
            "cron(0 8 ? * 3#2 *)": "01-13 02-10 03-10",
            "cron(0 8 ? * MON#1 *)": "01-05 02-02 03-02 04-06",
            "cron(0 8 ? MAR L *)": "03-07 03-14 03-21 03-28",
            "cron(0 8 ? 2 SUN *)": "02-01 02-08 02-15 02-22",
            "cron(0 8 10-12,30 JAN,3 ? *)": "01-10 01-11 01-12 01-30 03-10 03-11 03-12 03-30",
            "cron(0 8 1/15 1/2 ? *)": "01-01 01-16 01-31 03-01 03-16 03-31",
            "cron(0 8 ? APR FRI-SAT *)": "04-03 04-04 04-10",
        }
        for index, expression in enumerate(days):
            self.start_by(expression, f"canary-{index}")
        self.advance(100 * DAY)
        for index, (expression, expected) in enumerate(days.items()):
            with self.subTest(expression):
                instants = [
                    datetime.datetime.fromisoformat(f"2026-{day}T08:00:00+00:00")
                    for day in expected.split()
                ]
                self.assertEqual(self.started(f"canary-{index}"), instants)

    def test_hours_and_minutes_over_nights_and_a_weekend(self):
        # Of each, the runs of one day, and on how many of the five from Thursday to Monday.
        documented = {
            "cron(0 10 * * ? *)": ([(10, 0)], 5),
            "cron(15 12 * * ? *)": ([(12, 15)], 5),
            "cron(0 18 ? * MON-FRI *)": ([(18, 0)], 3),
            "cron(0/10 * ? * MON-SAT *)": (
                [(hour, minute) for hour in range(24) for minute in range(0, 60, 10)],
                4,
            ),
            "cron(0/5 8-17 ? * MON-FRI *)": (
                [(hour, minute) for hour in range(8, 18) for minute in range(0, 60, 5)],
                3,
            ),
            "cron(*/20 22,23,0 * * ? *)": (
                [(hour, minute) for hour in (0, 22, 23) for minute in (0, 20, 40)],
                5,
            ),
            "cron(59 23 * * ? *)": ([(23, 59)], 5),
        }
        self.advance(30)
        for index, expression in enumerate(documented):
            self.start_by(expression, f"canary-{index}")
        self.emulator.advance(to="2026-01-05T23:59:59Z")
        for index, (expression, (times, days)) in enumerate(documented.items()):
            with self.subTest(expression):
                started = self.started(f"canary-{index}")
                by_day = {}
                for instant in started:
                    by_day.setdefault(instant.date(), []).append((instant.hour, instant.minute))
                first = [time for time in times if time != (0, 0)]
                self.assertEqual(by_day[START.date()], first)
                del by_day[START.date()]
                self.assertEqual(len(by_day), days - 1)
                for date, of_day in by_day.items():
                    self.assertEqual(of_day, times, date)
                self.assertTrue(all(i.second == i.microsecond == 0 for i in started))

    def test_the_first_run_is_at_the_first_minute_after_the_start(self):
        self.start_by("cron(* * * * ? *)")
        self.assertEqual(self.started(), [])
        self.advance(59.999)
        self.assertEqual(self.started(), [])
        self.advance(0.001)
        self.assertEqual(self.started(), [at(minutes=1)])
        self.advance(180)
        self.assertEqual(self.started(), [at(minutes=minute) for minute in (1, 2, 3, 4)])

    def test_an_update_waits_for_the_next_minute_too(self):
        self.start_by("cron(0 * * * ? *)")
        self.advance(3600 + 1800)
        self.update(FailureRetentionPeriodInDays=5)
        self.assertEqual(self.started(), [at(hours=1)])
        self.update(Schedule={"Expression": "cron(45 * * * ? *)"})
        self.advance(3600)
        self.assertEqual(self.started(), [at(hours=1), at(minutes=105)])
        self.update(Schedule={"Expression": "rate(1 hour)"})
        self.assertEqual(self.started()[2:], [at(minutes=150)])

    def test_stops_and_starts(self):
        self.start_by("cron(0 12 * * ? *)")
        self.advance(2 * DAY)
        self.client.stop_canary(Name="checkout")
        self.advance(2 * DAY)
        self.client.start_canary(Name="checkout")
        self.advance(DAY)
        noons = [at(days=day, hours=12) for day in (0, 1, 4)]
        self.assertEqual(self.started(), noons)

    def test_a_duration_ends_it(self):
        schedule = {"Expression": "cron(0 12 * * ? *)", "DurationInSeconds": 2 * DAY}
        self.start_by("", Schedule=schedule)
        self.advance(5 * DAY)
        self.assertEqual(self.started(), [at(hours=12), at(days=1, hours=12)])
        canary = self.get()
        self.assertEqual(canary["Status"], {"State": "STOPPED"})
        self.assertEqual(canary["Timeline"]["LastStopped"], at(days=2))

    @needs_current_model
    def test_retries(self):
        schedule = {"Expression": "cron(0 12 * * ? *)", "RetryConfig": {"MaxRetries": 1}}
        code = {"Handler": "missing.handler", "ZipFile": CODE["ZipFile"]}
        self.start_by("", Schedule=schedule, Code=code, RuntimeVersion=NEW_RUNTIME)
        self.advance(2 * DAY)
        attempts = [run.get("RetryAttempt", 0) for run in self.runs()]
        self.assertEqual(attempts, [1, 0, 1, 0])
        shared = [run["Timeline"]["MetricTimestampForRunAndRetries"] for run in self.runs()]
        self.assertEqual(shared, [at(hours=36), at(hours=36), at(hours=12), at(hours=12)])

    def test_the_expression_comes_back_as_it_was_given(self):
        for index, expression in enumerate(
            ["cron(0/5 8-17 ? * MON-FRI *)", "cron(0 8 1W jan,Feb ? *)", "cron(0  8  L * ? *)"]
        ):
            canary = self.create(f"canary-{index}", Schedule={"Expression": expression})
            self.assertEqual(canary["Schedule"]["Expression"], expression)

    def test_the_default_timeout_is_the_shortest_time_between_two_runs(self):
        timeouts = {
            "cron(* * * * ? *)": 60,
            "cron(0/2 * * * ? *)": 120,
            "cron(0/5 8-17 ? * MON-FRI *)": 300,
            "cron(0,1 12 * * ? *)": 60,
            "cron(0,50 * * * ? *)": 600,
            "cron(0,59 * * * ? *)": 60,
            "cron(0,59 0,23 * * ? *)": 60,
            "cron(0 10 * * ? *)": 840,
            "cron(0 8 1 * ? *)": 840,
        }
        for index, (expression, timeout) in enumerate(timeouts.items()):
            with self.subTest(expression):
                canary = self.create(f"canary-{index}", Schedule={"Expression": expression})
                self.assertEqual(canary["RunConfig"]["TimeoutInSeconds"], timeout)

    def test_a_timeout_has_to_fit_between_two_runs(self):
        schedule = {"Expression": "cron(0,59 * * * ? *)"}
        request = creation(Schedule=schedule, RunConfig={"TimeoutInSeconds": 61})
        message = self.refused("ValidationException", self.client.create_canary, **request)
        expected = "Run timeout cannot be greater than 60 seconds for the chosen frequency"
        self.assertEqual(message, expected)


class LeapYear(CronCase):
    def start(self, *options, seed=1):
        return super().start(*options, "--clock", "2028-02-27T00:00:00Z", seed=seed)

    def test_29_february(self):
        for name, expression in {
            "daily": "cron(0 12 * * ? *)",
            "last": "cron(0 12 L * ? *)",
            "on-29": "cron(0 12 29 * ? *)",
        }.items():
            self.start_by(expression, name)
        self.advance(4 * DAY)
        days = {name: [i.day for i in self.started(name)] for name in ("daily", "last", "on-29")}
        self.assertEqual(days, {"daily": [27, 28, 29, 1], "last": [29], "on-29": [29]})


class RefusedExpressions(CronCase):
    def refused_expression(self, expression):
        request = creation(Schedule={"Expression": expression})
        return self.refused("ValidationException", self.client.create_canary, **request)

    def test_the_field_that_is_wrong_is_named(self):
        for expression, field in {
            "cron(60 * * * ? *)": "minutes",
            "cron(0 24 * * ? *)": "hours",
            "cron(0 0 32 * ? *)": "day-of-month",
            "cron(0 0 0 * ? *)": "day-of-month",
            "cron(0 0 1 13 ? *)": "month",
            "cron(0 0 1 JANUARY ? *)": "month",
            "cron(0 0 ? * 8 *)": "day-of-week",
            "cron(0 0 ? * 0 *)": "day-of-week",
            "cron(0 0 ? * MON/2 *)": "day-of-week",
            "cron(0 0 ? * MON#6 *)": "day-of-week",
            "cron(0 0 * * ? 2026)": "year",
            "cron(5-3 * * * ? *)": "minutes",
            "cron(0/0 * * * ? *)": "minutes",
            "cron(1,,2 * * * ? *)": "minutes",
            "cron(-1 * * * ? *)": "minutes",
            "cron(? * * * ? *)": "minutes",
        }.items():
            with self.subTest(expression):
                message = self.refused_expression(expression)
                self.assertIn(f"{field} '", message)
                self.assertIn(expression, message)

    def test_six_fields(self):
        for fields in ("", "0 0 * * ?", "0 0 * * ? * *"):
            message = self.refused_expression(f"cron({fields})")
            self.assertIn("six fields", message)
        self.refused_expression("cron 0 0 * * ? *")
        self.refused_expression("cron(0 0 * * ? *")
        self.refused_expression("0 0 * * ? *")

    def test_exactly_one_of_the_two_days_is_a_question_mark(self):
        for days in ("* * *", "? * ?", "1 * MON", "* * MON", "1 * *"):
            message = self.refused_expression(f"cron(0 0 {days} *)")
            self.assertIn("exactly one of the two must be '?'", message)

    def test_what_some_year_would_not_run(self):
        for days in ("29 2 ?", "30 2 ?", "31 4 ?", "31 4,6,9,11 ?", "? 2 MON#5"):
            message = self.refused_expression(f"cron(0 12 {days} *)")
            self.assertIn("no match within a year", message)

    def test_an_update_refuses_them_too(self):
        before = self.create_ready()
        call = self.client.update_canary
        schedule = {"Expression": "cron(0 12 29 2 ? *)"}
        self.refused("ValidationException", call, Name="checkout", Schedule=schedule)
        self.assertEqual(self.get(), before)
