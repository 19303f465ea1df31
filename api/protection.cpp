#include "api/protection.hpp"

#include <algorithm>

#include "api/letters.hpp"

namespace synthetics::api {
namespace {

// A `Host` without its port.
std::string_view NameIn(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// Names never consist of digits and points alone, and only addresses have brackets.
bool IsAddress(std::string_view name) {
  return name.starts_with('[') || name.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool IsAllowed(std::string_view name, const std::vector<std::string>& allowed_hosts) {
  return name.empty() || IsAddress(name) || EqualsIgnoringCase(name, "localhost") ||
         std::ranges::any_of(allowed_hosts, [&](const std::string& allowed) {
           return EqualsIgnoringCase(allowed, name);
         });
}

}  // namespace

std::optional<ApiError> RefuseForeignPage(const Request& request,
                                          const std::vector<std::string>& allowed_hosts) {
  if (!IsAllowed(NameIn(request.host), allowed_hosts)) {
    return ApiError{ErrorKind::kForbidden,
                    "The host '" + std::string(request.host) + "' is not one of --allowed-hosts."};
  }
  if (request.origin.empty()) return {};
  const std::string host(request.host);
  if (request.origin != "http://" + host && request.origin != "https://" + host) {
    return ApiError{ErrorKind::kForbidden,
                    "Pages from '" + std::string(request.origin) + "' have no access."};
  }
  return {};
}

}  // namespace synthetics::api
