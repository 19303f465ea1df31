// How AWS says no.
#pragma once

#include <string>
#include <string_view>

#include "api/iam/actions.hpp"
#include "state/scope.hpp"

namespace synthetics::api::iam {

// `arn:<partition>:synthetics:<region>:<account>:canary:*`: what a denial names in place of the
// resource of an action that has none. Recorded of DescribeCanaries only; `:group:*` of the actions
// on groups is by analogy.
std::string AnyResourceArn(const Action& action, const state::Scope& scope);

// The sentence of an AccessDeniedException (IAM guide, "Access denied error messages"). `principal`
// and `resource` are ARNs, `action` has its prefix.
std::string DenialMessage(std::string_view principal, std::string_view action,
                          std::string_view resource, bool is_explicit);

}  // namespace synthetics::api::iam
