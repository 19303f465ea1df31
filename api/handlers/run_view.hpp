// A run as the service shows it.
#pragma once

#include <string>

#include "api/shapes/run.hpp"
#include "state/run.hpp"

namespace synthetics::api {

CanaryRun Show(const state::Run& run, const std::string& canary_name);

}  // namespace synthetics::api
