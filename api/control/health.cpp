#include "api/control/clock_view.hpp"
#include "api/control/routes.hpp"

namespace synthetics::api {

Result<HealthResponse> GetHealth(ControlContext& context, const Empty& /*request*/) {
  HealthResponse health;
  health.status = "ok";
  health.version = context.options.version;
  health.storage.kind = "memory";
  if (!context.options.data_directory.empty()) {
    health.storage = {.kind = "file", .path = context.options.data_directory};
  }
  health.clock = ShowClock(context.engine);
  const std::chrono::duration<double> uptime = context.host.Now() - context.started;
  health.uptime_seconds = uptime.count();
  return health;
}

// Under the names of other emulators, whose clients look for their service in a list.
Result<AliasHealthResponse> GetAliasHealth(ControlContext& /*context*/, const Empty& /*request*/) {
  return AliasHealthResponse{.services = {.synthetics = "running"}};
}

}  // namespace synthetics::api
