// How a run ends, which is decided when it starts.
#pragma once

#include <optional>
#include <string_view>

#include "state/canary.hpp"
#include "state/outcomes.hpp"
#include "state/random.hpp"
#include "state/run.hpp"
#include "state/store/store.hpp"

namespace synthetics::state {

// By what was asked for with this very run; else by the canary's script, which moves on; else by
// the canary's rule, which may stand in its tags; else by what keeps its code from running; else by
// the default rule.
Outcome Decide(Store& store, const Canary& canary, const std::optional<WantedOutcome>& wanted,
               std::string_view code_fault, Random& random);

// By a rule; `number` is how many runs it has decided, with this one. A duration that nobody has
// asked for is 2 to 5 seconds, less where the canary's timeout comes first.
Outcome ByRule(const OutcomeRule& rule, std::int64_t number, const Canary& canary, Random& random);

// What becomes of an outcome under a timeout: a run that would take longer fails there, without a
// verdict of its script (the states are documented, the reason is the one on record for an engine
// that gave no answer).
Outcome WithinTimeout(const Outcome& outcome, std::chrono::seconds timeout);

// Whether a run that ends so leaves artifacts behind: one without a verdict does not.
bool HasArtifacts(const Outcome& outcome);

}  // namespace synthetics::state
