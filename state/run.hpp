// A run of a canary: one execution of its script in one browser.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "state/canary.hpp"
#include "state/instant.hpp"
#include "state/names.hpp"

namespace synthetics::state {

enum class RunState { kRunning, kPassed, kFailed };

// The script's own verdict, which a run's state can contradict (a script that passed, an upload
// that failed).
enum class TestResult { kPassed, kFailed, kUnknown };

inline constexpr NameTable<TestResult, 3> kTestResultNames{{
    {TestResult::kPassed, "PASSED"},
    {TestResult::kFailed, "FAILED"},
    {TestResult::kUnknown, "UNKNOWN"},
}};

std::string_view Name(RunState state);
std::string_view Name(TestResult result);
std::optional<RunState> ParseRunState(std::string_view name);
std::optional<TestResult> ParseTestResult(std::string_view name);

// How a run ends. It is decided when the run starts.
struct Outcome {
  RunState state = RunState::kPassed;
  TestResult test_result = TestResult::kPassed;
  std::string reason;
  std::string reason_code;  // empty, CANARY_FAILURE or EXECUTION_FAILURE
  Duration duration{0};
};

struct Run {
  std::int64_t key = 0;     // of its row
  std::int64_t canary = 0;  // the canary's row
  std::string id;
  std::optional<Browser> browser;  // none for runtimes without one
  std::string dry_run;             // the dry run's id; empty for a run by the schedule
  std::string scheduled_run;       // of a retry: the id of the run that it repeats
  std::int64_t attempt = 0;        // of a retry: 1 or 2
  bool is_on_demand = false;       // beside the schedule
  // How often a failure is tried again, by the schedule under which the first attempt began; 0 from
  // when that schedule is no more.
  std::int64_t max_retries = 0;
  std::optional<Instant> metric_timestamp;  // where there can be retries: when the first one began
  Instant started;
  std::optional<Instant> completed;
  std::string artifact_location;  // empty where there is none
  Outcome outcome;                // holds from `completed` on; until then the run is RUNNING
};

}  // namespace synthetics::state
