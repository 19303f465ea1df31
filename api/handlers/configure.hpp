// From the members of CreateCanary, UpdateCanary and StartCanaryDryRun to the canary that they
// describe.
#pragma once

#include "api/error.hpp"
#include "api/shapes/canary.hpp"
#include "api/shapes/dry_run.hpp"
#include "state/canary.hpp"

namespace synthetics::api {

// Members that are absent take the service's defaults.
state::Canary NewCanary(const CreateCanaryRequest& request, const state::Scope& scope);

// Members that are absent stay as they are.
void ApplyUpdate(state::Canary& canary, const UpdateCanaryRequest& request);
void ApplyTrial(state::Canary& canary, const StartCanaryDryRunRequest& request);
// A timeout that is longer than the time between two runs is cut.
void ApplySchedule(state::Canary& canary, const Schedule& schedule);

// The VPC that a canary's functions are in; empty: none.
std::string VpcOf(const state::Canary& canary);

state::CanaryCode TakeCode(const CodeInput& code);

}  // namespace synthetics::api
