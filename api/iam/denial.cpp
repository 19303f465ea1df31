#include "api/iam/denial.hpp"

#include "api/arn.hpp"

namespace synthetics::api::iam {

std::string AnyResourceArn(const Action& action, const state::Scope& scope) {
  return action.operation.ends_with("Group") || action.operation.ends_with("Groups")
             ? GroupArn(scope, "*")
             : CanaryArn(scope, "*");
}

std::string DenialMessage(std::string_view principal, std::string_view action,
                          std::string_view resource, bool is_explicit) {
  std::string message = "User: ";
  message.append(principal).append(" is not authorized to perform: ").append(action);
  message.append(" on resource: ").append(resource);
  if (is_explicit) return message.append(" with an explicit deny in an identity-based policy");
  message.append(" because no identity-based policy allows the ").append(action);
  return message.append(" action");
}

}  // namespace synthetics::api::iam
