// Keeps web pages away from emulators that are not theirs: a browser says where its page is from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/error.hpp"
#include "api/http.hpp"

namespace synthetics::api {

// Refuses a `Host` that is neither an IP address nor `localhost` nor in the list, and an `Origin`
// that is not the emulator's own.
std::optional<ApiError> RefuseForeignPage(const Request& request,
                                          const std::vector<std::string>& allowed_hosts);

}  // namespace synthetics::api
