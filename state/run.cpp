#include "state/run.hpp"

#include "state/names.hpp"

namespace synthetics::state {
namespace {

constexpr NameTable<RunState, 3> kStates{{
    {RunState::kRunning, "RUNNING"},
    {RunState::kPassed, "PASSED"},
    {RunState::kFailed, "FAILED"},
}};

}  // namespace

std::string_view Name(RunState state) { return NameIn(kStates, state); }
std::string_view Name(TestResult result) { return NameIn(kTestResultNames, result); }
std::optional<RunState> ParseRunState(std::string_view name) { return ValueIn(kStates, name); }
std::optional<TestResult> ParseTestResult(std::string_view name) {
  return ValueIn(kTestResultNames, name);
}

}  // namespace synthetics::state
