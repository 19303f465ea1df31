// The operation on dry runs, and what the operations on canaries do with them.
#pragma once

#include <string>

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/dry_run.hpp"
#include "state/dry_run.hpp"

namespace synthetics::api {

// Runs a canary once with changes that are not made. A conflict where the canary's state forbids it
// and while another one is under way; invalid for changes that UpdateCanary would refuse and on
// runtime versions without dry runs.
Result<StartCanaryDryRunResponse> StartCanaryDryRun(Context& context,
                                                    const StartCanaryDryRunRequest& request);

// Not found for an id that is none of the canary's since it was last updated.
Result<state::DryRun> FindDryRun(Context& context, const state::Canary& canary,
                                 const std::string& id);

DryRunConfig Show(const state::DryRun& dry_run);

}  // namespace synthetics::api
