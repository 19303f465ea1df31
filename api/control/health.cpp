#include "api/control/clock_view.hpp"
#include "api/control/routes.hpp"

namespace synthetics::api {

ControlResult GetHealth(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>(call); !request) return request.error();
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
  return Reply{Json200(health)};
}

// Under the names of other emulators, whose clients look for their service in a list.
ControlResult GetAliasHealth(ControlContext& /*context*/, const Call& /*call*/) {
  Response response;
  response.body = R"json({"services":{"synthetics":"running"}})json";
  return Reply{std::move(response)};
}

}  // namespace synthetics::api
