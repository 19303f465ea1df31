// How a run ends, where nobody has said how.
#pragma once

#include "state/canary.hpp"
#include "state/random.hpp"
#include "state/run.hpp"

namespace synthetics::state {

// PASSED after 2 to 5 seconds, sooner where the canary's timeout comes first: a default never
// fails.
Outcome DefaultOutcome(const Canary& canary, Random& random);

}  // namespace synthetics::state
