// The process: builds everything once, serves until a signal, and ends in good order.
#pragma once

#include "server/settings.hpp"
#include "server/start_error.hpp"

namespace synthetics::server {

// Serves until SIGTERM or SIGINT. Throws `StartError` where it cannot begin to.
void Serve(const Settings& settings);

}  // namespace synthetics::server
