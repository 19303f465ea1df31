// What a test wants of a canary's runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/instant.hpp"
#include "state/names.hpp"
#include "state/run.hpp"

namespace synthetics::state {

// An outcome as it is asked for. What is not said follows from the rest.
struct WantedOutcome {
  RunState state = RunState::kPassed;  // PASSED or FAILED
  std::optional<std::string> reason;
  std::optional<std::string> reason_code;  // CANARY_FAILURE or EXECUTION_FAILURE
  std::optional<TestResult> test_result;
  std::optional<Duration> duration;
};

struct ScriptEntry {
  WantedOutcome outcome;
  std::int64_t count = 1;  // runs in a row
};

// What follows the end of a script.
enum class Then {
  kRule,
  kRepeat,  // the script from its start
  kLast,    // its last entry, for ever
};

inline constexpr NameTable<Then, 3> kThenNames{{
    {Then::kRule, "rule"},
    {Then::kRepeat, "repeat"},
    {Then::kLast, "last"},
}};

std::string_view Name(Then then);
std::optional<Then> ParseThen(std::string_view name);

// How runs end that no script speaks of.
struct OutcomeRule {
  double failure_rate = 0;                 // 0 to 1
  std::optional<std::int64_t> fail_every;  // the n-th, the 2n-th and so on, whatever the rate
  std::optional<Duration> shortest;        // none of both: 2 to 5 seconds
  std::optional<Duration> longest;
  std::optional<std::string> reason;  // of failures
};

struct Outcomes {
  std::vector<ScriptEntry> script;
  Then then = Then::kRule;
  std::optional<OutcomeRule> rule;
};

// The rule that a canary's tags ask for: `emulator:outcome` with `PASSED`, `FAILED`, `fail-every-3`
// or `fail-rate-0.2`, and `emulator:duration-ms` with a number. Nothing where neither says anything
// of the kind.
std::optional<OutcomeRule> RuleOfTags(std::string_view outcome, std::string_view duration_ms);

inline constexpr std::string_view kOutcomeTag = "emulator:outcome";
inline constexpr std::string_view kDurationTag = "emulator:duration-ms";

// As long as an outcome may last.
inline constexpr Duration kLongestOutcome{24LL * 3600 * 1000};

}  // namespace synthetics::state
