"""DescribeRuntimeVersions: what is on record of it in section 8."""

import datetime

from boto3_suite.case import Case, pages_of


def day(text, hour=0):
    midnight = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)
    return midnight + datetime.timedelta(hours=hour)


FAMILIES = {
    "syn-nodejs-puppeteer-": "3.0 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 4.0 5.0 5.1 5.2 6.0 6.1 6.2 "
    "7.0 8.0 9.0 9.1 10.0 11.0 13.1 15.0",
    "syn-nodejs-playwright-": "1.0 2.0 3.0 5.0 5.1 9.0",
    "syn-python-selenium-": "1.0 1.1 1.2 1.3 2.0 2.1 3.0 4.0 4.1 5.0 5.1",
    "syn-nodejs-": "2.0-beta 2.0 2.1 2.2 3.0",
    "syn-java-": "1.0",
    "syn-": "1.0",
}
RELEASED = {
    "9.1": "2024-10-02",
    "9.0": "2024-07-22",
    "8.0": "2024-06-21",
    "7.0": "2024-03-08",
    "6.2": "2024-02-02",
    "5.2": "2024-02-01",
    "6.1": "2023-11-13",
    "6.0": "2023-09-15",
    "5.1": "2023-08-09",
    "5.0": "2023-07-21",
    "4.0": "2023-05-01",
}
DEPRECATED = {
    "syn-nodejs-puppeteer-": {
        "2026-01-22": "7.0 6.2 5.2",
        "2024-03-08": "6.1 6.0 5.1 5.0 4.0",
        "2024-01-08": "3.5 3.6 3.7 3.8 3.9",
        "2022-11-13": "3.0 3.1 3.2 3.3 3.4",
    },
    "syn-python-selenium-": {"2026-02-03": "4.0 4.1 5.0 5.1", "2026-01-22": "2.1 3.0"},
    "syn-nodejs-": {"2021-05-28": "2.0 2.1 2.2", "2021-02-08": "2.0-beta"},
    "syn-": {"2021-05-28": "1.0"},
}
CURRENT = ["puppeteer-8.0", "puppeteer-9.0", "puppeteer-9.1", "puppeteer-11.0", "playwright-1.0"]


class Runtimes(Case):
    def setUp(self):
        super().setUp()
        self.versions = self.client.describe_runtime_versions()["RuntimeVersions"]
        self.by_name = {version["VersionName"]: version for version in self.versions}

    def test_all_known_names_are_listed_once(self):
        self.assertEqual(len(self.by_name), len(self.versions))
        for prefix, numbers in FAMILIES.items():
            for number in numbers.split():
                self.assertIn(prefix + number, self.by_name)

    def test_days_of_release(self):
        for number, released in RELEASED.items():
            version = self.by_name[f"syn-nodejs-puppeteer-{number}"]
            self.assertEqual(version["ReleaseDate"], day(released), number)
        for version in self.versions:
            self.assertEqual(version["ReleaseDate"].time(), datetime.time(), version)

    def test_days_of_deprecation(self):
        for prefix, days in DEPRECATED.items():
            for date, numbers in days.items():
                for number in numbers.split():
                    version = self.by_name[prefix + number]
                    self.assertEqual(version["DeprecationDate"], day(date, hour=8), prefix + number)
        for name in CURRENT:
            self.assertNotIn("DeprecationDate", self.by_name[f"syn-nodejs-{name}"])

    def test_descriptions(self):
        self.assertEqual(
            self.by_name["syn-nodejs-puppeteer-9.1"]["Description"],
            "Security fixes and bug fix for date range error in har. Dependencies: "
            "Node JS 20.x, Puppeteer-core 22.12.1, Chromium 126.0.6478.126",
        )
        for number, browser in {
            "9.0": "Node JS 20.x, Puppeteer-core 22.12.1, Chromium 126.0.6478.126",
            "8.0": "Puppeteer-core 22.10.0, Chromium 125.0.6422.112",
            "7.0": "Node JS 18.x, Puppeteer-core 21.9.0, Chromium 121.0.6167.139",
        }.items():
            description = self.by_name[f"syn-nodejs-puppeteer-{number}"]["Description"]
            self.assertTrue(description.endswith(browser), description)

    def test_newest_first_within_a_family_by_name_and_by_date(self):
        for prefix in ("syn-nodejs-puppeteer-", "syn-nodejs-playwright-", "syn-python-selenium-"):
            family = [v for v in self.versions if v["VersionName"].startswith(prefix)]
            numbers = [v["VersionName"].removeprefix(prefix) for v in family]
            keys = [tuple(int(part) for part in number.split(".")) for number in numbers]
            self.assertEqual(keys, sorted(keys, reverse=True))
            # Terraform takes the greatest day for the latest version: no two may share it.
            newest = max(family, key=lambda version: version["ReleaseDate"])
            self.assertEqual(newest, family[0])
            self.assertEqual(len({v["ReleaseDate"] for v in family}), len(family), prefix)

    def test_pages(self):
        for size in (1, 10, 100):
            describe = self.client.describe_runtime_versions
            pages = pages_of(describe, "RuntimeVersions", MaxResults=size)
            self.assertEqual([v for page in pages for v in page], self.versions)
            self.assertTrue(all(len(page) == size for page in pages[:-1]))
            self.assertTrue(pages[-1])

    def test_refusals(self):
        describe = self.make_careless_client().describe_runtime_versions
        for arguments in ({"MaxResults": 0}, {"MaxResults": 101}, {"NextToken": "nonsense"}):
            self.refused("ValidationException", describe, **arguments)
