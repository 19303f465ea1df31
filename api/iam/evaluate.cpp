#include "api/iam/evaluate.hpp"

#include <algorithm>
#include <utility>

#include "api/iam/actions.hpp"

namespace synthetics::api::iam {
namespace {

template <class Item, class Match>
bool Selects(const Selection<Item>& selection, const Match& matches) {
  return std::ranges::any_of(selection.items, matches) != selection.is_inverted;
}

bool Applies(const Statement& statement, const RequestContext& request) {
  const auto is_action = [&](const Pattern& pattern) {
    return Matches(pattern, request.action, LetterCase::kInsensitive);
  };
  const auto is_resource = [&](const Template& text) {
    const auto pattern = Fill(text, request.keys);
    return pattern && MatchesArn(*pattern, request.resource);
  };
  const auto holds = [&](const Condition& condition) { return Holds(condition, request.keys); };
  return Selects(statement.actions, is_action) && Selects(statement.resources, is_resource) &&
         std::ranges::all_of(statement.conditions, holds);
}

}  // namespace

Decision Evaluate(std::span<const Policy> policies, const RequestContext& request) {
  Decision decision;
  for (std::size_t policy = 0; policy < policies.size(); ++policy) {
    for (const Statement& statement : policies[policy].statements) {
      const bool is_denial = statement.effect == Effect::kDeny;
      if (!is_denial && decision.outcome == Outcome::kAllowed) continue;
      if (!Applies(statement, request)) continue;
      if (is_denial) return {Outcome::kExplicitlyDenied, policy, statement.label};
      decision = {Outcome::kAllowed, policy, statement.label};
    }
  }
  return decision;
}

Decision EvaluateNames(std::span<const Policy> policies, RequestContext request,
                       const std::vector<std::string>& names) {
  const std::string key(kNames);
  request.keys.erase(key);
  if (names.empty()) return Evaluate(policies, request);
  Decision decision;
  for (const std::string& name : names) {
    const auto entry = request.keys.emplace(key, name);
    decision = Evaluate(policies, request);
    if (decision.outcome != Outcome::kAllowed) break;
    request.keys.erase(entry);
  }
  return decision;
}

}  // namespace synthetics::api::iam
