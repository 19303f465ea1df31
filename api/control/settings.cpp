#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {

ControlResult GetSettings(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>(call); !request) return request.error();
  SettingsResponse response;
  for (const Setting& setting : context.options.settings) {
    response.settings.push_back({setting.name, setting.value, setting.source});
  }
  return Reply{Json200(response)};
}

}  // namespace synthetics::api
