#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

void RunShop(Emulation& emulation, const CanaryBody& body, const std::string& advance) {
  emulation.Create(body);
  emulation.Start("shop");
  emulation.Advance(advance);
}

}  // namespace

TEST_CASE("GetCanaryRuns: a run that passed has empty reasons, its times and its artifacts") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  RunShop(emulation, CanaryBody("shop"), R"({"seconds":30})");
  const Answer answer = emulation.Post("/canary/shop/runs", "{}");
  REQUIRE(answer.Size("/CanaryRuns") == 1);
  REQUIRE(answer.Text("/CanaryRuns/0/Status") ==
          R"({"State":"PASSED","StateReason":"","StateReasonCode":"","TestResult":"PASSED"})");
  REQUIRE(answer.Text("/CanaryRuns/0/Name") == "shop");
  REQUIRE(answer.Number("/CanaryRuns/0/Timeline/Started") == 1767225600.0);
  REQUIRE(answer.Number("/CanaryRuns/0/Timeline/Completed") >= 1767225602.0);
  REQUIRE(answer.Number("/CanaryRuns/0/Timeline/Completed") <= 1767225605.0);
  REQUIRE(answer.Text("/CanaryRuns/0/ArtifactS3Location") ==
          "bucket/canary/us-east-1/shop/2026/01/01/00/00-00-000");
  REQUIRE(answer.Text("/CanaryRuns/0/BrowserType") == "CHROME");
  for (const auto* const absent : {"/CanaryRuns/0/ScheduledRunId", "/CanaryRuns/0/RetryAttempt",
                                   "/CanaryRuns/0/DryRunConfig", "/NextToken"}) {
    REQUIRE_FALSE(answer.Has(absent));
  }
}

TEST_CASE("GetCanaryRuns: a run under way has no end, no result and no artifacts yet") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  RunShop(emulation, CanaryBody("shop"), R"({"seconds":1})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Text("/CanaryRuns/0/Status") == R"({"State":"RUNNING"})");
  REQUIRE_FALSE(answer.Has("/CanaryRuns/0/Timeline/Completed"));
  REQUIRE_FALSE(answer.Has("/CanaryRuns/0/ArtifactS3Location"));
}

TEST_CASE("GetCanaryRuns: a runtime without a browser names none") {
  Emulation emulation;
  RunShop(emulation, CanaryBody("shop").With("RuntimeVersion", "\"syn-java-1.0\""),
          R"({"seconds":10})");
  REQUIRE_FALSE(emulation.Post("/canary/shop/runs").Has("/CanaryRuns/0/BrowserType"));
}

TEST_CASE("GetCanaryRuns: two browsers are two runs of one instant") {
  Emulation emulation;
  RunShop(emulation,
          CanaryBody("shop")
              .With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\"")
              .With("BrowserConfigs", R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])"),
          R"({"seconds":10})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Size("/CanaryRuns") == 2);
  REQUIRE(answer.Text("/CanaryRuns/0/Timeline/Started") ==
          answer.Text("/CanaryRuns/1/Timeline/Started"));
  REQUIRE(answer.Text("/CanaryRuns/0/ArtifactS3Location").ends_with("/FIREFOX"));
  REQUIRE(emulation.Post("/canaries/last-run", R"({"BrowserType":"CHROME"})")
              .Text("/CanariesLastRun/0/LastRun/BrowserType") == "CHROME");
}

TEST_CASE("GetCanaryRuns: dry runs are none of a canary's runs, and there are none") {
  Emulation emulation;
  RunShop(emulation, CanaryBody("shop"), R"({"seconds":10})");
  const std::string id = "\"DryRunId\":\"3f0c0e0a-1111-4222-8333-abcdefabcdef\"";
  REQUIRE(emulation.Post("/canary/shop/runs", R"({"RunType":"CANARY_RUN"})").Size("/CanaryRuns") ==
          1);
  REQUIRE(emulation.Post("/canary/shop/runs", R"({"RunType":"DRY_RUN"})").Size("/CanaryRuns") == 0);
  REQUIRE(emulation.Post("/canary/shop/runs", "{" + id + "}").Size("/CanaryRuns") == 0);
  const Answer refused =
      emulation.Post("/canary/shop/runs", R"({"RunType":"CANARY_RUN",)" + id + "}");
  REQUIRE(refused.status == 400);
}

TEST_CASE("GetCanaryRuns: an hour at a run a minute has 60 runs at their 60 instants") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Post("/canary/shop/start");
  const Answer advance = emulation.Advance(R"({"seconds":3600})");
  REQUIRE(advance.Number("/runsStarted") == 60);
  REQUIRE(advance.Number("/runsCompleted") == 60);
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Size("/CanaryRuns") == 60);
  const double first = 1767225600.6;  // 0.4 s in CREATING and 0.2 s in STARTING
  for (std::size_t index = 0; index < 60; ++index) {
    const std::string run = "/CanaryRuns/" + std::to_string(59 - index);
    REQUIRE(answer.Number(run + "/Timeline/Started") ==
            Approx(first + 60.0 * static_cast<double>(index)).margin(1e-6));
  }
}

TEST_CASE("GetCanaryRuns: a cron canary runs at its minutes, and not over the weekend") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").Every("cron(0/5 8-17 ? * MON-FRI *)"));
  REQUIRE(emulation.Get("/canary/shop").Number("/Canary/RunConfig/TimeoutInSeconds") == 300);
  emulation.Start("shop");
  const auto newest = [&] {
    return emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/ArtifactS3Location");
  };
  // New Year 2026 is a Thursday.
  REQUIRE(emulation.Advance(R"({"to":"2026-01-01T07:59:59Z"})").Number("/runsStarted") == 0);
  REQUIRE(emulation.Advance(R"({"to":"2026-01-01T08:01:00Z"})").Number("/runsStarted") == 1);
  REQUIRE(newest().ends_with("/2026/01/01/08/00-00-000"));
  // What is left of that day, and all of Friday.
  REQUIRE(emulation.Advance(R"({"to":"2026-01-05T07:59:59Z"})").Number("/runsStarted") == 239);
  REQUIRE(newest().ends_with("/2026/01/02/17/55-00-000"));
  REQUIRE(emulation.Advance(R"({"to":"2026-01-05T08:04:59Z"})").Number("/runsStarted") == 1);
  REQUIRE(newest().ends_with("/2026/01/05/08/00-00-000"));
}

TEST_CASE("DescribeCanariesLastRun: the newest run of each canary that has run") {
  Emulation emulation;
  emulation.Create("never-ran");
  RunShop(emulation, CanaryBody("shop"), R"({"seconds":100})");
  const Answer answer = emulation.Post("/canaries/last-run", "{}");
  REQUIRE(answer.Size("/CanariesLastRun") == 1);
  REQUIRE(answer.Text("/CanariesLastRun/0/CanaryName") == "shop");
  REQUIRE(answer.Text("/CanariesLastRun/0/LastRun/Id") ==
          emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Id"));
}

namespace {

CanaryBody Retried(const std::string& max_retries, const std::string& expression) {
  return CanaryBody("shop")
      .With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\"")
      .With("RunConfig", R"({"TimeoutInSeconds":60})")
      .With("Code", R"({"Handler":"missing.handler","ZipFile":")" + kGoodZip + "\"}")
      .With("Schedule", R"({"Expression":")" + expression + R"(","RetryConfig":{"MaxRetries":)" +
                            max_retries + "}}");
}

}  // namespace

TEST_CASE("GetCanaryRuns: code that the runtime cannot load fails each run, in its words") {
  const auto [runtime, words] = GENERATE(table<std::string, std::string>({
      {"nodejs-puppeteer-9.1", "Error: Cannot find module '/opt/nodejs/node_modules/missing'"},
      {"nodejs-playwright-3.0",
       "Canary entry file missing not found with any of the supported extensions (.mjs, .js, "
       ".cjs)"},
      {"python-selenium-6.0", "No module named: missing"},
  }));
  Emulation emulation;
  const std::string code = R"({"Handler":"missing.handler","ZipFile":")" + kGoodZip + "\"}";
  RunShop(emulation,
          CanaryBody("shop").With("RuntimeVersion", "\"syn-" + runtime + "\"").With("Code", code),
          R"({"seconds":70})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Size("/CanaryRuns") == 2);
  REQUIRE(answer.Text("/CanaryRuns/0/Status/State") == "FAILED");
  REQUIRE(answer.Text("/CanaryRuns/0/Status/StateReason").starts_with(words));
  REQUIRE(answer.Text("/CanaryRuns/0/Status/StateReasonCode") == "CANARY_FAILURE");
  REQUIRE(answer.Text("/CanaryRuns/0/Status/TestResult") == "FAILED");
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
}

TEST_CASE("GetCanaryRuns: code that an update brings is looked at anew") {
  Emulation emulation;
  RunShop(emulation, Retried("0", "rate(1 minute)"), R"({"seconds":10})");
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "FAILED");
  emulation.Patch("/canary/shop",
                  R"({"Code":{"Handler":"index.handler","ZipFile":")" + kGoodZip + "\"}}");
  emulation.Settle();
  emulation.Advance(R"({"seconds":10})");
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "PASSED");
}

TEST_CASE("GetCanaryRuns: code in S3 is taken on trust, also in place of a zip") {
  Emulation emulation;
  RunShop(emulation, Retried("0", "rate(1 minute)"), R"({"seconds":10})");
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "FAILED");
  emulation.Patch("/canary/shop",
                  R"({"Code":{"Handler":"none.handler","S3Bucket":"scripts","S3Key":"none.zip"}})");
  emulation.Settle();
  emulation.Advance(R"({"seconds":10})");
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "PASSED");
}

TEST_CASE("GetCanaryRuns: a failed run is tried again at once, each time in a run of its own") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  RunShop(emulation, Retried("2", "rate(5 minutes)"), R"({"seconds":60})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Size("/CanaryRuns") == 3);
  const std::string first = answer.Text("/CanaryRuns/2/Id");
  REQUIRE_FALSE(answer.Has("/CanaryRuns/2/ScheduledRunId"));
  REQUIRE_FALSE(answer.Has("/CanaryRuns/2/RetryAttempt"));
  for (const auto& [run, before, attempt] : {std::tuple("/CanaryRuns/1", "/CanaryRuns/2", 1.0),
                                             {"/CanaryRuns/0", "/CanaryRuns/1", 2.0}}) {
    const std::string at(run);
    REQUIRE(answer.Text(at + "/ScheduledRunId") == first);
    REQUIRE(answer.Number(at + "/RetryAttempt") == attempt);
    REQUIRE(answer.Number(at + "/Timeline/MetricTimestampForRunAndRetries") ==
            answer.Number("/CanaryRuns/2/Timeline/Started"));
    REQUIRE(answer.Number(at + "/Timeline/Started") ==
            answer.Number(std::string(before) + "/Timeline/Completed"));
  }
  REQUIRE(answer.Number("/CanaryRuns/2/Timeline/MetricTimestampForRunAndRetries") == 1767225600.0);
}

TEST_CASE("GetCanaryRuns: an update runs the canary at once, though a retry is under way") {
  const auto* const expression = GENERATE("rate(1 minute)", "rate(0 minute)");
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  RunShop(emulation, Retried("2", expression), R"({"until":"nextRun"})");
  emulation.Patch("/canary/shop",
                  R"({"Code":{"Handler":"index.handler","ZipFile":")" + kGoodZip + "\"}}");
  emulation.Advance(R"({"seconds":30})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  // The run that failed, its retry, which had begun, and the run by the new code.
  REQUIRE(answer.Size("/CanaryRuns") == 3);
  REQUIRE(answer.Text("/CanaryRuns/0/Status/State") == "PASSED");
  REQUIRE(answer.Text("/CanaryRuns/1/Status/State") == "FAILED");
}

TEST_CASE("GetCanaryRuns: a run-once canary stops after its last attempt") {
  Emulation emulation;
  RunShop(emulation, Retried("1", "rate(0 minute)"), R"({"seconds":60})");
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 2);
  REQUIRE(emulation.StateOf("shop") == "STOPPED");
}

TEST_CASE("GetCanaryRuns: runs that passed and runs that failed are kept for days of their own") {
  Emulation emulation;
  const auto body = [](const std::string& name) {
    return CanaryBody(name)
        .Every("rate(1 hour)")
        .With("SuccessRetentionPeriodInDays", "2")
        .With("FailureRetentionPeriodInDays", "1");
  };
  emulation.Create(body("good"));
  emulation.Create(
      body("bad").With("Code", R"({"Handler":"missing.handler","ZipFile":")" + kGoodZip + "\"}"));
  emulation.Start("good");
  emulation.Start("bad");
  emulation.Advance(R"({"seconds":432001})");
  REQUIRE(emulation.Post("/canary/good/runs").Size("/CanaryRuns") == 48);
  REQUIRE(emulation.Post("/canary/bad/runs").Size("/CanaryRuns") == 24);
  REQUIRE(emulation.Post("/canaries/last-run").Size("/CanariesLastRun") == 2);
}
