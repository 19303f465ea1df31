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

Result<PemFile> GetTlsAuthority(ControlContext& context, const Empty& /*request*/) {
  const std::string& authority = context.options.tls_authority;
  if (authority.empty()) {
    return ApiError{ErrorKind::kNotFound, "There is an authority with --tls self-signed only."};
  }
  return PemFile{authority};
}

}  // namespace synthetics::api
