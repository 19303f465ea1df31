// Asks a process that serves how it is: what an image's health check runs.
#pragma once

#include "server/settings.hpp"

namespace synthetics::server {

// Asks at the host and port of the settings, on loopback where those listen everywhere, for two
// seconds at most. The answer's body and exit code 0 where it is well, else why not and 1.
Exit ProbeHealth(const Settings& settings);

}  // namespace synthetics::server
