#include "api/auth/admin.hpp"

#include "api/auth/hmac.hpp"
#include "api/letters.hpp"

namespace synthetics::api {
namespace {

bool IsHealthCheck(const Request& request, const Target& target) {
  const bool is_get = request.method == Method::kGet || request.method == Method::kHead;
  return is_get && target.segments == std::vector<std::string>{"_emulator", "health"};
}

std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!EqualsIgnoringCase(authorization.substr(0, kScheme.size()), kScheme)) return {};
  return authorization.substr(kScheme.size());
}

}  // namespace

std::optional<ApiError> RefuseStranger(const Request& request, const Target& target,
                                       std::string_view admin_token) {
  if (admin_token.empty() || request.is_loopback || IsHealthCheck(request, target) ||
      IsSameSecret(BearerToken(request.authorization), admin_token)) {
    return {};
  }
  return ApiError{ErrorKind::kNoToken,
                  "From another machine this takes the header 'Authorization: Bearer TOKEN' with "
                  "the token of --admin-token."};
}

}  // namespace synthetics::api
