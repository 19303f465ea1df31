#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

constexpr auto kOutcomes = "/_emulator/canaries/shop/outcomes";

// The states of the runs that complete while time passes, the oldest first: P and F.
std::string RunShop(Emulation& emulation, int runs) {
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":)" + std::to_string(60 * (runs - 1) + 59) + "}");
  const Answer answer = emulation.Post("/canary/shop/runs");
  std::string states;
  for (std::size_t run = answer.Size("/CanaryRuns"); run > 0; --run) {
    const std::string at = "/CanaryRuns/" + std::to_string(run - 1) + "/Status/State";
    states += answer.Text(at).substr(0, 1);
  }
  return states;
}

std::string StatusOf(Emulation& emulation) {
  return emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status");
}

}  // namespace

TEST_CASE("Outcomes: a script is followed, run by run, and then the rule") {
  const auto [then, expected] = GENERATE(table<std::string, std::string>({
      {"rule", "PPFFPPP"},
      {"repeat", "PPFFPPF"},
      {"last", "PPFFFFF"},
  }));
  Emulation emulation;
  const Answer put = emulation.Put(
      kOutcomes,
      R"({"script":[{"state":"PASSED","count":2},{"state":"FAILED","count":2}],"then":")" + then +
          "\"}");
  REQUIRE(put.status == 200);
  emulation.Create("shop");  // it was not there before
  REQUIRE(RunShop(emulation, 7) == expected);
}

TEST_CASE("Outcomes: what is left of a script is shown, and can be forgotten") {
  Emulation emulation;
  emulation.Create("shop");
  REQUIRE(emulation.Get(kOutcomes).raw == R"({"script":[],"then":"rule"})");
  emulation.Put(
      kOutcomes,
      R"({"script":[{"state":"FAILED","stateReason":"no","durationMs":7,"count":3},)"
      R"({"state":"PASSED"}],"rule":{"failureRate":0.5,"durationMs":{"min":1,"max":2}}})");
  RunShop(emulation, 1);
  REQUIRE(emulation.Get(kOutcomes).raw ==
          R"({"script":[{"state":"FAILED","stateReason":"no","durationMs":7,"count":2},)"
          R"({"state":"PASSED","count":1}],"then":"rule",)"
          R"("rule":{"failureRate":0.5,"durationMs":{"min":1,"max":2}}})");
  REQUIRE(emulation.Delete(kOutcomes).status == 204);
  REQUIRE(emulation.Get(kOutcomes).raw == R"({"script":[],"then":"rule"})");
}

TEST_CASE("Outcomes: a scripted run ends as it is told to, and what is not told follows") {
  const auto [outcome, status] = GENERATE(table<std::string, std::string>({
      {R"("state":"PASSED")",
       R"({"State":"PASSED","StateReason":"","StateReasonCode":"","TestResult":"PASSED"})"},
      {R"("state":"FAILED","stateReason":"TimeoutError")",
       R"({"State":"FAILED","StateReason":"TimeoutError","StateReasonCode":"CANARY_FAILURE","TestResult":"FAILED"})"},
      {R"("state":"FAILED","stateReason":"upload","stateReasonCode":"EXECUTION_FAILURE")",
       R"({"State":"FAILED","StateReason":"upload","StateReasonCode":"EXECUTION_FAILURE","TestResult":"PASSED"})"},
      {R"("state":"FAILED","stateReason":"x","testResult":"UNKNOWN")",
       R"({"State":"FAILED","StateReason":"x","StateReasonCode":"CANARY_FAILURE","TestResult":"UNKNOWN"})"},
      {R"("state":"PASSED","durationMs":60001)",
       R"({"State":"FAILED","StateReason":"No test result returned","StateReasonCode":"CANARY_FAILURE","TestResult":"UNKNOWN"})"},
  }));
  Emulation emulation;
  emulation.Create(
      CanaryBody("shop").Every("rate(5 minutes)").With("RunConfig", R"({"TimeoutInSeconds":60})"));
  emulation.Put(kOutcomes, R"({"script":[{)" + outcome + "}]}");
  emulation.Start("shop");
  emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(StatusOf(emulation) == status);
}

TEST_CASE("Outcomes: a run takes as long as it is told to") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  emulation.Create("shop");
  emulation.Put(kOutcomes, R"({"script":[{"state":"PASSED","durationMs":1200}]})");
  emulation.Start("shop");
  emulation.Advance(R"({"until":"nextRun"})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Number("/CanaryRuns/0/Timeline/Completed") == Approx(1767225601.2));
}

TEST_CASE("Outcomes: retries and browsers take an entry each") {
  Emulation emulation;
  emulation.Create(
      CanaryBody("shop")
          .With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\"")
          .With("Schedule",
                R"json({"Expression":"rate(5 minutes)","RetryConfig":{"MaxRetries":1}})json")
          .With("BrowserConfigs", R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])"));
  emulation.Put(kOutcomes,
                R"({"script":[{"state":"PASSED"},{"state":"FAILED"},{"state":"PASSED"}]})");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":60})");
  const Answer answer = emulation.Post("/canary/shop/runs");
  REQUIRE(answer.Size("/CanaryRuns") == 3);
  REQUIRE(answer.Text("/CanaryRuns/0/BrowserType") == "FIREFOX");
  REQUIRE(answer.Number("/CanaryRuns/0/RetryAttempt") == 1);
  REQUIRE(answer.Text("/CanaryRuns/0/Status/State") == "PASSED");
  REQUIRE(emulation.Get(kOutcomes).Size("/script") == 0);
}

TEST_CASE(
    "Outcomes: a canary's rule wins over its tags, these over its code, that over the default") {
  Emulation emulation;
  emulation.Put("/_emulator/outcomes", R"({"rule":{"failureRate":1,"stateReason":"default"}})");
  emulation.Create(CanaryBody("shop"));
  REQUIRE(RunShop(emulation, 1) == "F");
  REQUIRE(StatusOf(emulation).find("default") != std::string::npos);
  emulation.Patch("/canary/shop",
                  R"({"Code":{"Handler":"missing.handler","ZipFile":")" + kGoodZip + "\"}}");
  emulation.Settle();
  emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(StatusOf(emulation).find("Cannot find module") != std::string::npos);
  const std::string tags = "/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop";
  emulation.Post(tags, R"({"Tags":{"emulator:outcome":"PASSED"}})");
  emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(StatusOf(emulation).find("\"PASSED\"") != std::string::npos);
  emulation.Put(kOutcomes, R"({"rule":{"failureRate":1,"stateReason":"own"}})");
  emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(StatusOf(emulation).find("own") != std::string::npos);
}

TEST_CASE("Outcomes: every third run fails where tags say so, and takes its time by them") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  emulation.Create(CanaryBody("shop").With(
      "Tags", R"({"emulator:outcome":"fail-every-3","emulator:duration-ms":"100"})"));
  REQUIRE(RunShop(emulation, 7) == "PPFPPFP");
  REQUIRE(emulation.Post("/canary/shop/runs").Number("/CanaryRuns/6/Timeline/Completed") ==
          Approx(1767225600.1));
}

TEST_CASE("Outcomes: the default rule can be read back") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/outcomes").raw == R"({"rule":{"failureRate":0}})");
  const std::string rule = R"({"rule":{"failureRate":0.25,"failEvery":2,"stateReason":"x"}})";
  REQUIRE(emulation.Put("/_emulator/outcomes", rule).raw == rule);
  REQUIRE(emulation.Get("/_emulator/outcomes").raw == rule);
}

TEST_CASE("Outcomes: each world has its own, and a reset forgets them") {
  Emulation emulation;
  emulation.Put(std::string(kOutcomes) + "?region=eu-west-1", R"({"script":[{"state":"FAILED"}]})");
  emulation.Put(kOutcomes, R"({"script":[{"state":"PASSED"}]})");
  emulation.Put("/_emulator/outcomes", R"({"rule":{"failureRate":1}})");
  REQUIRE(emulation.Get(kOutcomes).Text("/script/0/state") == "PASSED");
  emulation.Post("/_emulator/reset?region=us-east-1&account=123456789012");
  REQUIRE(emulation.Get(kOutcomes).Size("/script") == 0);
  REQUIRE(emulation.Get(std::string(kOutcomes) + "?region=eu-west-1").Size("/script") == 1);
  REQUIRE(emulation.Get("/_emulator/outcomes").Number("/rule/failureRate") == 1);
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Get(std::string(kOutcomes) + "?region=eu-west-1").Size("/script") == 0);
  REQUIRE(emulation.Get("/_emulator/outcomes").Number("/rule/failureRate") == 0);
}

TEST_CASE("Outcomes: what is none is refused, and changes nothing") {
  Emulation emulation;
  emulation.Put(kOutcomes, R"({"script":[{"state":"PASSED"}]})");
  for (const auto* const body :
       {R"({"script":[{"state":"RUNNING"}]})", R"({"script":[{}]})",
        R"({"script":[{"state":"FAILED","count":0}]})",
        R"({"script":[{"state":"PASSED","stateReason":"x"}]})", R"({"then":"again"})",
        R"({"then":"last"})", R"({"rule":{"failureRate":1.5}})", R"({"rule":{"failEvery":0}})",
        R"({"rule":{"durationMs":{"min":2,"max":1}}})", R"({"scirpt":[]})",
        R"({"script":[{"state":"FAILED","stateReasonCode":"WORSE"}]})"}) {
    CAPTURE(body);
    REQUIRE(emulation.Put(kOutcomes, body).status == 400);
  }
  REQUIRE(emulation.Get(kOutcomes).Size("/script") == 1);
}

TEST_CASE("Runs on demand: one begins now, beside the schedule, and ends as it is told to") {
  Emulation emulation;
  emulation.Create("shop");
  const auto* const runs = "/_emulator/canaries/shop/runs";
  const Answer run = emulation.Post(runs, R"({"outcome":{"state":"FAILED","stateReason":"mine"}})");
  REQUIRE(run.status == 201);
  REQUIRE(run.Text("/Status/State") == "RUNNING");
  emulation.Advance(R"({"seconds":10})");
  const Answer listed = emulation.Post("/canary/shop/runs");
  REQUIRE(listed.Size("/CanaryRuns") == 1);
  REQUIRE(listed.Text("/CanaryRuns/0/Id") == run.Text("/Id"));
  REQUIRE(listed.Text("/CanaryRuns/0/Status/StateReason") == "mine");
  REQUIRE(emulation.StateOf("shop") == "READY");
  REQUIRE(emulation.Post(runs, "{}").status == 201);
  REQUIRE(emulation.Post(runs, R"({"outcome":{"state":"PASSED","durationMs":0}})")
              .Text("/Status/State") == "PASSED");
  REQUIRE(emulation.Post("/_emulator/canaries/nope/runs").status == 404);
  emulation.Delete("/canary/shop");
  REQUIRE(emulation.Post(runs).status == 409);
}

TEST_CASE("Outcomes: the same seed and script give the same runs, in memory and from a file") {
  const auto session = [] {
    Emulation emulation;
    emulation.Put("/_emulator/outcomes", R"({"rule":{"failureRate":0.5}})");
    emulation.Create("shop");
    RunShop(emulation, 50);
    return emulation.Post("/canary/shop/runs").raw;
  };
  const std::string runs = session();
  REQUIRE(runs == session());
  REQUIRE(runs.find("FAILED") != std::string::npos);
  REQUIRE(runs.find("PASSED") != std::string::npos);
}
