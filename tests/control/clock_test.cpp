#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Job;
using synthetics::api::Method;
using synthetics::api::Reply;
using synthetics::api::Request;
using synthetics::state::ClockMode;

namespace {

Request AdvanceByDay() {
  return {.method = Method::kPost,
          .target = "/_emulator/clock/advance",
          .authorization = {},
          .content_type = "application/json",
          .host = "localhost",
          .origin = {},
          .body = R"({"seconds":86400})"};
}

// An advance over so many runs that it is a job, begun and not yet over.
std::unique_ptr<Job> BeginLongAdvance(Emulation& emulation, const Request& request) {
  emulation.Create("shop");
  emulation.Start("shop");
  Reply reply = emulation.gateway().Handle(request);
  auto job = std::move(std::get<std::unique_ptr<Job>>(reply));
  REQUIRE_FALSE(job->Step());
  return job;
}

}  // namespace

TEST_CASE("Clock: shows its instant, mode and speed") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/clock").raw ==
          R"({"now":"2026-01-01T00:00:00Z","mode":"frozen","speed":1})");
}

TEST_CASE("Clock: a frozen one stands still until it is moved") {
  Emulation emulation;
  emulation.host.now += std::chrono::hours{1};
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:00Z");
  const Answer answer = emulation.Advance(R"({"seconds":1.5})");
  REQUIRE(
      answer.raw ==
      R"({"now":"2026-01-01T00:00:01.500Z","transitions":0,"runsStarted":0,"runsCompleted":0})");
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:01.500Z");
}

TEST_CASE("Clock: it can be thawed, sped up and frozen again, and goes on from where it is") {
  Emulation emulation;
  REQUIRE(emulation.Put("/_emulator/clock", R"({"mode":"running","speed":60})").raw ==
          R"({"now":"2026-01-01T00:00:00Z","mode":"running","speed":60})");
  emulation.host.now += std::chrono::seconds{2};
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:02:00Z");
  REQUIRE(emulation.Put("/_emulator/clock", R"({"mode":"frozen"})").Text("/now") ==
          "2026-01-01T00:02:00Z");
  emulation.host.now += std::chrono::seconds{2};
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:02:00Z");
}

TEST_CASE("Clock: setting it ahead lets happen what falls due, like an advance") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Post("/canary/shop/start");
  const Answer answer = emulation.Put("/_emulator/clock", R"({"now":"2026-01-01T01:00:00Z"})");
  REQUIRE(answer.Text("/now") == "2026-01-01T01:00:00Z");
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 60);
}

TEST_CASE("Clock: it never goes back") {
  Emulation emulation;
  emulation.Advance(R"({"seconds":60})");
  for (const Answer& answer :
       {emulation.Put("/_emulator/clock", R"({"now":"2026-01-01T00:00:59Z"})"),
        emulation.Advance(R"({"to":"2026-01-01T00:00:59.999Z"})")}) {
    REQUIRE(answer.status == 409);
    REQUIRE(answer.Text("/error/code") == "Conflict");
  }
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:01:00Z");
  REQUIRE(emulation.Advance(R"({"to":"2026-01-01T00:01:00Z"})").status == 200);
}

TEST_CASE("Clock: what makes no sense is refused and changes nothing") {
  Emulation emulation;
  for (const auto* const body :
       {R"({"mode":"stopped"})", R"({"speed":0})", R"({"speed":-1})", R"({"speed":100001})",
        R"({"speed":1e-300})", R"({"speed":"fast"})", R"({"now":"tomorrow"})",
        R"({"now":1767225600})"}) {
    CAPTURE(body);
    REQUIRE(emulation.Put("/_emulator/clock", body).status == 400);
  }
  for (const auto* const body :
       {"{}", R"({"seconds":-1})", R"({"seconds":1e300})", R"({"until":"doomsday"})",
        R"({"seconds":1,"until":"settled"})", R"({"to":"2026"})"}) {
    CAPTURE(body);
    REQUIRE(emulation.Advance(body).status == 400);
  }
  REQUIRE(emulation.Get("/_emulator/clock").raw ==
          R"({"now":"2026-01-01T00:00:00Z","mode":"frozen","speed":1})");
}

TEST_CASE("Advance: works with a running clock too") {
  Emulation emulation({.mode = ClockMode::kRunning});
  emulation.Create("shop");
  emulation.Post("/canary/shop/start");
  const Answer answer = emulation.Advance(R"({"seconds":3600})");
  REQUIRE(answer.Number("/runsStarted") == 60);
  emulation.host.now += std::chrono::seconds{60};
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 61);
}

TEST_CASE("Advance: until settled no canary is in a state that ends by itself") {
  Emulation emulation({.profile = synthetics::state::Profile::kRealistic});
  emulation.Post("/canary", CanaryBody("shop").Json());
  const Answer answer = emulation.Advance(R"({"until":"settled"})");
  REQUIRE(answer.Number("/transitions") == 1);
  REQUIRE(answer.Text("/now") == "2026-01-01T00:00:07.100Z");
  REQUIRE(emulation.Advance(R"({"until":"settled"})").Text("/now") == "2026-01-01T00:00:07.100Z");
}

TEST_CASE("Advance: until the next run's completion, and at once where none is to come") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").Every("rate(1 hour)"));
  REQUIRE(emulation.Advance(R"({"until":"nextRun"})").Number("/runsCompleted") == 0);
  emulation.Start("shop");
  REQUIRE(emulation.Advance(R"({"until":"nextRun"})").Number("/runsCompleted") == 1);
  const Answer answer = emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(answer.Number("/runsStarted") == 1);
  REQUIRE(emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Status/State") == "PASSED");
}

TEST_CASE("Advance: what else is due at the instant of its end has happened too") {
  Emulation emulation;
  emulation.Create(
      CanaryBody("shop")
          .With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\"")
          .With("RunConfig", R"({"TimeoutInSeconds":3})")
          .With("BrowserConfigs", R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])"));
  emulation.Start("shop");
  int together = 0;
  for (int run = 0; run < 30; ++run) {
    const std::string now = emulation.Advance(R"({"until":"nextRun"})").Text("/now");
    const Answer pending = emulation.Get("/_emulator/clock/pending");
    REQUIRE(pending.Text("/pending/0/at") > now.substr(0, now.size() - 1));
    together += pending.Number("/total") == 1 ? 1 : 0;
  }
  REQUIRE(together > 0);
}

TEST_CASE("Advance: gives up after a year, and says what was still pending") {
  Emulation emulation;
  emulation.Put("/_emulator/transitions", R"({"states":{"CREATING":{"seconds":200000000}}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  const Answer answer = emulation.Advance(R"({"until":"settled"})");
  REQUIRE(answer.status == 409);
  REQUIRE(answer.Text("/error/message").find("transition of shop") != std::string::npos);
}

TEST_CASE("Pending: what is due next, in its order, and how much there is of it") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Post("/canary", CanaryBody("other").Json());
  const Answer answer = emulation.Get("/_emulator/clock/pending?limit=3");
  REQUIRE(answer.Number("/total") == 4);
  REQUIRE(answer.Size("/pending") == 3);
  REQUIRE(answer.Text("/pending/0") ==
          R"({"at":"2026-01-01T00:00:00.700Z","kind":"transition","canary":"other",)"
          R"("account":"123456789012","region":"us-east-1"})");
  REQUIRE(answer.Text("/pending/1/kind") == "transition");
  REQUIRE(answer.Text("/pending/2/kind") == "completion");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Text("/pending/3/kind") == "run");
  REQUIRE(emulation.Get("/_emulator/clock/pending?limit=x").status == 400);
}

TEST_CASE("Advance: a long one is a job, others are answered meanwhile, a second one refused") {
  Emulation emulation;
  const Request request = AdvanceByDay();
  const auto job = BeginLongAdvance(emulation, request);
  const std::string now = emulation.Get("/_emulator/clock").Text("/now");
  REQUIRE(now > "2026-01-01T00:01");
  REQUIRE(now < "2026-01-02T00:00:00Z");
  REQUIRE(emulation.Get("/_emulator/health").status == 200);
  REQUIRE(emulation.Get("/canary/shop").status == 200);
  REQUIRE(emulation.Advance(R"({"seconds":1})").status == 409);
  REQUIRE(emulation.Put("/_emulator/clock", R"({"mode":"running"})").status == 409);
  std::optional<synthetics::api::Response> response;
  while (!response) response = job->Step();
  REQUIRE(Answer(*response).Number("/runsStarted") == 1440);
  REQUIRE(emulation.Advance(R"({"seconds":1})").status == 200);
}

TEST_CASE("Advance: a reset ends one that is under way") {
  Emulation emulation;
  const Request request = AdvanceByDay();
  const auto job = BeginLongAdvance(emulation, request);
  REQUIRE(emulation.Post("/_emulator/reset").status == 204);
  const auto response = job->Step();
  REQUIRE(Answer(response.value()).status == 409);
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:00Z");
}

TEST_CASE("Clock: a request that comes late finds all that was due done, in order") {
  Emulation emulation({.mode = ClockMode::kRunning});
  emulation.Create("shop");
  emulation.Post("/canary/shop/start");
  emulation.host.now += std::chrono::hours{24};
  const Answer answer = emulation.Post("/canary/shop/runs", R"({"MaxResults":1})");
  REQUIRE(answer.status == 200);
  REQUIRE(emulation.engine().store().runs.Page(1, {}, {}, {}, 10'000).size() == 1440);
}

TEST_CASE("Advance: to the next run of the schedule, and past others") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"until":"nextRun"})");
  emulation.Post("/_emulator/canaries/shop/runs",
                 R"({"outcome":{"state":"PASSED","durationMs":1000}})");
  emulation.Advance(R"({"until":"nextRun"})");
  REQUIRE(emulation.engine().now() > kNewYear + std::chrono::minutes{1});
}

TEST_CASE("Advance: a run a year is found each year, also over a leap day") {
  Emulation emulation;
  emulation.Put("/_emulator/clock", R"({"now":"2027-12-31T23:59:00Z"})");
  emulation.Create(CanaryBody("shop").Every("cron(0 0 1 1 ? *)"));
  emulation.Start("shop");
  for (const auto* const year : {"2028", "2029", "2030"}) {
    const Answer answer = emulation.Advance(R"({"until":"nextRun"})");
    REQUIRE(answer.status == 200);
    REQUIRE(answer.Text("/now").starts_with(std::string(year) + "-01-01T00:00:0"));
  }
}

TEST_CASE("Advance: one that gives up has gone as far, and the next one goes on from there") {
  Emulation emulation;
  emulation.Put("/_emulator/transitions", R"({"states":{"CREATING":{"seconds":50000000}}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE(emulation.Advance(R"({"until":"settled"})").status == 409);
  REQUIRE(emulation.engine().now() > kNewYear + std::chrono::days{365});
  REQUIRE(emulation.Advance(R"({"until":"settled"})").status == 200);
  REQUIRE(emulation.StateOf("shop") == "READY");
}
