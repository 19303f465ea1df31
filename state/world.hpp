// What the emulator knows beside its resources: the time, the source of chance, how long states
// last.
#pragma once

#include <cstdint>

#include "state/clock.hpp"
#include "state/instant.hpp"
#include "state/random.hpp"
#include "state/transitions.hpp"

namespace synthetics::state {

struct World {
  Instant now;  // the instant up to which everything that was due has happened
  Clock clock;
  std::uint64_t seed = 0;  // with which chance began
  Random random;
  Transitions transitions;
  std::int64_t events = 0;  // told so far

  bool operator==(const World&) const = default;
};

}  // namespace synthetics::state
