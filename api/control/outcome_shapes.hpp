// The shapes of what runs are told to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/control/shapes.hpp"
#include "api/part.hpp"
#include "state/outcomes.hpp"

namespace synthetics::api {

inline constexpr std::array<std::string_view, 2> kEndStates{"PASSED", "FAILED"};
inline constexpr std::array<std::string_view, 2> kRunReasonCodes{"CANARY_FAILURE",
                                                                 "EXECUTION_FAILURE"};
inline constexpr auto kTestResults = NamesOf(state::kTestResultNames);
inline constexpr auto kThens = NamesOf(state::kThenNames);

inline constexpr Constraint kEndState{.values = kEndStates};
inline constexpr Constraint kRunReasonCode{.values = kRunReasonCodes};
inline constexpr Constraint kTestResult{.values = kTestResults};
inline constexpr Constraint kMilliseconds{.min = 0, .max = state::kLongestOutcome.count()};
inline constexpr Constraint kScript{.max = 1000};
inline constexpr Constraint kThen{.values = kThens};

struct OutcomeBody {
  std::string state;
  std::optional<std::string> state_reason;
  std::optional<std::string> state_reason_code;
  std::optional<std::string> test_result;
  std::optional<std::int64_t> duration_ms;
  std::optional<std::int64_t> count;
};
template <>
struct ShapeOf<OutcomeBody> {
  static constexpr std::array kFields{
      Required<&OutcomeBody::state>("state", kEndState),
      Optional<&OutcomeBody::state_reason>("stateReason", kStateReason),
      Optional<&OutcomeBody::state_reason_code>("stateReasonCode", kRunReasonCode),
      Optional<&OutcomeBody::test_result>("testResult", kTestResult),
      Optional<&OutcomeBody::duration_ms>("durationMs", kMilliseconds),
      Optional<&OutcomeBody::count>("count", kCount),
  };
};

struct DurationRange {
  std::int64_t min = 0;
  std::int64_t max = 0;
};
template <>
struct ShapeOf<DurationRange> {
  static constexpr std::array kFields{
      Required<&DurationRange::min>("min", kMilliseconds),
      Required<&DurationRange::max>("max", kMilliseconds),
  };
};

struct RuleBody {
  std::optional<double> failure_rate;
  std::optional<std::int64_t> fail_every;
  std::optional<DurationRange> duration_ms;
  std::optional<std::string> state_reason;
};
template <>
struct ShapeOf<RuleBody> {
  static constexpr std::array kFields{
      Optional<&RuleBody::failure_rate>("failureRate", kProbability),
      Optional<&RuleBody::fail_every>("failEvery", kCount),
      Optional<&RuleBody::duration_ms>("durationMs"),
      Optional<&RuleBody::state_reason>("stateReason", kStateReason),
  };
};

// What is left of a canary's script, and its rule: what was read can be put back.
struct OutcomesBody {
  std::vector<OutcomeBody> script;
  std::optional<std::string> then;
  std::optional<RuleBody> rule;
};
template <>
struct ShapeOf<OutcomesBody> {
  static constexpr std::array kFields{
      Required<&OutcomesBody::script>("script"),
      Required<&OutcomesBody::then>("then"),
      Optional<&OutcomesBody::rule>("rule"),
  };
};

// What a canary's runs are asked to do.
struct OutcomesInput {
  std::vector<OutcomeBody> script;
  std::optional<std::string> then;
  std::optional<RuleBody> rule;
};
template <>
struct ShapeOf<OutcomesInput> {
  static constexpr std::array kFields{
      Optional<&OutcomesInput::script>("script", kScript),
      Optional<&OutcomesInput::then>("then", kThen),
      Optional<&OutcomesInput::rule>("rule"),
  };
};

struct OutcomesRequest {
  std::string name;
  std::optional<std::string> account;
  std::optional<std::string> region;
  OutcomesInput outcomes;
};
template <>
struct ShapeOf<OutcomesRequest> {
  static constexpr auto kFields = WithPart<&OutcomesRequest::outcomes>(std::array{
      Label<&OutcomesRequest::name>("name", kCanaryName),
      Query<&OutcomesRequest::account>("account", kAccount),
      Query<&OutcomesRequest::region>("region", kRegion),
  });
};

struct DefaultRuleBody {
  RuleBody rule;
};
template <>
struct ShapeOf<DefaultRuleBody> {
  static constexpr std::array kFields{Required<&DefaultRuleBody::rule>("rule")};
};

struct RunRequest {
  std::string name;
  std::optional<std::string> account;
  std::optional<std::string> region;
  std::optional<OutcomeBody> outcome;
};
template <>
struct ShapeOf<RunRequest> {
  static constexpr std::array kFields{
      Label<&RunRequest::name>("name", kCanaryName),
      Query<&RunRequest::account>("account", kAccount),
      Query<&RunRequest::region>("region", kRegion),
      Optional<&RunRequest::outcome>("outcome"),
  };
};

}  // namespace synthetics::api
