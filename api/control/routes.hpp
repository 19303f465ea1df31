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

inline Response NoContent() {
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
