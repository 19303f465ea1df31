// Whose world a request speaks to. Signatures are not looked at here: any credentials are good.
#pragma once

#include <optional>
#include <string_view>

#include "api/error.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// A credential scope with its access key: `<access key>/<date>/<region>/<service>/aws4_request`.
struct Credential {
  std::string_view access_key_id;
  std::string_view date;
  std::string_view region;
  std::string_view service;
  std::string_view terminator;
};

// Nothing where there are not five parts between slashes; what they are is not looked at.
std::optional<Credential> ParseCredential(std::string_view text);

bool IsRegion(std::string_view text);

// Account and region from the credential scope `<access
// key>/<date>/<region>/synthetics/aws4_request`, in the header `Authorization` or the query's
// `X-Amz-Credential`. An access key of 12 digits is the account, any other means the default one.
// Without credentials everything is the default.
Result<state::Scope> ScopeOf(std::string_view authorization, std::string_view query_credential,
                             const state::Scope& defaults);

}  // namespace synthetics::api
