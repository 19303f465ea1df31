// What an operation works on.
#pragma once

#include "state/engine/engine.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

struct Context {
  state::Engine& engine;
  state::Scope scope;
};

}  // namespace synthetics::api
