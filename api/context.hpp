// What an operation works on.
#pragma once

#include <string>

#include "api/options.hpp"
#include "state/engine/engine.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

struct Context {
  state::Engine& engine;
  state::Scope scope;
  const Options& options;
  std::string warning = {};  // for the log
};

}  // namespace synthetics::api
