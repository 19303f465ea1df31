#include "api/protection.hpp"

#include <algorithm>

#include <boost/algorithm/string/predicate.hpp>

namespace synthetics::api {
namespace {

using boost::algorithm::iequals;

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
  return name.empty() || IsAddress(name) || iequals(name, "localhost") ||
         std::ranges::any_of(allowed_hosts,
                             [&](const std::string& allowed) { return iequals(allowed, name); });
}

}  // namespace

std::optional<ApiError> RefuseForeignPage(const Request& request,
                                          const std::vector<std::string>& allowed_hosts) {
  if (!IsAllowed(NameIn(request.host), allowed_hosts)) {
    return ApiError{ErrorKind::kForbidden,
                    "The host '" + std::string(request.host) + "' is not one of --allowed-hosts."};
  }
  const std::string own = "http://" + std::string(request.host);
  if (!request.origin.empty() && request.origin != own) {
    return ApiError{ErrorKind::kForbidden,
                    "Pages from '" + std::string(request.origin) + "' have no access."};
  }
  return {};
}

}  // namespace synthetics::api
