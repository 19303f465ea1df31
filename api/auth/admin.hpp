// Who may use the control plane.
#pragma once

#include <optional>
#include <string_view>

#include "api/error.hpp"
#include "api/http.hpp"
#include "api/target.hpp"

namespace synthetics::api {

// Asks for `Authorization: Bearer <admin token>`, where there is one: not of this machine itself,
// and not of a health check.
std::optional<ApiError> RefuseStranger(const Request& request, const Target& target,
                                       std::string_view admin_token);

}  // namespace synthetics::api
