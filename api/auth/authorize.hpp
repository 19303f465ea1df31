// Whether a signer may do what is asked.
#pragma once

#include "api/auth/credentials.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/operation.hpp"
#include "state/engine/engine.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// What there is to decide by.
struct Asked {
  const Principal& principal;
  const Operation& operation;
  const Call& call;
  const state::Scope& scope;
  const Request& request;
  state::Engine& engine;  // has the resources' tags
};

// With `--auth signature` whoever has signed may do everything.
inline Refusal Authorize(const Asked& /*asked*/) { return {}; }

}  // namespace synthetics::api
