#include "state/engine/outcome.hpp"

#include <algorithm>

namespace synthetics::state {
namespace {

constexpr Duration kShortest{2'000};
constexpr Duration kLongest{5'000};

}  // namespace

Outcome DefaultOutcome(const Canary& canary, std::string_view code_fault, Random& random) {
  const Duration drawn{random.Between(kShortest.count(), kLongest.count())};
  Outcome outcome;
  outcome.duration = std::min<Duration>(drawn, canary.timeout);
  if (code_fault.empty()) return outcome;
  outcome.state = RunState::kFailed;
  outcome.test_result = TestResult::kFailed;
  outcome.reason = code_fault;
  outcome.reason_code = "CANARY_FAILURE";
  return outcome;
}

Outcome WithinTimeout(const Outcome& outcome, std::chrono::seconds timeout) {
  if (outcome.duration <= timeout) return outcome;
  return {.state = RunState::kFailed,
          .test_result = TestResult::kUnknown,
          .reason = "No test result returned",
          .reason_code = "CANARY_FAILURE",
          .duration = timeout};
}

bool HasArtifacts(const Outcome& outcome) { return outcome.test_result != TestResult::kUnknown; }

}  // namespace synthetics::state
