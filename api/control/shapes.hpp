// The shapes of the control plane. Their names are camelCase, so that nobody takes them for the
// service's.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"
#include "state/canary.hpp"
#include "state/clock.hpp"
#include "state/transitions.hpp"

namespace synthetics::api {

inline constexpr Constraint kAccount{.pattern = "[0-9]{12}"};
inline constexpr Constraint kRegion{.min = 1, .max = 64};
inline constexpr Constraint kCount{.min = 1, .max = 1'000'000};
inline constexpr Constraint kProbability{.min = 0, .max = 1};
// As much as a clock can be moved at once, ten years.
inline constexpr Constraint kPatience{.min = 0, .max = 3600};  // s: it takes a connection
inline constexpr Constraint kSeconds{.min = 0, .max = 10L * 366 * 24 * 3600};

// What names one canary.
struct CanaryInScope {
  std::string name;
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<CanaryInScope> {
  static constexpr std::array kFields{
      Label<&CanaryInScope::name>("name", kCanaryName),
      Query<&CanaryInScope::account>("account", kAccount),
      Query<&CanaryInScope::region>("region", kRegion),
  };
};

struct ResetRequest {
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<ResetRequest> {
  static constexpr std::array kFields{
      Query<&ResetRequest::account>("account", kAccount),
      Query<&ResetRequest::region>("region", kRegion),
  };
};

inline constexpr auto kClockModes = NamesOf(state::kClockModeNames);
inline constexpr Constraint kClockSpeed{.min = 0, .max = 100'000};  // and more than 0
inline constexpr Constraint kClockMode{.values = kClockModes};

struct ClockRequest {
  std::optional<std::string> mode;
  std::optional<IsoInstant> now;
  std::optional<double> speed;
};
template <>
struct ShapeOf<ClockRequest> {
  static constexpr std::array kFields{
      Optional<&ClockRequest::mode>("mode", kClockMode),
      Optional<&ClockRequest::now>("now"),
      Optional<&ClockRequest::speed>("speed", kClockSpeed),
  };
};

struct ClockResponse {
  IsoInstant now;
  std::string mode;
  double speed = 1;
};
template <>
struct ShapeOf<ClockResponse> {
  static constexpr std::array kFields{
      Required<&ClockResponse::now>("now"),
      Required<&ClockResponse::mode>("mode"),
      Required<&ClockResponse::speed>("speed"),
  };
};

inline constexpr std::array<std::string_view, 2> kAdvanceGoals{"settled", "nextRun"};
inline constexpr Constraint kAdvanceGoal{.values = kAdvanceGoals};

struct AdvanceRequest {
  std::optional<double> seconds;
  std::optional<IsoInstant> to;
  std::optional<std::string> until;
};
template <>
struct ShapeOf<AdvanceRequest> {
  static constexpr std::array kFields{
      Optional<&AdvanceRequest::seconds>("seconds", kSeconds),
      Optional<&AdvanceRequest::to>("to"),
      Optional<&AdvanceRequest::until>("until", kAdvanceGoal),
  };
};

struct AdvanceResponse {
  IsoInstant now;
  std::int64_t transitions = 0;
  std::int64_t runs_started = 0;
  std::int64_t runs_completed = 0;
};
template <>
struct ShapeOf<AdvanceResponse> {
  static constexpr std::array kFields{
      Required<&AdvanceResponse::now>("now"),
      Required<&AdvanceResponse::transitions>("transitions"),
      Required<&AdvanceResponse::runs_started>("runsStarted"),
      Required<&AdvanceResponse::runs_completed>("runsCompleted"),
  };
};

inline constexpr Constraint kPendingLimit{.min = 0, .max = 1000};

struct PendingRequest {
  std::optional<std::int64_t> limit;
};
template <>
struct ShapeOf<PendingRequest> {
  static constexpr std::array kFields{Query<&PendingRequest::limit>("limit", kPendingLimit)};
};

struct Pending {
  IsoInstant at;
  std::string kind;
  std::string canary;
  std::string account;
  std::string region;
};
template <>
struct ShapeOf<Pending> {
  static constexpr std::array kFields{
      Required<&Pending::at>("at"),         Required<&Pending::kind>("kind"),
      Required<&Pending::canary>("canary"), Required<&Pending::account>("account"),
      Required<&Pending::region>("region"),
  };
};

struct PendingResponse {
  std::vector<Pending> pending;
  std::int64_t total = 0;
};
template <>
struct ShapeOf<PendingResponse> {
  static constexpr std::array kFields{
      Required<&PendingResponse::pending>("pending"),
      Required<&PendingResponse::total>("total"),
  };
};

inline constexpr auto kCanaryStates = NamesOf(state::kCanaryStateNames);
inline constexpr Constraint kStateName{.values = kCanaryStates};
// That, or gone.
inline constexpr std::string_view kDeleted = "DELETED";
inline constexpr auto kAwaitedStates = [] {
  std::array<std::string_view, kCanaryStates.size() + 1> states;
  std::ranges::copy(kCanaryStates, states.begin());
  states.back() = kDeleted;
  return states;
}();
inline constexpr Constraint kAwaitedState{.values = kAwaitedStates};
inline constexpr Constraint kStateReason{.min = 1, .max = 1024};

struct StateRequest {
  std::string name;
  std::optional<std::string> account;
  std::optional<std::string> region;
  std::string state;
  std::optional<std::string> state_reason;
  std::optional<std::string> state_reason_code;
};
template <>
struct ShapeOf<StateRequest> {
  static constexpr std::array kFields{
      Label<&StateRequest::name>("name", kCanaryName),
      Query<&StateRequest::account>("account", kAccount),
      Query<&StateRequest::region>("region", kRegion),
      Required<&StateRequest::state>("state", kStateName),
      Optional<&StateRequest::state_reason>("stateReason", kStateReason),
      Optional<&StateRequest::state_reason_code>("stateReasonCode"),
  };
};

struct WaitRequest {
  std::string name;
  std::optional<std::string> account;
  std::optional<std::string> region;
  std::string state;
  std::optional<double> timeout_seconds;
};
template <>
struct ShapeOf<WaitRequest> {
  static constexpr std::array kFields{
      Label<&WaitRequest::name>("name", kCanaryName),
      Query<&WaitRequest::account>("account", kAccount),
      Query<&WaitRequest::region>("region", kRegion),
      RequiredQuery<&WaitRequest::state>("state", kAwaitedState),
      Query<&WaitRequest::timeout_seconds>("timeoutSeconds", kPatience),
  };
};

struct StateResponse {
  std::string state;
};
template <>
struct ShapeOf<StateResponse> {
  static constexpr std::array kFields{Required<&StateResponse::state>("state")};
};

inline constexpr Constraint kPreviewCount{.min = 1, .max = 1000};

struct ScheduleRequest {
  std::optional<std::string> expression;
  std::optional<std::string> canary;
  std::optional<std::string> account;
  std::optional<std::string> region;
  std::optional<IsoInstant> from;
  std::optional<std::int64_t> count;
};
template <>
struct ShapeOf<ScheduleRequest> {
  static constexpr std::array kFields{
      Query<&ScheduleRequest::expression>("expression", kText),
      Query<&ScheduleRequest::canary>("canary", kCanaryName),
      Query<&ScheduleRequest::account>("account", kAccount),
      Query<&ScheduleRequest::region>("region", kRegion),
      Query<&ScheduleRequest::from>("from"),
      Query<&ScheduleRequest::count>("count", kPreviewCount),
  };
};

struct ScheduleResponse {
  std::string expression;
  std::vector<IsoInstant> next;
};
template <>
struct ShapeOf<ScheduleResponse> {
  static constexpr std::array kFields{
      Required<&ScheduleResponse::expression>("expression"),
      Required<&ScheduleResponse::next>("next"),
  };
};

inline constexpr auto kProfiles = NamesOf(state::kProfileNames);
inline constexpr Constraint kProfile{.values = kProfiles};

// A failed transition ends here or, left out, where the state machine says.
inline constexpr std::array<std::string_view, 1> kFailureStates{"ERROR"};
inline constexpr Constraint kFailureState{.values = kFailureStates};
inline constexpr auto kReasonCodes = NamesOf(state::kStateReasonCodeNames);
// All but none at all.
inline constexpr Constraint kReasonCode{.values = std::span(kReasonCodes).subspan(1)};

struct FailureBody {
  std::optional<std::string> state;
  std::optional<std::string> state_reason;
  std::optional<std::string> state_reason_code;
};
template <>
struct ShapeOf<FailureBody> {
  static constexpr std::array kFields{
      Optional<&FailureBody::state>("state", kFailureState),
      Optional<&FailureBody::state_reason>("stateReason", kStateReason),
      Optional<&FailureBody::state_reason_code>("stateReasonCode", kReasonCode),
  };
};

struct StateRuleBody {
  std::optional<double> seconds;
  std::optional<std::int64_t> polls;
  std::optional<bool> hold;
  std::optional<FailureBody> then;
  std::optional<std::int64_t> times;
};
template <>
struct ShapeOf<StateRuleBody> {
  static constexpr std::array kFields{
      Optional<&StateRuleBody::seconds>("seconds", kSeconds),
      Optional<&StateRuleBody::polls>("polls", kCount),
      Optional<&StateRuleBody::hold>("hold"),
      Optional<&StateRuleBody::then>("then"),
      Optional<&StateRuleBody::times>("times", kCount),
  };
};

struct StateRules {
  std::optional<StateRuleBody> creating;
  std::optional<StateRuleBody> starting;
  std::optional<StateRuleBody> updating;
  std::optional<StateRuleBody> stopping;
  std::optional<StateRuleBody> deleting;
};
template <>
struct ShapeOf<StateRules> {
  static constexpr std::array kFields{
      Optional<&StateRules::creating>("CREATING"), Optional<&StateRules::starting>("STARTING"),
      Optional<&StateRules::updating>("UPDATING"), Optional<&StateRules::stopping>("STOPPING"),
      Optional<&StateRules::deleting>("DELETING"),
  };
};

// The request and the answer are of one shape: what was read can be put back.
struct TransitionsBody {
  std::optional<std::string> profile;
  std::optional<StateRules> states;
};
template <>
struct ShapeOf<TransitionsBody> {
  static constexpr std::array kFields{
      Optional<&TransitionsBody::profile>("profile", kProfile),
      Optional<&TransitionsBody::states>("states"),
  };
};

inline constexpr Constraint kSnapshotName{.pattern = "[A-Za-z0-9._-]{1,64}"};

struct SnapshotRequest {
  std::string name;
};
template <>
struct ShapeOf<SnapshotRequest> {
  static constexpr std::array kFields{Label<&SnapshotRequest::name>("name", kSnapshotName)};
};

// The request's body as it came.
struct SnapshotUpload {
  std::string_view file;
};

struct SnapshotBody {
  std::string name;
  IsoInstant at;
  std::int64_t bytes = 0;
};
template <>
struct ShapeOf<SnapshotBody> {
  static constexpr std::array kFields{
      Required<&SnapshotBody::name>("name"),
      Required<&SnapshotBody::at>("at"),
      Required<&SnapshotBody::bytes>("bytes"),
  };
};

struct SnapshotsResponse {
  std::vector<SnapshotBody> snapshots;
};
template <>
struct ShapeOf<SnapshotsResponse> {
  static constexpr std::array kFields{Required<&SnapshotsResponse::snapshots>("snapshots")};
};

struct StorageBody {
  std::string kind;
  std::optional<std::string> path;
};
template <>
struct ShapeOf<StorageBody> {
  static constexpr std::array kFields{
      Required<&StorageBody::kind>("kind"),
      Optional<&StorageBody::path>("path"),
  };
};

struct HealthResponse {
  std::string status;
  std::string version;
  StorageBody storage;
  ClockResponse clock;
  double uptime_seconds = 0;
};
template <>
struct ShapeOf<HealthResponse> {
  static constexpr std::array kFields{
      Required<&HealthResponse::status>("status"),
      Required<&HealthResponse::version>("version"),
      Required<&HealthResponse::storage>("storage"),
      Required<&HealthResponse::clock>("clock"),
      Required<&HealthResponse::uptime_seconds>("uptimeSeconds"),
  };
};

// What other emulators say: the services that they have.
struct ServicesBody {
  std::string synthetics;
};
template <>
struct ShapeOf<ServicesBody> {
  static constexpr std::array kFields{Required<&ServicesBody::synthetics>("synthetics")};
};

struct AliasHealthResponse {
  ServicesBody services;
};
template <>
struct ShapeOf<AliasHealthResponse> {
  static constexpr std::array kFields{Required<&AliasHealthResponse::services>("services")};
};

struct MotoResetResponse {
  std::string status;
};
template <>
struct ShapeOf<MotoResetResponse> {
  static constexpr std::array kFields{Required<&MotoResetResponse::status>("status")};
};

struct SettingBody {
  std::string name;
  std::string value;
  std::string source;
};
template <>
struct ShapeOf<SettingBody> {
  static constexpr std::array kFields{
      Required<&SettingBody::name>("name"),
      Required<&SettingBody::value>("value"),
      Required<&SettingBody::source>("source"),
  };
};

struct SettingsResponse {
  std::vector<SettingBody> settings;
};
template <>
struct ShapeOf<SettingsResponse> {
  static constexpr std::array kFields{Required<&SettingsResponse::settings>("settings")};
};

}  // namespace synthetics::api
