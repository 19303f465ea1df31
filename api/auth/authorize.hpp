// Whether a signer may do what is asked, by the policies of the credentials file.
#pragma once

#include <set>

#include "api/auth/asking.hpp"
#include "api/error.hpp"
#include "api/iam/least_privilege.hpp"

namespace synthetics::api {

using UsedActions = std::set<iam::UsedAction>;

// Refused in IAM's words. Notes in `used` what was asked for.
Refusal Authorize(const Asked& asked, UsedActions& used);

}  // namespace synthetics::api
