// The shapes of events, which have EventBridge's names.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/control/shapes.hpp"
#include "state/canary_event.hpp"

namespace synthetics::api {

inline constexpr state::NameTable<state::CanaryEventType, 3> kDetailTypeNames{{
    {state::CanaryEventType::kStatusChange, "Synthetics Canary Status Change"},
    {state::CanaryEventType::kRunSuccessful, "Synthetics Canary TestRun Successful"},
    {state::CanaryEventType::kRunFailure, "Synthetics Canary TestRun Failure"},
}};
inline constexpr auto kDetailTypes = NamesOf(kDetailTypeNames);
inline constexpr Constraint kDetailType{.values = kDetailTypes};
inline constexpr Constraint kEventLimit{.min = 1, .max = 10'000};

struct EventsRequest {
  std::optional<std::string> type;
  std::optional<std::string> canary;
  std::optional<std::string> since;
  std::optional<std::int64_t> limit;
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<EventsRequest> {
  static constexpr std::array kFields{
      Query<&EventsRequest::type>("type", kDetailType),
      Query<&EventsRequest::canary>("canary", kCanaryName),
      Query<&EventsRequest::since>("since"),
      Query<&EventsRequest::limit>("limit", kEventLimit),
      Query<&EventsRequest::account>("account", kAccount),
      Query<&EventsRequest::region>("region", kRegion),
  };
};

struct ChangedValue {
  std::optional<std::string> previous_value;
  std::string current_value;
};
template <>
struct ShapeOf<ChangedValue> {
  static constexpr std::array kFields{
      Optional<&ChangedValue::previous_value>("previous-value"),
      Required<&ChangedValue::current_value>("current-value"),
  };
};

struct ChangedConfig {
  std::optional<ChangedValue> execution_arn;
  std::optional<ChangedValue> vpc_id;
  std::optional<ChangedValue> layer_arn;
};
template <>
struct ShapeOf<ChangedConfig> {
  static constexpr std::array kFields{
      Optional<&ChangedConfig::execution_arn>("executionArn"),
      Optional<&ChangedConfig::vpc_id>("vpcId"),
      Optional<&ChangedConfig::layer_arn>("testCodeLayerVersionArn"),
  };
};

struct EventRunTimeline {
  state::Instant started;
  state::Instant completed;
};
template <>
struct ShapeOf<EventRunTimeline> {
  static constexpr std::array kFields{
      Required<&EventRunTimeline::started>("started"),
      Required<&EventRunTimeline::completed>("completed"),
  };
};

// Of a change of state or of a run's result: each has its members, between those of both.
struct EventDetail {
  std::string account_id;
  std::string canary_id;
  std::string canary_name;
  std::optional<std::string> current_state;
  std::optional<std::string> previous_state;
  std::optional<std::string> source_location;
  std::optional<state::Instant> updated_on;
  std::optional<ChangedConfig> changed_config;
  std::optional<std::string> canary_run_id;
  std::optional<std::string> artifact_location;
  std::optional<std::string> test_run_status;
  std::optional<std::string> state_reason;
  std::optional<EventRunTimeline> canary_run_timeline;
  std::string message;
};
template <>
struct ShapeOf<EventDetail> {
  static constexpr std::array kFields{
      Required<&EventDetail::account_id>("account-id"),
      Required<&EventDetail::canary_id>("canary-id"),
      Required<&EventDetail::canary_name>("canary-name"),
      Optional<&EventDetail::current_state>("current-state"),
      Optional<&EventDetail::previous_state>("previous-state"),
      Optional<&EventDetail::source_location>("source-location"),
      Optional<&EventDetail::updated_on>("updated-on"),
      Optional<&EventDetail::changed_config>("changed-config"),
      Optional<&EventDetail::canary_run_id>("canary-run-id"),
      Optional<&EventDetail::artifact_location>("artifact-location"),
      Optional<&EventDetail::test_run_status>("test-run-status"),
      Optional<&EventDetail::state_reason>("state-reason"),
      Optional<&EventDetail::canary_run_timeline>("canary-run-timeline"),
      Required<&EventDetail::message>("message"),
  };
};

struct EventBody {
  std::string version = "0";
  std::string id;
  std::string detail_type;
  std::string source = "aws.synthetics";
  std::string account;
  IsoInstant time;
  std::string region;
  std::vector<std::string> resources;
  EventDetail detail;
};
template <>
struct ShapeOf<EventBody> {
  static constexpr std::array kFields{
      Required<&EventBody::version>("version"),
      Required<&EventBody::id>("id"),
      Required<&EventBody::detail_type>("detail-type"),
      Required<&EventBody::source>("source"),
      Required<&EventBody::account>("account"),
      Required<&EventBody::time>("time"),
      Required<&EventBody::region>("region"),
      Required<&EventBody::resources>("resources"),
      Required<&EventBody::detail>("detail"),
  };
};

struct EventsResponse {
  std::vector<EventBody> events;
  std::int64_t cursor = 0;  // the next call's `since`
};
template <>
struct ShapeOf<EventsResponse> {
  static constexpr std::array kFields{
      Required<&EventsResponse::events>("events"),
      Required<&EventsResponse::cursor>("cursor"),
  };
};

}  // namespace synthetics::api
