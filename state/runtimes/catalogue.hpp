// The runtime versions that the service is known to have had.
#pragma once

#include <vector>

#include "state/runtime_version.hpp"

namespace synthetics::state {

// All versions, deprecated ones too, in the order in which the service lists them.
std::vector<RuntimeVersion> RuntimeCatalogue();

}  // namespace synthetics::state
