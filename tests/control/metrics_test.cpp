#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using std::chrono::microseconds;

namespace {

// The value of a sample, by its name and labels; nothing where there is none.
std::string Sample(Emulation& emulation, const std::string& series) {
  std::istringstream text(emulation.Get("/_emulator/metrics").raw);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("synthetics_local_" + series + " ")) {
      return line.substr(line.rfind(' ') + 1);
    }
  }
  return {};
}

// Sends a request and tells, as the server does, how long its answer took.
void Ask(Emulation& emulation, const std::string& target, std::int64_t took) {
  const Answer answer = emulation.Get(target);
  emulation.gateway().Answered(answer.trace, answer.status, microseconds{took});
}

std::string Bucket(const std::string& bound) {
  return R"(request_duration_seconds_bucket{operation="GetCanary",le=")" + bound + "\"}";
}

}  // namespace

TEST_CASE("Metrics: requests are counted by operation and status") {
  Emulation emulation;
  emulation.Create("shop");
  Ask(emulation, "/canary/shop", 80);
  Ask(emulation, "/canary/shop", 80);
  Ask(emulation, "/canary/none", 80);
  Ask(emulation, "/nothing", 80);
  REQUIRE(Sample(emulation, R"(requests_total{operation="GetCanary",status="200"})") == "2");
  REQUIRE(Sample(emulation, R"(requests_total{operation="GetCanary",status="404"})") == "1");
  REQUIRE(Sample(emulation, R"(requests_total{operation="unknown",status="404"})") == "1");
}

TEST_CASE("Metrics: answers that a fault keeps back have status 0") {
  Emulation emulation;
  emulation.Post("/_emulator/faults", R"({"fault":{"connection":"reset"}})");
  const Answer answer = emulation.Post("/canaries");
  emulation.gateway().Answered(answer.trace, synthetics::api::kNoAnswer, microseconds{1});
  REQUIRE(Sample(emulation, R"(requests_total{operation="DescribeCanaries",status="0"})") == "1");
}

TEST_CASE("Metrics: the control plane's requests do not count") {
  Emulation emulation;
  const std::string before = emulation.Get("/_emulator/metrics").raw;
  for (const auto* const target :
       {"/_emulator/metrics", "/_emulator/health", "/_emulator/nope", "/_emulator/health?x=1"}) {
    Ask(emulation, target, 1);
  }
  REQUIRE(emulation.Get("/_emulator/metrics").raw == before);
}

TEST_CASE("Metrics: a duration is in every bucket from its own on, bounds included") {
  Emulation emulation;
  for (const std::int64_t took : {1, 100, 101, 1'000'000, 20'000'000}) {
    Ask(emulation, "/canary/shop", took);
  }
  REQUIRE(Sample(emulation, Bucket("0.00005")) == "1");
  REQUIRE(Sample(emulation, Bucket("0.0001")) == "2");
  REQUIRE(Sample(emulation, Bucket("0.00025")) == "3");
  REQUIRE(Sample(emulation, Bucket("0.25")) == "3");
  REQUIRE(Sample(emulation, Bucket("1")) == "4");
  REQUIRE(Sample(emulation, Bucket("10")) == "4");
  REQUIRE(Sample(emulation, Bucket("+Inf")) == "5");
  const std::string of = R"({operation="GetCanary"})";
  REQUIRE(Sample(emulation, "request_duration_seconds_count" + of) == "5");
  REQUIRE(Sample(emulation, "request_duration_seconds_sum" + of) == "21.000202");
}

TEST_CASE("Metrics: canaries are counted by state, in all accounts and regions") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Create("login");
  emulation.Send(synthetics::api::Method::kPost, "/canary", CanaryBody("shop").Json(),
                 "AWS4-HMAC-SHA256 Credential=999999999999/20260101/eu-west-1/synthetics/"
                 "aws4_request, SignedHeaders=host, Signature=0");
  REQUIRE(Sample(emulation, R"(canaries{state="RUNNING"})") == "1");
  REQUIRE(Sample(emulation, R"(canaries{state="READY"})") == "1");
  REQUIRE(Sample(emulation, R"(canaries{state="CREATING"})") == "1");
  REQUIRE(Sample(emulation, R"(canaries{state="ERROR"})") == "0");
}

TEST_CASE("Metrics: runs are counted by result when they complete") {
  Emulation emulation;
  emulation.Put("/_emulator/outcomes", R"({"rule":{"failEvery":3}})");
  emulation.Create("shop");
  REQUIRE(Sample(emulation, "runs_under_way") == "0");
  emulation.Start("shop");
  REQUIRE(Sample(emulation, "runs_under_way") == "1");
  REQUIRE(Sample(emulation, R"(runs_total{state="PASSED"})") == "0");
  emulation.Advance(R"({"seconds":330})");
  REQUIRE(Sample(emulation, R"(runs_total{state="PASSED"})") == "4");
  REQUIRE(Sample(emulation, R"(runs_total{state="FAILED"})") == "2");
}

TEST_CASE("Metrics: runs that a fault of ours took back are not counted") {
  Emulation emulation;
  emulation.Create("shop");
  {
    synthetics::state::Engine::Change change(emulation.engine());
    const auto canary = emulation.engine().store().canaries.FindByKey(1).value();
    emulation.engine().StartRunNow(canary, {});
    const auto before = emulation.engine().tally();
    while (emulation.engine().ApplyNext(synthetics::state::kEndOfTime)) {
    }
    REQUIRE((emulation.engine().tally() - before).runs_completed() == 1);
  }
  REQUIRE(Sample(emulation, R"(runs_total{state="PASSED"})") == "0");
}

TEST_CASE("Metrics: the clock and what is pending on it") {
  Emulation emulation;
  REQUIRE(Sample(emulation, "clock_seconds") == "1767225600.000");
  REQUIRE(Sample(emulation, "clock_running") == "0");
  REQUIRE(Sample(emulation, "events_pending") == "0");
  emulation.Create("shop");
  emulation.Start("shop");
  REQUIRE(Sample(emulation, "events_pending") == "2");
  emulation.Put("/_emulator/clock",
                R"({"now":"2026-01-01T00:00:01.5Z","mode":"running","speed":60.5})");
  REQUIRE(Sample(emulation, "clock_seconds") == "1767225601.500");
  REQUIRE(Sample(emulation, "clock_running") == "1");
  REQUIRE(Sample(emulation, "clock_speed") == "60.500000");
}

TEST_CASE("Metrics: a reset begins them again, and one of an account alone does not") {
  Emulation emulation;
  const std::string before = emulation.Get("/_emulator/metrics").raw;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":60})");
  Ask(emulation, "/canary/shop", 80);
  emulation.Post("/_emulator/reset?account=123456789012");
  REQUIRE(Sample(emulation, R"(requests_total{operation="GetCanary",status="200"})") == "1");
  REQUIRE(Sample(emulation, R"(runs_total{state="PASSED"})") != "0");
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Get("/_emulator/metrics").raw == before);
}

TEST_CASE("Metrics: they are answered while the clock is being advanced") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  auto reply = emulation.gateway().Handle({.method = synthetics::api::Method::kPost,
                                           .target = "/_emulator/clock/advance",
                                           .authorization = {},
                                           .content_type = "application/json",
                                           .host = "localhost",
                                           .origin = {},
                                           .body = R"({"seconds":8640000})"});
  auto& advance = std::get<std::unique_ptr<synthetics::api::Job>>(reply);
  REQUIRE(!advance->Step());
  const Answer answer = emulation.Get("/_emulator/metrics");
  REQUIRE(answer.status == 200);
  REQUIRE(answer.content_type == "text/plain; version=0.0.4");
}
