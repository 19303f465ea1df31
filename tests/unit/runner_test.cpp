#include "state/engine/runner.hpp"

#include "state/engine/outcome.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_host.hpp"

using namespace synthetics::state;

namespace {

const Instant kStart = ParseIso("2024-10-15T13:50:39.690Z").value();

Canary CanaryAt(const std::string& location) {
  Canary canary;
  canary.scope = {.account = "123456789012", .region = "us-east-1"};
  canary.name = "shop";
  canary.artifact_location = location;
  canary.timeout = std::chrono::seconds{60};
  return canary;
}

}  // namespace

TEST_CASE("Artifacts: a prefix is kept, and the time of the start makes the folders") {
  REQUIRE(ArtifactLocation(CanaryAt("bucket/some/prefix"), kStart, Browser::kChrome) ==
          "bucket/some/prefix/2024/10/15/13/50-39-690");
}

TEST_CASE("Artifacts: a bare bucket gets a prefix of region and name") {
  const auto* const bucket = GENERATE("bucket", "bucket/");
  REQUIRE(ArtifactLocation(CanaryAt(bucket), kStart, Browser::kChrome) ==
          "bucket/canary/us-east-1/shop/2024/10/15/13/50-39-690");
}

TEST_CASE("Artifacts: the browser is named where browsers were asked for") {
  Canary canary = CanaryAt("bucket/prefix");
  canary.browsers = {Browser::kChrome, Browser::kFirefox};
  REQUIRE(ArtifactLocation(canary, kStart, Browser::kFirefox) ==
          "bucket/prefix/2024/10/15/13/50-39-690/FIREFOX");
}

TEST_CASE("Outcome: by default a run passes after 2 to 5 seconds") {
  Random random(1);
  for (int run = 0; run < 200; ++run) {
    const Outcome outcome = DefaultOutcome(CanaryAt("bucket"), {}, random);
    REQUIRE(outcome.state == RunState::kPassed);
    REQUIRE(outcome.duration >= Duration{2000});
    REQUIRE(outcome.duration <= Duration{5000});
  }
}

TEST_CASE("Outcome: a default run is over by its canary's timeout") {
  Random random(1);
  Canary canary = CanaryAt("bucket");
  canary.timeout = std::chrono::seconds{3};
  for (int run = 0; run < 200; ++run) {
    REQUIRE(DefaultOutcome(canary, {}, random).duration <= Duration{3000});
  }
}

TEST_CASE("Outcome: code that cannot be loaded fails with that for its reason") {
  Random random(1);
  const Outcome outcome = DefaultOutcome(CanaryAt("bucket"), "no such file", random);
  REQUIRE(outcome.state == RunState::kFailed);
  REQUIRE(outcome.test_result == TestResult::kFailed);
  REQUIRE(outcome.reason == "no such file");
  REQUIRE(HasArtifacts(outcome));
}

TEST_CASE("Outcome: a run that would outlast its timeout fails there, without a verdict") {
  Outcome wanted;
  wanted.duration = Duration{61'000};
  REQUIRE(WithinTimeout(wanted, std::chrono::seconds{61}).state == RunState::kPassed);
  const Outcome cut = WithinTimeout(wanted, std::chrono::seconds{60});
  REQUIRE(cut.state == RunState::kFailed);
  REQUIRE(cut.test_result == TestResult::kUnknown);
  REQUIRE(cut.reason_code == "CANARY_FAILURE");
  REQUIRE(cut.duration == Duration{60'000});
  REQUIRE_FALSE(HasArtifacts(cut));
}
