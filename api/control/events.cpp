#include "api/arn.hpp"
#include "api/control/event_shapes.hpp"
#include "api/control/routes.hpp"
#include "api/control/since.hpp"
#include "api/hash.hpp"

namespace synthetics::api {
namespace {

using state::CanaryEvent;
using state::CanaryEventType;
using state::RunResult;
using state::StatusChange;

// How an event writes what is not there: in a change of state and of a run (documented).
constexpr std::string_view kNoValue = "NULL";
constexpr std::string_view kNone = "null";

std::string OrText(const std::string& value, std::string_view otherwise) {
  return value.empty() ? std::string(otherwise) : value;
}

// The first version of a function or layer has none before it.
template <class MakeArn>
ChangedValue ChangedArn(const StatusChange& change, const MakeArn& make_arn) {
  ChangedValue value{.previous_value = {}, .current_value = make_arn(change.version)};
  if (change.version_before > 0) value.previous_value = make_arn(change.version_before);
  return value;
}

// What has changed where there are new versions; the VPC is named with them even if it is the same
// (as in the documented event).
ChangedConfig ShowChanges(const CanaryEvent& event, const StatusChange& change) {
  ChangedConfig config;
  if (change.version == change.version_before) return config;
  const auto function = [&](std::int64_t version) {
    return FunctionArn(event.scope, event.canary, event.canary_id, version);
  };
  const auto layer = [&](std::int64_t version) {
    return LayerArn(event.scope, event.canary, event.canary_id, version);
  };
  config.execution_arn = ChangedArn(change, function);
  config.layer_arn = ChangedArn(change, layer);
  ChangedValue& vpc = config.vpc_id.emplace();
  if (change.vpc != change.vpc_before && change.version_before > 0) {
    vpc.previous_value = OrText(change.vpc_before, kNoValue);
  }
  vpc.current_value = OrText(change.vpc, kNoValue);
  return config;
}

void ShowDetail(const CanaryEvent& event, const StatusChange& change, EventDetail& detail) {
  detail.current_state = Name(change.state);
  detail.previous_state = change.state_before ? Name(*change.state_before) : kNoValue;
  detail.source_location = kNoValue;
  detail.updated_on = event.at;
  detail.changed_config = ShowChanges(event, change);
  detail.message = "Canary status has changed";
}

void ShowDetail(const CanaryEvent& event, const RunResult& result, EventDetail& detail) {
  const bool has_passed = event.type == CanaryEventType::kRunSuccessful;
  detail.canary_run_id = result.run;
  detail.artifact_location = OrText(result.artifact_location, kNone);
  detail.test_run_status = has_passed ? "PASSED" : "FAILED";
  // The reason is wrapped in quotes once more (documented).
  detail.state_reason = has_passed ? std::string(kNone) : Encode(result.reason);
  detail.canary_run_timeline = {.started = result.started, .completed = event.at};
  detail.message = "Test run result is generated successfully";
}

// The instant that EventBridge stamps: whole seconds, and of a run one later (seen).
state::Instant TimeOf(const CanaryEvent& event) {
  const bool is_of_run = event.type != CanaryEventType::kStatusChange;
  return std::chrono::floor<std::chrono::seconds>(event.at) +
         std::chrono::seconds{is_of_run ? 1 : 0};
}

// An event has the same id whenever it is read, and another one in its place, once a snapshot has
// undone it, has another.
std::string IdOf(const CanaryEvent& event, std::uint64_t seed) {
  const auto* const result = std::get_if<RunResult>(&event.detail);
  const std::string what = std::to_string(event.id) + " " + state::ToIso(event.at) + " " +
                           event.canary + " " + (result == nullptr ? event.canary_id : result->run);
  return state::Random(seed ^ Hash(what)).Uuid();
}

EventBody Show(const CanaryEvent& event, std::uint64_t seed) {
  EventBody body;
  body.id = IdOf(event, seed);
  body.detail_type = NameIn(kDetailTypeNames, event.type);
  body.account = event.scope.account;
  body.time = {TimeOf(event)};
  body.region = event.scope.region;
  body.detail.account_id = event.scope.account;
  body.detail.canary_id = event.canary_id;
  body.detail.canary_name = event.canary;
  std::visit([&](const auto& detail) { ShowDetail(event, detail, body.detail); }, event.detail);
  return body;
}

Result<state::EventFilter> FilterOf(const ControlContext& context, const EventsRequest& request) {
  state::EventFilter filter;
  filter.scope = ScopeIn(context, request);
  filter.canary = request.canary.value_or("");
  if (request.type) filter.type = ValueIn(kDetailTypeNames, *request.type);
  const auto since = ReadSince(request.since);
  if (!since) return since.error();
  if (const auto* const id = std::get_if<std::int64_t>(&*since)) filter.after = *id;
  if (const auto* const instant = std::get_if<state::Instant>(&*since)) filter.since = *instant;
  return filter;
}

}  // namespace

Result<EventsResponse> GetEvents(ControlContext& context, const EventsRequest& request) {
  constexpr std::int64_t kDefaultLimit = 1000;
  const auto filter = FilterOf(context, request);
  if (!filter) return filter.error();
  const std::int64_t limit = request.limit.value_or(kDefaultLimit);
  const state::CanaryEvents& store = context.engine.store().events;
  const auto events = store.List(*filter, limit);
  EventsResponse response;
  for (const CanaryEvent& event : events) {
    response.events.push_back(Show(event, context.engine.world().seed));
  }
  // A page that is not full has come to the end of all there is, wanted or not.
  const bool is_full = std::ssize(events) == limit;
  response.cursor = is_full ? events.back().id : context.engine.world().events;
  return response;
}

}  // namespace synthetics::api
