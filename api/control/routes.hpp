// The control plane's handlers, one for each row of its table (control_routes.cpp). What they are
// asked is decoded already, strictly: unknown members and parameters have been refused.
#pragma once

#include "api/control/answers.hpp"
#include "api/control/control.hpp"
#include "api/control/event_shapes.hpp"
#include "api/control/fault_shapes.hpp"
#include "api/control/journal_shapes.hpp"
#include "api/control/outcome_shapes.hpp"
#include "api/control/scope.hpp"
#include "api/control/seed_shapes.hpp"
#include "api/control/shapes.hpp"
#include "api/shapes/run.hpp"

namespace synthetics::api {

// Is it up, and how does its clock stand? Never waits for the clock.
Result<HealthResponse> GetHealth(ControlContext& context, const Empty& request);
Result<AliasHealthResponse> GetAliasHealth(ControlContext& context, const Empty& request);

Result<SettingsResponse> GetSettings(ControlContext& context, const Empty& request);

// The certificate that a client has to trust, where one was made; else it is not found.
Result<PemFile> GetTlsAuthority(ControlContext& context, const Empty& request);

// What a Prometheus server collects. Never waits for the clock, and no count takes long.
Result<MetricsText> GetMetrics(ControlContext& context, const Empty& request);

// The narrowest IAM policy that allows what was asked of the service since the start or the last
// reset; nothing is noted without `--auth iam` or `audit`.
Result<AnyJson> GetUsedActions(ControlContext& context, const Empty& request);

// All of this table as an OpenAPI document.
Result<AnyJson> GetOpenApi(ControlContext& context, const Empty& request);

// Everything from the beginning, or what one account or region has. Ends an advance under way.
Result<NoContent> PostReset(ControlContext& context, const ResetRequest& request);
Result<MotoResetResponse> PostMotoReset(ControlContext& context, const ResetRequest& request);

// The clock. A conflict for any instant that has passed, and while an advance is under way; an
// advance is a job.
Result<ClockResponse> GetClock(ControlContext& context, const Empty& request);
Result<Later<ClockResponse>> PutClock(ControlContext& context, const ClockRequest& request);
Result<Later<AdvanceResponse>> PostAdvance(ControlContext& context, const AdvanceRequest& request);
Result<PendingResponse> GetPending(ControlContext& context, const PendingRequest& request);

Result<TransitionsBody> GetTransitions(ControlContext& context, const Empty& request);
// What is set replaces what was set before, but for a profile that is not named.
Result<TransitionsBody> PutTransitions(ControlContext& context, const TransitionsBody& request);

// A canary's state: put it into one at once, let one go on that is held (a conflict where it is
// not), or wait until it is in one (`DELETED`: gone), in real seconds.
Result<NoContent> PutState(ControlContext& context, const StateRequest& request);
Result<NoContent> PostRelease(ControlContext& context, const CanaryInScope& request);
Result<Later<StateResponse>> GetWait(ControlContext& context, const WaitRequest& request);

// What the service would have told the world, in its order; `since` as in the journal.
Result<EventsResponse> GetEvents(ControlContext& context, const EventsRequest& request);

// What a schedule means: the instants of its runs, for a canary that would be started `from` then.
Result<ScheduleResponse> GetSchedule(ControlContext& context, const ScheduleRequest& request);

// What runs do: a canary's script and rule, whether or not it exists; the rule of all others; a run
// now, a conflict while the canary is CREATING or DELETING.
Result<OutcomesBody> GetOutcomes(ControlContext& context, const CanaryInScope& request);
Result<OutcomesBody> PutOutcomes(ControlContext& context, const OutcomesRequest& request);
Result<NoContent> DeleteOutcomes(ControlContext& context, const CanaryInScope& request);
Result<DefaultRuleBody> GetDefaultRule(ControlContext& context, const Empty& request);
Result<DefaultRuleBody> PutDefaultRule(ControlContext& context, const DefaultRuleBody& request);
Result<Created<CanaryRun>> PostRun(ControlContext& context, const RunRequest& request);

// The world that a request speaks of; the default one where it does not say.
template <class Request>
state::Scope ScopeIn(const ControlContext& context, const Request& request) {
  return ScopeOr(context.options.defaults, request);
}

// The canary of that name in that scope; a refusal (not found) where there is none.
inline Result<state::Canary> CanaryIn(const ControlContext& context, const state::Scope& scope,
                                      const std::string& name) {
  auto canary = context.engine.store().canaries.Find(scope, name);
  if (canary) return *std::move(canary);
  return ApiError{ErrorKind::kNotFound, "There is no canary " + name + "."};
}

// Rules by which requests go wrong. Refused, with nothing changed: an operation that there is not,
// and a fault that is not of exactly one kind.
Result<Created<FaultResponse>> PostFault(ControlContext& context, const FaultRequest& request);
Result<FaultsResponse> GetFaults(ControlContext& context, const Empty& request);
Result<FaultResponse> GetFault(ControlContext& context, const FaultId& request);
Result<NoContent> DeleteFaults(ControlContext& context, const Empty& request);
Result<NoContent> DeleteFault(ControlContext& context, const FaultId& request);

// What was asked, the newest first; `since` is an id, after which, or an instant, from which on.
Result<JournalResponse> GetRequests(ControlContext& context, const JournalRequest& request);
Result<NoContent> DeleteRequests(ControlContext& context, const Empty& request);

// The whole state as a file, and by such a file. Either way of replacing it ends an advance under
// way, and leaves the named snapshots and the settings of the process alone.
Result<SnapshotFile> GetSnapshot(ControlContext& context, const Empty& request);
Result<NoContent> PutSnapshot(ControlContext& context, const SnapshotUpload& request);

// The states that the process keeps by name until it ends: a reset does not forget them, as that is
// what they are restored after.
Result<SnapshotsResponse> GetSnapshots(ControlContext& context, const Empty& request);
Result<Stored<SnapshotBody>> PutNamedSnapshot(ControlContext& context,
                                              const SnapshotRequest& request);
Result<NoContent> PostRestore(ControlContext& context, const SnapshotRequest& request);
Result<NoContent> DeleteNamedSnapshot(ControlContext& context, const SnapshotRequest& request);

// Canaries and groups, some with a past, all or nothing; how many there now are more. A conflict
// while an advance is under way.
Result<Created<SeedResponse>> PostSeed(ControlContext& context, const SeedRequest& request);

}  // namespace synthetics::api
