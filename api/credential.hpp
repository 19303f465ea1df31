// Whose world a request speaks to. Signatures are not checked: any credentials are good.
#pragma once

#include "api/error.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// Account and region from the credential scope `<access
// key>/<date>/<region>/synthetics/aws4_request`, in the header `Authorization` or the query's
// `X-Amz-Credential`. An access key of 12 digits is the account, any other means the default one.
// Without credentials everything is the default.
Result<state::Scope> ScopeOf(std::string_view authorization, std::string_view query_credential,
                             const state::Scope& defaults);

}  // namespace synthetics::api
