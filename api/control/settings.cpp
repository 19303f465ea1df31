#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {

Result<SettingsResponse> GetSettings(ControlContext& context, const Empty& /*request*/) {
  SettingsResponse response;
  for (const Setting& setting : context.options.settings) {
    response.settings.push_back({setting.name, setting.value, setting.source});
  }
  return response;
}

}  // namespace synthetics::api
