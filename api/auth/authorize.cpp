#include "api/auth/authorize.hpp"

#include "api/iam/denial.hpp"
#include "api/iam/evaluate.hpp"

namespace synthetics::api {
namespace {

// More would be no policy: IAM takes some thousand characters.
constexpr std::size_t kMostUsed = 10'000;
constexpr std::size_t kLongestUsed = 2048;

bool IsWorthKeeping(const std::string& resource, const UsedActions& used) {
  return used.size() < kMostUsed && resource.size() <= kLongestUsed;
}

}  // namespace

Refusal Authorize(const Asked& asked, UsedActions& used) {
  const iam::Action& action = *iam::FindAction(asked.operation.name);
  const Asking asking = AskingOf(asked, action);
  if (IsWorthKeeping(asking.context.resource, used)) {
    used.insert({.action = asking.context.action, .resource = asking.context.resource});
  }
  const auto& policies = asked.principal.identity_policies;
  const iam::Decision decision = action.has_names
                                     ? iam::EvaluateNames(policies, asking.context, asking.names)
                                     : iam::Evaluate(policies, asking.context);
  if (decision.outcome == iam::Outcome::kAllowed) return {};
  const state::Scope& scope = asked.context.scope;
  const std::string resource = action.resource == iam::ResourceKind::kNone
                                   ? iam::AnyResourceArn(action, scope)
                                   : asking.context.resource;
  const bool is_explicit = decision.outcome == iam::Outcome::kExplicitlyDenied;
  return ApiError{ErrorKind::kForbidden,
                  iam::DenialMessage(PrincipalArn(asked.principal, scope), asking.context.action,
                                     resource, is_explicit),
                  is_explicit ? "The policy's statement " + decision.statement + " denies it."
                              : "None of the signer's policies in --credentials allows it."};
}

}  // namespace synthetics::api
