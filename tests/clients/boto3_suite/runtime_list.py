"""Which runtime versions there are by the options: a list of one's own, or a lenient eye."""

import datetime
import json
import os
import pathlib
import tempfile
import unittest

from boto3_suite.case import CODE, NEW_RUNTIME, Case, creation, needs_current_model
from emulator import assert_mistake

NEWEST = "syn-nodejs-puppeteer-99.0"
FUTURE = "syn-nodejs-puppeteer-99.1"
DEPRECATED = "syn-nodejs-puppeteer-6.1"

# As the AWS CLI prints them, with the offset of whoever asked, and as the service sends them.
VERSIONS = [
    {
        "VersionName": NEWEST,
        "Description": "Flies. Dependencies: Node JS 48.x",
        "ReleaseDate": "2026-01-01T00:00:00+00:00",
    },
    {
        "VersionName": "syn-nodejs-puppeteer-50.0",
        "ReleaseDate": "2024-10-01T17:00:00-07:00",
        "DeprecationDate": "2026-03-01T08:00:00Z",
    },
    {
        "VersionName": "syn-nodejs-playwright-40.0",
        "Description": "Walks.",
        "ReleaseDate": 1727827200,
        "DeprecationDate": 1767225599.5,
    },
]


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)


class ListCase(Case):
    versions = VERSIONS
    more_options = ()

    def setUp(self):
        self.file = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "runtimes.json"
        self.file.write_text(json.dumps({"RuntimeVersions": self.versions}))
        self.options = ("--runtimes", str(self.file), *self.more_options)
        super().setUp()

    def refused_creation(self, runtime):
        call = self.client.create_canary
        return self.refused("ValidationException", call, **creation(RuntimeVersion=runtime))


class OwnList(ListCase):
    def test_it_takes_the_place_of_the_built_in_one(self):
        listed = self.client.describe_runtime_versions()["RuntimeVersions"]
        self.assertEqual(
            listed,
            [
                {
                    "VersionName": NEWEST,
                    "Description": "Flies. Dependencies: Node JS 48.x",
                    "ReleaseDate": day("2026-01-01"),
                },
                {
                    "VersionName": "syn-nodejs-puppeteer-50.0",
                    "ReleaseDate": day("2024-10-02"),
                    "DeprecationDate": day("2026-03-01T08:00:00"),
                },
                {
                    "VersionName": "syn-nodejs-playwright-40.0",
                    "Description": "Walks.",
                    "ReleaseDate": day("2024-10-02"),
                    "DeprecationDate": day("2025-12-31T23:59:59.500"),
                },
            ],
        )

    def test_canaries_can_use_what_is_in_it_and_nothing_else(self):
        self.create_running(RuntimeVersion=NEWEST)
        self.refused_creation(NEW_RUNTIME)
        self.refused_creation(FUTURE)
        deprecated = "Deprecated runtime version specified."
        self.assertEqual(self.refused_creation("syn-nodejs-playwright-40.0"), deprecated)

    def test_its_days_of_deprecation_count(self):
        old = "syn-nodejs-puppeteer-50.0"
        self.create_ready(RuntimeVersion=old)
        self.emulator.advance(to="2026-03-01T08:00:00Z")
        deprecated = "Deprecated runtime version specified."
        self.assertEqual(self.refused_creation(old), deprecated)
        self.client.start_canary(Name="checkout")
        self.settle()
        self.client.stop_canary(Name="checkout")
        self.settle()
        update = self.client.update_canary
        members = {"Name": "checkout", "FailureRetentionPeriodInDays": 2}
        self.assertEqual(self.refused("ValidationException", update, **members), deprecated)
        self.update(**{"RuntimeVersion": NEWEST, "Code": CODE})
        self.client.delete_canary(Name="checkout")

    @needs_current_model
    def test_a_dry_run_is_held_to_them_too(self):
        old = "syn-nodejs-puppeteer-50.0"
        self.create_ready(RuntimeVersion=old)
        self.emulator.advance(to="2026-03-01T08:00:00Z")
        self.refused("ValidationException", self.client.start_canary_dry_run, Name="checkout")
        self.client.start_canary_dry_run(Name="checkout", RuntimeVersion=NEWEST, Code=CODE)


class ListOfTheService(Case):
    def test_what_was_listed_makes_the_same_list(self):
        listed = self.client.describe_runtime_versions()["RuntimeVersions"]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"RuntimeVersions": listed}, file, default=datetime.datetime.isoformat)
            file.flush()
            client = self.make_client(emulator=self.start("--runtimes", file.name))
            again = client.describe_runtime_versions()["RuntimeVersions"]
        self.assertEqual(again, listed)


class BrokenLists(unittest.TestCase):
    def assert_mistake(self, path):
        self.assertIn(str(path), assert_mistake("--port", "0", "--runtimes", str(path)))

    def test_a_file_that_is_none(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assert_mistake(folder)
            self.assert_mistake(os.path.join(folder, "none.json"))

    def test_a_file_that_says_something_else(self):
        version = VERSIONS[0]
        nameless = {"ReleaseDate": version["ReleaseDate"]}
        dateless = {"VersionName": NEWEST}
        for content in (
            "",
            "syn-nodejs-puppeteer-99.0",
            '{"RuntimeVersions":[',
            "[]",
            "{}",
            {"RuntimeVersions": []},
            {"RuntimeVersions": {}},
            {"RuntimeVersions": None},
            {"RuntimeVersions": [NEWEST]},
            {"RuntimeVersions": [nameless]},
            {"RuntimeVersions": [dateless]},
            {"RuntimeVersions": [version, version]},
            *(
                {"RuntimeVersions": [{**dateless, "ReleaseDate": date}]}
                for date in ("", "yesterday", "2026-02-30T00:00:00Z", "\n", True, -1, 1e300, None)
            ),
            {"RuntimeVersions": [{**version, "DeprecationDate": "never"}]},
        ):
            with self.subTest(content), tempfile.NamedTemporaryFile("w") as file:
                file.write(content if isinstance(content, str) else json.dumps(content))
                file.flush()
                self.assert_mistake(file.name)


class Lenient(Case):
    options = ("--validation", "lenient")

    def log(self):
        # By its own offset: the program writes at that of the open file.
        return os.pread(self.emulator.log.fileno(), 1 << 20, 0).decode()

    def test_it_takes_a_runtime_version_that_nobody_knows_and_warns(self):
        canary = self.create_running(RuntimeVersion=FUTURE)
        self.assertEqual(canary["RuntimeVersion"], FUTURE)
        [warning] = [line for line in self.log().splitlines() if FUTURE in line]
        self.assertIn("warning", warning.lower())
        self.create("family", RuntimeVersion="syn-cobol-1.0")
        self.advance(30)
        self.assertEqual(self.runs()[-1]["Status"]["State"], "PASSED")

    def test_an_update_takes_it_too(self):
        self.create_ready()
        canary = self.update(RuntimeVersion=FUTURE, Code=CODE)
        self.assertEqual(canary["RuntimeVersion"], FUTURE)

    @needs_current_model
    def test_it_has_what_the_newest_of_its_family_has(self):
        members = {
            "RuntimeVersion": FUTURE,
            "Schedule": {"Expression": "rate(5 minutes)", "RetryConfig": {"MaxRetries": 2}},
            "BrowserConfigs": [{"BrowserType": "CHROME"}, {"BrowserType": "FIREFOX"}],
        }
        canary = self.create_ready(**members)
        self.assertEqual(len(canary["EngineConfigs"]), 2)
        self.assertNotIn("EngineArn", canary)
        self.client.start_canary_dry_run(Name="checkout")
        self.create("stranger", **{**members, "RuntimeVersion": "syn-cobol-1.0"})

    def test_it_takes_a_deprecated_one_and_warns(self):
        self.create_running(RuntimeVersion=DEPRECATED)
        self.assertIn(f"'{DEPRECATED}' is deprecated", self.log())

    def test_a_known_one_is_taken_for_what_it_is(self):
        call = self.client.create_canary
        for name in ("python3.12", "nodejs20.x", "SYN-nodejs-puppeteer-99.0"):
            self.refused("ValidationException", call, **creation(RuntimeVersion=name))
        tracing = {"RunConfig": {"ActiveTracing": True}}
        request = creation(RuntimeVersion="syn-python-selenium-5.1", **tracing)
        self.refused("ValidationException", call, **request)

    def test_it_is_not_listed(self):
        self.create(RuntimeVersion=FUTURE)
        listed = self.client.describe_runtime_versions()["RuntimeVersions"]
        self.assertNotIn(FUTURE, [version["VersionName"] for version in listed])


class LenientWithOwnList(ListCase):
    more_options = ("--validation", "lenient")

    def test_both_count(self):
        self.create(RuntimeVersion=NEWEST)
        self.create("other", RuntimeVersion=NEW_RUNTIME)  # which this list does not have


class Strict(Case):
    def test_a_runtime_version_that_nobody_knows_is_refused(self):
        call = self.client.create_canary
        for name in (FUTURE, "syn-", "syn-cobol-1.0", "syn-nodejs-puppeteer-9.1 "):
            message = self.refused("ValidationException", call, **creation(RuntimeVersion=name))
            self.assertIn(name, message)
        self.create_ready()
        update = {"Name": "checkout", "RuntimeVersion": FUTURE, "Code": CODE}
        self.refused("ValidationException", self.client.update_canary, **update)
