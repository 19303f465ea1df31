// How a run ends.
#pragma once

#include <string_view>

#include "state/canary.hpp"
#include "state/random.hpp"
#include "state/run.hpp"

namespace synthetics::state {

// Where nobody has said how: PASSED after 2 to 5 seconds, sooner where the canary's timeout comes
// first, for a default never fails. Code that cannot be loaded fails with that for its reason.
Outcome DefaultOutcome(const Canary& canary, std::string_view code_fault, Random& random);

// What becomes of an outcome under a timeout: a run that would take longer fails there, without a
// verdict of its script (the states are documented, the reason is the one on record for an engine
// that gave no answer).
Outcome WithinTimeout(const Outcome& outcome, std::chrono::seconds timeout);

// Whether a run that ends so leaves artifacts behind: one without a verdict does not.
bool HasArtifacts(const Outcome& outcome);

}  // namespace synthetics::state
