// A canary as the service shows it.
#pragma once

#include "api/shapes/canary.hpp"
#include "state/canary.hpp"
#include "state/dry_run.hpp"
#include "state/store/tags.hpp"

namespace synthetics::api {

Canary Show(const state::Canary& canary, state::TagMap tags);

DryRunConfig Show(const state::DryRun& dry_run);

}  // namespace synthetics::api
