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
    const Outcome outcome = ByRule({}, 0, CanaryAt("bucket"), random);
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
    REQUIRE(ByRule({}, 0, canary, random).duration <= Duration{3000});
  }
}

TEST_CASE("Outcome: a rule's failures come about as often as it says, within its durations") {
  Random random(1);
  OutcomeRule rule;
  rule.failure_rate = 0.2;
  rule.shortest = Duration{800};
  rule.longest = Duration{900};
  rule.reason = "no luck";
  int failures = 0;
  for (int run = 0; run < 2000; ++run) {
    const Outcome outcome = ByRule(rule, 0, CanaryAt("bucket"), random);
    REQUIRE(outcome.duration >= Duration{800});
    REQUIRE(outcome.duration <= Duration{900});
    if (outcome.state != RunState::kFailed) continue;
    ++failures;
    REQUIRE(outcome.reason == "no luck");
    REQUIRE(outcome.reason_code == "CANARY_FAILURE");
  }
  REQUIRE(failures > 340);
  REQUIRE(failures < 460);
}

TEST_CASE("Outcome: every third run fails where that is the rule") {
  Random random(1);
  OutcomeRule rule;
  rule.fail_every = 3;
  for (int number = 1; number <= 12; ++number) {
    const bool fails = ByRule(rule, number, CanaryAt("bucket"), random).state == RunState::kFailed;
    REQUIRE(fails == (number % 3 == 0));
  }
}

TEST_CASE("Outcome: tags are a rule, unless they say nothing of the kind") {
  REQUIRE(RuleOfTags("PASSED", "")->failure_rate == 0);
  REQUIRE(RuleOfTags("FAILED", "")->failure_rate == 1);
  REQUIRE(RuleOfTags("fail-every-3", "")->fail_every == 3);
  REQUIRE(RuleOfTags("fail-rate-0.2", "")->failure_rate == 0.2);
  REQUIRE(RuleOfTags("", "1200")->longest == Duration{1200});
  REQUIRE(RuleOfTags("nonsense", "7")->failure_rate == 0);
  for (const auto* const nothing : {"", "passed", "fail-every-0", "fail-rate-2", "fail-every-x"}) {
    REQUIRE_FALSE(RuleOfTags(nothing, "-1").has_value());
  }
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
