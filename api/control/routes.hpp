// The control plane's handlers, one for each row of its table (control.cpp).
#pragma once

#include "api/control/control.hpp"
#include "api/operation.hpp"

namespace synthetics::api {

using ControlResult = Result<Reply>;

// Is it up, and how does its clock stand? Never waits for the clock.
ControlResult GetHealth(ControlContext& context, const Call& call);
ControlResult GetAliasHealth(ControlContext& context, const Call& call);

ControlResult GetSettings(ControlContext& context, const Call& call);

// Everything from the beginning, or what one account or region has. Ends an advance under way.
ControlResult PostReset(ControlContext& context, const Call& call);
ControlResult PostMotoReset(ControlContext& context, const Call& call);

// The clock. A conflict for any instant that has passed, and while an advance is under way; an
// advance is a job.
ControlResult GetClock(ControlContext& context, const Call& call);
ControlResult PutClock(ControlContext& context, const Call& call);
ControlResult PostAdvance(ControlContext& context, const Call& call);
ControlResult GetPending(ControlContext& context, const Call& call);

ControlResult GetTransitions(ControlContext& context, const Call& call);
// What is set replaces what was set before, but for a profile that is not named.
ControlResult PutTransitions(ControlContext& context, const Call& call);

// A canary's state: put it into one at once, or wait until it is in one (`DELETED`: gone), in real
// seconds.
ControlResult PutState(ControlContext& context, const Call& call);
ControlResult GetWait(ControlContext& context, const Call& call);

// What a schedule means: the instants of its runs, for a canary that would be started `from` then.
ControlResult GetSchedule(ControlContext& context, const Call& call);

// What runs do: a canary's script and rule, whether or not it exists; the rule of all others; a run
// now, a conflict while the canary is CREATING or DELETING.
ControlResult GetOutcomes(ControlContext& context, const Call& call);
ControlResult PutOutcomes(ControlContext& context, const Call& call);
ControlResult DeleteOutcomes(ControlContext& context, const Call& call);
ControlResult GetDefaultRule(ControlContext& context, const Call& call);
ControlResult PutDefaultRule(ControlContext& context, const Call& call);
ControlResult PostRun(ControlContext& context, const Call& call);

// The world that a request speaks of; the default one where it does not say.
template <class Request>
state::Scope ScopeIn(const ControlContext& context, const Request& request) {
  return {.account = request.account.value_or(context.options.defaults.account),
          .region = request.region.value_or(context.options.defaults.region)};
}

// Rules by which requests go wrong. Refused, with nothing changed: an operation that there is not,
// and a fault that is not of exactly one kind.
ControlResult PostFault(ControlContext& context, const Call& call);
ControlResult GetFaults(ControlContext& context, const Call& call);
ControlResult GetFault(ControlContext& context, const Call& call);
ControlResult DeleteFaults(ControlContext& context, const Call& call);
ControlResult DeleteFault(ControlContext& context, const Call& call);

// What was asked, the newest first; `since` is an id, after which, or an instant, from which on.
ControlResult GetRequests(ControlContext& context, const Call& call);
ControlResult DeleteRequests(ControlContext& context, const Call& call);

// The whole state as a file, and by such a file. Either way of replacing it ends an advance under
// way, and leaves the named snapshots and the settings of the process alone.
ControlResult GetSnapshot(ControlContext& context, const Call& call);
ControlResult PutSnapshot(ControlContext& context, const Call& call);

// The states that the process keeps by name until it ends: a reset does not forget them, as that is
// what they are restored after.
ControlResult GetSnapshots(ControlContext& context, const Call& call);
ControlResult PutNamedSnapshot(ControlContext& context, const Call& call);
ControlResult PostRestore(ControlContext& context, const Call& call);
ControlResult DeleteNamedSnapshot(ControlContext& context, const Call& call);

// Canaries and groups, some with a past, all or nothing; how many there now are more. A conflict
// while an advance is under way.
ControlResult PostSeed(ControlContext& context, const Call& call);

// Reads a request of a handler's, strictly: unknown fields and parameters are refused.
template <Shape T>
Result<T> DecodeControl(const Call& call) {
  T request;
  for (const auto& [name, value] : call.parameters.query) {
    bool is_known = false;
    for (const Field& field : FieldsOf<T>()) {
      is_known = is_known || (field.place == Place::kQuery && field.name == name);
    }
    if (!is_known) {
      return ApiError{ErrorKind::kInvalid, "'" + name + "' is not a known parameter"};
    }
  }
  if (auto refusal = DecodeRequest(FieldsOf<T>(), &request, call.parameters, call.body,
                                   UnknownMembers::kRefused)) {
    return *std::move(refusal);
  }
  return request;
}

inline Reply NoContent() {
  Response response;
  response.status = 204;
  return response;
}

template <Shape T>
Response Json200(const T& body) {
  Response response;
  response.body = Encode(body);
  return response;
}

}  // namespace synthetics::api
