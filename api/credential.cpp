#include "api/credential.hpp"

#include <algorithm>
#include <array>

namespace synthetics::api {
namespace {

std::string_view CredentialIn(std::string_view authorization) {
  constexpr std::string_view kKey = "Credential=";
  const std::size_t at = authorization.find(kKey);
  if (at == std::string_view::npos) return {};
  authorization.remove_prefix(at + kKey.size());
  return authorization.substr(0, authorization.find_first_of(", "));
}

bool IsDigit(char character) { return character >= '0' && character <= '9'; }

bool IsAccount(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, IsDigit);
}

}  // namespace

std::optional<Credential> ParseCredential(std::string_view text) {
  constexpr std::size_t kParts = 5;
  if (std::ranges::count(text, '/') != kParts - 1) return {};
  std::array<std::string_view, kParts> parts;
  for (std::string_view& part : parts) {
    part = text.substr(0, text.find('/'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return Credential{parts[0], parts[1], parts[2], parts[3], parts[4]};
}

bool IsRegion(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char character) {
    return IsDigit(character) || character == '-' || (character >= 'a' && character <= 'z');
  });
}

Result<state::Scope> ScopeOf(std::string_view authorization, std::string_view query_credential,
                             const state::Scope& defaults) {
  const std::string_view credential =
      query_credential.empty() ? CredentialIn(authorization) : query_credential;
  if (credential.empty()) return defaults;
  const auto parsed = ParseCredential(credential);
  if (!parsed || !IsRegion(parsed->region)) {
    return ApiError{
        ErrorKind::kUnsigned,
        "Credential must be <access key>/<date>/<region>/<service>/aws4_request, got '" +
            std::string(credential) + "'"};
  }
  state::Scope scope = defaults;
  if (IsAccount(parsed->access_key_id)) scope.account = parsed->access_key_id;
  scope.region = parsed->region;
  return scope;
}

}  // namespace synthetics::api
