// A dry run: changes to a canary that are tried out before they are made.
#pragma once

#include <string>

#include "state/canary.hpp"
#include "state/run.hpp"

namespace synthetics::state {

struct DryRun {
  std::string id;
  RunState state = RunState::kRunning;
  Canary trial;  // the canary as it would be, its code looked into
};

}  // namespace synthetics::state
