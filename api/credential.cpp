#include "api/credential.hpp"

#include <algorithm>
#include <vector>

namespace synthetics::api {
namespace {

std::string_view CredentialIn(std::string_view authorization) {
  constexpr std::string_view kKey = "Credential=";
  const std::size_t at = authorization.find(kKey);
  if (at == std::string_view::npos) return {};
  authorization.remove_prefix(at + kKey.size());
  return authorization.substr(0, authorization.find_first_of(", "));
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

bool IsDigit(char character) { return character >= '0' && character <= '9'; }

bool IsAccount(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, IsDigit);
}

bool IsRegion(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char character) {
    return IsDigit(character) || character == '-' || (character >= 'a' && character <= 'z');
  });
}

}  // namespace

Result<state::Scope> ScopeOf(std::string_view authorization, std::string_view query_credential,
                             const state::Scope& defaults) {
  const std::string_view credential =
      query_credential.empty() ? CredentialIn(authorization) : query_credential;
  if (credential.empty()) return defaults;
  const auto parts = Split(credential, '/');
  if (parts.size() != 5 || !IsRegion(parts[2])) {
    return ApiError{
        ErrorKind::kUnsigned,
        "Credential must be <access key>/<date>/<region>/<service>/aws4_request, got '" +
            std::string(credential) + "'"};
  }
  state::Scope scope = defaults;
  if (IsAccount(parts[0])) scope.account = parts[0];
  scope.region = parts[2];
  return scope;
}

}  // namespace synthetics::api
