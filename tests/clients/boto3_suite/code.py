"""A canary's code: its zip is looked into when the first run begins, and not before (7)."""

from boto3_suite.case import (
    BAD_CODE,
    CODE,
    NEW_RUNTIME,
    OLD_RUNTIME,
    Case,
    make_zip,
    needs_current_model,
)

NODE = "Error: Cannot find module '/opt/nodejs/node_modules/{}'"
PLAYWRIGHT = (
    "Canary entry file {} not found with any of the supported extensions (.mjs, .js, .cjs)"
)
PYTHON = "No module named: {}"

PUPPETEER_9 = "syn-nodejs-puppeteer-9.1"
PUPPETEER_11 = "syn-nodejs-puppeteer-11.0"
PLAYWRIGHT_3 = "syn-nodejs-playwright-3.0"
SELENIUM = "syn-python-selenium-5.1"
JAVA = "syn-java-1.0"
NODE_3 = "syn-nodejs-3.0"

# Runtime version, handler, a file of the zip.
GOOD = [
    (PUPPETEER_9, "shop.handler", "nodejs/node_modules/shop.js"),
    (PUPPETEER_9, "folder/shop.run", "nodejs/node_modules/folder/shop.js"),
    (PUPPETEER_9, "shop.handler", "/nodejs/node_modules/shop.js"),  # as CloudFormation writes it
    (PUPPETEER_11, "shop.handler", "nodejs/node_modules/shop.js"),
    (PUPPETEER_11, "shop.handler", "shop.js"),
    (PUPPETEER_11, "shop.handler", "shop.mjs"),
    (PLAYWRIGHT_3, "shop.handler", "shop.js"),
    (PLAYWRIGHT_3, "shop.handler", "shop.mjs"),
    (PLAYWRIGHT_3, "shop.handler", "shop.cjs"),
    (PLAYWRIGHT_3, "folder/shop.handler", "folder/shop.js"),
    (SELENIUM, "shop.handler", "python/shop.py"),
    (SELENIUM, "folder/shop.run", "python/folder/shop.py"),
    (JAVA, "com.example.Shop::run", "lib/shop.jar"),
]
BAD = [
    (PUPPETEER_9, "shop.handler", "shop.js", NODE.format("shop")),
    (PUPPETEER_9, "shop.handler", "nodejs/node_modules/Shop.js", NODE.format("shop")),
    (PUPPETEER_9, "a/shop.run", "nodejs/node_modules/shop.js", NODE.format("a/shop")),
    (PUPPETEER_11, "shop.handler", "src/shop.js", NODE.format("shop")),
    (PUPPETEER_11, "shop.handler", "shop.py", NODE.format("shop")),
    (PLAYWRIGHT_3, "shop.handler", "nodejs/node_modules/shop.js", PLAYWRIGHT.format("shop")),
    (PLAYWRIGHT_3, "shop.handler", "shop.ts", PLAYWRIGHT.format("shop")),
    (SELENIUM, "shop.handler", "shop.py", PYTHON.format("shop")),
    (SELENIUM, "shop.handler", "python/shop.js", PYTHON.format("shop")),
    (JAVA, "com.example.Shop::run", "shop.jar", "com.example.Shop"),
]


class Code(Case):
    options = ("--transitions", "instant")

    def first_runs(self, canaries):
        """The first run of each canary, which is given by runtime version and code."""
        for index, (runtime, code) in enumerate(canaries):
            self.create_running(f"canary-{index}", RuntimeVersion=runtime, Code=code)
        self.advance(30)
        return [self.runs(f"canary-{index}")[0] for index in range(len(canaries))]

    def test_what_a_runtime_would_load_passes(self):
        canaries = [
            (runtime, {"Handler": handler, "ZipFile": make_zip("README", name)})
            for runtime, handler, name in GOOD
        ]
        for row, run in zip(GOOD, self.first_runs(canaries)):
            with self.subTest(row):
                self.assertEqual(run["Status"]["State"], "PASSED", run["Status"])

    def test_what_it_would_not_find_fails_in_its_words(self):
        canaries = [
            (runtime, {"Handler": handler, "ZipFile": make_zip("README", name)})
            for runtime, handler, name, _ in BAD
        ]
        for row, run in zip(BAD, self.first_runs(canaries)):
            with self.subTest(row):
                status = run["Status"]
                self.assertEqual(status["State"], "FAILED")
                self.assertEqual(status["StateReasonCode"], "CANARY_FAILURE")
                self.assertEqual(status.get("TestResult", "FAILED"), "FAILED")
                self.assertIn(row[3], status["StateReason"])
                # The script was started, so that there is a log of it at least.
                self.assertIn("ArtifactS3Location", run)

    def test_what_is_no_zip_fails_too(self):
        for_all = {"Handler": "shop.handler"}
        canaries = [
            (runtime, {**for_all, "ZipFile": content})
            for runtime in (PUPPETEER_9, PUPPETEER_11, PLAYWRIGHT_3, SELENIUM)
            for content in (b"exports.handler = () => {};", b"PK", make_zip())
        ]
        for (runtime, code), run in zip(canaries, self.first_runs(canaries)):
            with self.subTest(runtime, zip=code["ZipFile"]):
                self.assertEqual(run["Status"]["State"], "FAILED")

    def test_code_in_s3_is_trusted(self):
        code = {"Handler": "shop.handler", "S3Bucket": "scripts", "S3Key": "none.zip"}
        runtimes = (PUPPETEER_9, PUPPETEER_11, PLAYWRIGHT_3, SELENIUM)
        versioned = [(PUPPETEER_11, {**code, "S3Version": "3"})]
        for run in self.first_runs([(runtime, code) for runtime in runtimes] + versioned):
            self.assertEqual(run["Status"]["State"], "PASSED")

    def test_nobody_minds_before_it_runs(self):
        canary = self.create(Code=BAD_CODE)
        self.assertEqual(canary["Status"], {"State": "READY"})
        self.assertEqual(canary["Code"]["Handler"], BAD_CODE["Handler"])
        self.client.update_canary(Name="checkout", Code={**BAD_CODE, "ZipFile": b"no zip"})
        self.client.start_canary(Name="checkout")
        self.advance(150)
        # A run that fails is no trouble of the canary.
        self.assertEqual(self.get()["Status"], {"State": "RUNNING"})
        self.assertEqual(len(self.runs()), 3)

    def test_every_run_fails_until_an_update_brings_good_code(self):
        self.create_running(Code=BAD_CODE)
        self.advance(150)
        states = [run["Status"]["State"] for run in self.runs()]
        self.assertEqual(states, ["FAILED"] * 3)
        self.update(FailureRetentionPeriodInDays=5)  # which brings none
        self.advance(30)
        self.assertEqual(self.runs()[0]["Status"]["State"], "FAILED")
        self.update(Code=CODE)
        self.advance(90)
        states = [run["Status"]["State"] for run in self.runs()]
        self.assertEqual(states, ["PASSED"] * 2 + ["FAILED"] * 4)

    def test_a_handler_that_moves_away_from_its_file_breaks_it(self):
        self.create_running()
        self.advance(30)
        self.update(Code={**CODE, "Handler": "other.handler"})
        self.advance(30)
        broken, passed = self.runs()
        self.assertEqual(passed["Status"]["State"], "PASSED")
        self.assertIn(NODE.format("other"), broken["Status"]["StateReason"])
        self.update(Code={"Handler": "other.handler", "S3Bucket": "b", "S3Key": "k"})
        self.advance(30)
        self.assertEqual(self.runs()[0]["Status"]["State"], "PASSED")

    def test_another_runtime_looks_for_it_elsewhere(self):
        at_root = {**CODE, "ZipFile": make_zip("checkout.js")}
        self.create_running(Code=at_root, RuntimeVersion=OLD_RUNTIME)
        self.advance(30)
        self.update(Code=at_root, RuntimeVersion=NEW_RUNTIME)
        self.advance(30)
        states = [run["Status"]["State"] for run in self.runs()]
        self.assertEqual(states, ["PASSED", "FAILED"])


@needs_current_model
class Blueprints(Case):
    options = ("--transitions", "instant")

    def status_of_run(self, name, *files):
        code = {"ZipFile": make_zip(*files), "BlueprintTypes": ["multi-checks"]}
        self.create_running(name, RuntimeVersion=NODE_3, Code=code)
        self.advance(30)
        return self.runs(name)[0]["Status"]

    def test_a_blueprint_has_its_configuration_at_the_root(self):
        good = self.status_of_run("good", "blueprint-config.json", "synthetics.json")
        self.assertEqual(good["State"], "PASSED")
        for index, name in enumerate(["config.json", "nodejs/blueprint-config.json"]):
            bad = self.status_of_run(f"bad-{index}", name)
            self.assertEqual(bad["State"], "FAILED")
            self.assertIn("blueprint-config.json", bad["StateReason"])
