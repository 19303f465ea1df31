#include "state/engine/outcome.hpp"

#include <algorithm>

namespace synthetics::state {
namespace {

constexpr Duration kShortest{2'000};
constexpr Duration kLongest{5'000};

constexpr std::string_view kCanaryFailure = "CANARY_FAILURE";
constexpr std::string_view kExecutionFailure = "EXECUTION_FAILURE";

// On record among the reasons of real runs.
constexpr std::string_view kDefaultReason = "Failed to load page!";

Duration UsualDuration(const Canary& canary, Random& random) {
  const Duration drawn{random.Between(kShortest.count(), kLongest.count())};
  return std::min<Duration>(drawn, canary.timeout);
}

Outcome Failure(std::string_view reason, Duration duration,
                std::string_view code = kCanaryFailure) {
  // A failure of the execution leaves the script's own verdict as it was (documented).
  const bool is_of_execution = code == kExecutionFailure;
  return {.state = RunState::kFailed,
          .test_result = is_of_execution ? TestResult::kPassed : TestResult::kFailed,
          .reason = std::string(reason),
          .reason_code = std::string(code),
          .duration = duration};
}

Outcome AsWanted(const WantedOutcome& wanted, const Canary& canary, Random& random) {
  const Duration duration = wanted.duration ? *wanted.duration : UsualDuration(canary, random);
  Outcome outcome;
  outcome.duration = duration;
  if (wanted.state == RunState::kFailed) {
    outcome = Failure(wanted.reason.value_or(std::string(kDefaultReason)), duration,
                      wanted.reason_code.value_or(std::string(kCanaryFailure)));
  }
  if (wanted.test_result) outcome.test_result = *wanted.test_result;
  return outcome;
}

std::optional<OutcomeRule> RuleInTags(const Store& store, const Canary& canary) {
  const TagMap& tags = store.canary_tags.Of(canary.key);
  const auto value_of = [&](std::string_view key) {
    const auto tag = tags.find(std::string(key));
    return tag == tags.end() ? std::string_view() : std::string_view(tag->second);
  };
  return RuleOfTags(value_of(kOutcomeTag), value_of(kDurationTag));
}

Outcome DecideFreely(Store& store, const Canary& canary, std::string_view code_fault,
                     Random& random) {
  const auto wish = store.outcomes.Find(canary.scope, canary.name);
  if (wish) {
    if (const auto scripted = store.outcomes.TakeNext(canary.scope, canary.name, wish->then)) {
      return AsWanted(*scripted, canary, random);
    }
  }
  const auto rule = wish && wish->rule ? wish->rule : RuleInTags(store, canary);
  if (!rule && !code_fault.empty()) {
    return Failure(code_fault, UsualDuration(canary, random));
  }
  const OutcomeRule in_force = rule ? *rule : store.outcomes.DefaultRule();
  const std::int64_t number =
      in_force.fail_every ? store.outcomes.CountByRule(canary.scope, canary.name) : 0;
  return ByRule(in_force, number, canary, random);
}

}  // namespace

Outcome Decide(Store& store, const Canary& canary, const std::optional<WantedOutcome>& wanted,
               std::string_view code_fault, Random& random) {
  const Outcome outcome =
      wanted ? AsWanted(*wanted, canary, random) : DecideFreely(store, canary, code_fault, random);
  return WithinTimeout(outcome, canary.timeout);
}

Outcome ByRule(const OutcomeRule& rule, std::int64_t number, const Canary& canary, Random& random) {
  Outcome outcome;
  outcome.duration = rule.shortest && rule.longest
                         ? Duration{random.Between(rule.shortest->count(), rule.longest->count())}
                         : UsualDuration(canary, random);
  const bool is_turn = rule.fail_every && number % *rule.fail_every == 0;
  if (!is_turn && !random.Happens(rule.failure_rate)) return outcome;
  return Failure(rule.reason.value_or(std::string(kDefaultReason)), outcome.duration);
}

Outcome WithinTimeout(const Outcome& outcome, std::chrono::seconds timeout) {
  if (outcome.duration <= timeout) return outcome;
  return {.state = RunState::kFailed,
          .test_result = TestResult::kUnknown,
          .reason = "No test result returned",
          .reason_code = std::string(kCanaryFailure),
          .duration = timeout};
}

bool HasArtifacts(const Outcome& outcome) { return outcome.test_result != TestResult::kUnknown; }

}  // namespace synthetics::state
