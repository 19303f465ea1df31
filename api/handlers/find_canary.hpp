// The canary that a request names, in the request's own world.
#pragma once

#include <string_view>

#include "api/context.hpp"
#include "api/error.hpp"
#include "state/canary.hpp"

namespace synthetics::api {

// 404 with `Canary not found`: the words that scripts look for.
inline Result<state::Canary> FindCanary(Context& context, std::string_view name) {
  auto canary = context.engine.store().canaries.Find(context.scope, name);
  if (!canary) {
    return ApiError{ErrorKind::kNotFound, "Canary not found: " + std::string(name)};
  }
  return *std::move(canary);
}

// What a call is told that the canary's state forbids, in the words that scripts look for:
// `Canary is in a state that can't be deleted: RUNNING`.
inline ApiError StateConflict(std::string_view verb, const state::Canary& canary) {
  return {ErrorKind::kConflict, "Canary is in a state that can't be " + std::string(verb) + ": " +
                                    std::string(Name(canary.status.state))};
}

}  // namespace synthetics::api
