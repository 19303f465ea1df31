// From the members that say what a canary's runs are to do to what the state keeps of it.
#pragma once

#include "api/control/outcome_shapes.hpp"
#include "api/error.hpp"
#include "state/outcomes.hpp"

namespace synthetics::api {

// Invalid, with the name of the member, where the members contradict each other.
Result<state::Outcomes> OutcomesOf(const OutcomesInput& input);

}  // namespace synthetics::api
