// A dry run: changes to a canary that are tried out before they are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "state/canary.hpp"
#include "state/run.hpp"

namespace synthetics::state {

struct DryRun {
  std::int64_t key = 0;  // of its row
  std::string id;
  RunState state = RunState::kRunning;
  Canary trial;                    // the canary as it would be
  std::optional<CanaryCode> code;  // none: the canary's own
};

}  // namespace synthetics::state
