// The operation on dry runs.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/dry_run.hpp"

namespace synthetics::api {

// Runs a canary once with changes that are not made. A conflict where the canary's state forbids it
// and while another one is under way; invalid for changes that UpdateCanary would refuse and on
// runtime versions without dry runs.
Result<StartCanaryDryRunResponse> StartCanaryDryRun(Context& context,
                                                    const StartCanaryDryRunRequest& request);

}  // namespace synthetics::api
