#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

constexpr auto kRuntime = "\"syn-nodejs-puppeteer-11.0\"";
constexpr auto kUnknown = "3f0c0e0a-1111-4222-8333-abcdefabcdef";

// What Puppeteer cannot load.
const std::string kBadCode =
    R"json("Code":{"Handler":"missing.handler","ZipFile":")json" + kGoodZip + "\"}";

CanaryBody Shop() { return CanaryBody("shop").With("RuntimeVersion", kRuntime); }

Answer Start(Emulation& emulation, const std::string& body = "{}") {
  return emulation.Post("/canary/shop/dry-run/start", body);
}

std::string Started(Emulation& emulation, const std::string& body = "{}") {
  return Start(emulation, body).Text("/DryRunConfig/DryRunId");
}

Answer Commit(Emulation& emulation, const std::string& id, const std::string& more = {}) {
  return emulation.Patch("/canary/shop", R"({"DryRunId":")" + id + "\"" + more + "}");
}

Answer Look(Emulation& emulation, const std::string& id) {
  return emulation.Get("/canary/shop?dryRunId=" + id);
}

}  // namespace

TEST_CASE("StartCanaryDryRun: tries changes in a run of its own, and leaves the canary as it is") {
  Emulation emulation;
  emulation.Create(Shop());
  const Answer started = Start(emulation, R"({"RunConfig":{"MemoryInMB":2048}})");
  REQUIRE(started.status == 200);
  REQUIRE(started.Text("/DryRunConfig/LastDryRunExecutionStatus") == "RUNNING");
  const std::string id = started.Text("/DryRunConfig/DryRunId");
  REQUIRE(Look(emulation, id).Text("/Canary/DryRunConfig/LastDryRunExecutionStatus") == "RUNNING");

  emulation.Settle();
  const Answer trial = Look(emulation, id);
  REQUIRE(trial.Text("/Canary/DryRunConfig/LastDryRunExecutionStatus") == "PASSED");
  REQUIRE(trial.Number("/Canary/RunConfig/MemoryInMB") == 2048);
  const Answer canary = emulation.Get("/canary/shop");
  REQUIRE(canary.Number("/Canary/RunConfig/MemoryInMB") == 1500);
  REQUIRE_FALSE(canary.Has("/Canary/DryRunConfig"));
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("GetCanaryRuns: dry runs are listed where they are asked for, and only there") {
  Emulation emulation;
  emulation.Create(Shop());
  const std::string first = Started(emulation);
  emulation.Settle();
  const std::string second = Started(emulation);
  emulation.Settle();
  const auto runs = [&](const std::string& body) {
    return emulation.Post("/canary/shop/runs", body);
  };
  REQUIRE(runs("{}").Size("/CanaryRuns") == 0);
  REQUIRE(runs(R"({"RunType":"CANARY_RUN"})").Size("/CanaryRuns") == 0);
  REQUIRE(runs(R"({"RunType":"DRY_RUN"})").Size("/CanaryRuns") == 2);
  const Answer one = runs(R"({"DryRunId":")" + first + "\"}");
  REQUIRE(one.Size("/CanaryRuns") == 1);
  REQUIRE(one.Text("/CanaryRuns/0/DryRunConfig/DryRunId") == first);
  REQUIRE(one.Text("/CanaryRuns/0/Status/State") == "PASSED");
  REQUIRE(runs(R"({"DryRunId":")" + std::string(kUnknown) + "\"}").Size("/CanaryRuns") == 0);
  REQUIRE(runs(R"({"RunType":"CANARY_RUN","DryRunId":")" + second + "\"}").status == 400);
  const Answer page = runs(R"({"RunType":"DRY_RUN","MaxResults":1})");
  REQUIRE(page.Text("/CanaryRuns/0/DryRunConfig/DryRunId") == second);
  const std::string token = R"("NextToken":")" + page.Text("/NextToken") + "\"";
  REQUIRE(runs(R"({"RunType":"DRY_RUN",)" + token + "}").Size("/CanaryRuns") == 1);
  REQUIRE(runs("{" + token + "}").Message().starts_with("Invalid NextToken"));
  REQUIRE(emulation.Post("/canaries/last-run").Size("/CanariesLastRun") == 0);
}

TEST_CASE("UpdateCanary: commits a dry run, with a schedule and nothing else beside it") {
  Emulation emulation;
  emulation.Create(Shop());
  const std::string id = Started(emulation, R"({"SuccessRetentionPeriodInDays":7})");
  emulation.Settle();
  const Answer refused = Commit(emulation, id, R"(,"FailureRetentionPeriodInDays":7)");
  REQUIRE(refused.error_type == "ValidationException");
  REQUIRE(Commit(emulation, id, R"json(,"Schedule":{"Expression":"rate(5 minutes)"})json").raw ==
          "{}");
  REQUIRE(emulation.StateOf("shop") == "UPDATING");
  emulation.Settle();
  const Answer canary = emulation.Get("/canary/shop");
  REQUIRE(canary.Number("/Canary/SuccessRetentionPeriodInDays") == 7);
  REQUIRE(canary.Text("/Canary/Schedule/Expression") == "rate(5 minutes)");
  REQUIRE(Look(emulation, id).status == 404);  // an update forgets them
  REQUIRE(Commit(emulation, id).status == 404);
}

TEST_CASE("UpdateCanary: code that a dry run has tried becomes the canary's") {
  Emulation emulation;
  emulation.Create(Shop());
  const std::string id =
      Started(emulation, R"({"Code":{"Handler":"index.other","S3Bucket":"b","S3Key":"k"}})");
  emulation.Settle();
  REQUIRE(Look(emulation, id).Text("/Canary/Code/Handler") == "index.other");
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Code/Handler") == "index.handler");
  Commit(emulation, id);
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Code/Handler") == "index.other");
}

TEST_CASE("UpdateCanary: a dry run that failed, or is under way, cannot be committed") {
  Emulation emulation;
  emulation.Create(Shop());
  const std::string id = Started(emulation, "{" + kBadCode + "}");
  const Answer early = Commit(emulation, id);
  REQUIRE(early.error_type == "ConflictException");
  emulation.Settle();
  REQUIRE(Look(emulation, id).Text("/Canary/DryRunConfig/LastDryRunExecutionStatus") == "FAILED");
  const Answer failed = Commit(emulation, id);
  REQUIRE(failed.error_type == "ValidationException");
  REQUIRE(emulation.StateOf("shop") == "READY");
  // The canary's own code is as good as ever.
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":10})");
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "PASSED");
}

TEST_CASE("StartCanaryDryRun: one at a time, on runtimes and in states that have them") {
  Emulation emulation;
  emulation.Create(Shop());
  Start(emulation);
  REQUIRE(Start(emulation).error_type == "ConflictException");
  emulation.Settle();
  REQUIRE(Start(emulation).status == 200);
  emulation.Settle();

  REQUIRE(Start(emulation, R"({"RunConfig":{"TimeoutInSeconds":90}})").status == 400);
  REQUIRE(emulation.Post("/canary/nope/dry-run/start").status == 404);
  emulation.Create("old");
  const Answer old = emulation.Post("/canary/old/dry-run/start");
  REQUIRE(old.error_type == "ValidationException");
  REQUIRE(old.Message().find("syn-nodejs-puppeteer-9.1") != std::string::npos);

  emulation.Delete("/canary/shop");
  REQUIRE(Start(emulation).error_type == "ConflictException");
}

TEST_CASE("StartCanaryDryRun: goes on beside the schedule, and past a stop") {
  Emulation emulation;
  emulation.Create(Shop());
  emulation.Start("shop");
  const std::string id = Started(
      emulation, R"({"BrowserConfigs":[{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}]})");
  emulation.Post("/canary/shop/stop");
  emulation.Settle();
  const Answer runs = emulation.Post("/canary/shop/runs", R"({"RunType":"DRY_RUN"})");
  REQUIRE(runs.Size("/CanaryRuns") == 2);
  REQUIRE(Look(emulation, id).Text("/Canary/DryRunConfig/LastDryRunExecutionStatus") == "PASSED");
  REQUIRE(emulation.Get("/canary/shop").Size("/Canary/EngineConfigs") == 1);
}

TEST_CASE("UpdateCanary: ends a dry run that is under way") {
  Emulation emulation;
  emulation.Create(Shop());
  const std::string id = Started(emulation);
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":7})");
  emulation.Settle();
  REQUIRE(Look(emulation, id).status == 404);
  REQUIRE(emulation.Post("/canary/shop/runs", R"({"RunType":"DRY_RUN"})").Size("/CanaryRuns") == 0);
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") == 0);
  REQUIRE(Start(emulation).status == 200);
}
