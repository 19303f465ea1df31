// What goes wrong with a request on purpose, by the rules of `/_emulator/faults`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/operation.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::api {

struct Fault {
  // The answer in the operation's place; none where the operation is asked all the same.
  std::optional<Response> answer;
  Delivery delivery;
  std::string explain;  // which rule it is, and what it does
};

// The resource that a request names, without decoding all of it: the label of its path, or the
// `Name` in its body; empty where there is none.
std::string ResourceOf(const Route& route, std::string_view body);

// Whether a request's resource, a name or an ARN, is the one of that name (or of that ARN).
bool IsResource(std::string_view resource, std::string_view wanted);

// The fault that a request of an operation meets: of the first rule, oldest first, that matches it,
// is not used up, has let its first requests pass, and has chance on its side. In a transaction of
// its own: what is counted and drawn here stays, whatever becomes of the request.
std::optional<Fault> MeetFault(state::Engine& engine, const Trace& request);

}  // namespace synthetics::api
