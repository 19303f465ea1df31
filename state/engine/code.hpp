// What keeps a canary's code from running.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "state/canary.hpp"
#include "state/store/store.hpp"

namespace synthetics::state {

// In the words of a failed run's StateReason; empty: nothing. What stands in S3 is taken on trust.
std::string FaultOf(const CanaryCode& code, std::string_view runtime_version);

// Where nobody has to look into the code to say; none: somebody has to, once it is needed.
std::optional<std::string> FaultAtSight(const CanaryCode& code);

// Of a canary's own code. Nobody looks into that before it is needed, as with the service, and then
// once.
std::string FaultOfCode(Store& store, const Canary& canary);

}  // namespace synthetics::state
