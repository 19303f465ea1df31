#include "api/explain.hpp"

#include <algorithm>
#include <vector>

#include <boost/algorithm/string/join.hpp>

#include "api/arn.hpp"
#include "state/names.hpp"

namespace synthetics::api {
namespace {

using state::CanaryState;
using state::CanaryStatus;
using state::Edge;
using state::StateReasonCode;
using state::Trigger;

constexpr std::string_view kSettle =
    R"json(wait for it, or POST /_emulator/clock/advance {"until":"settled"})json";

constexpr state::NameTable<Trigger, 5> kCalls{{
    {Trigger::kStart, "StartCanary"},
    {Trigger::kStop, "StopCanary"},
    {Trigger::kUpdate, "UpdateCanary"},
    {Trigger::kDelete, "DeleteCanary"},
    {Trigger::kDryRun, "StartCanaryDryRun"},
}};

// `READY, STOPPED or ERROR`
std::string StatesWith(Trigger trigger) {
  std::vector<std::string> names;
  for (const Edge& edge : state::Edges()) {
    std::string name(Name(edge.from));
    const CanaryStatus never_made{.state = edge.from, .code = StateReasonCode::kCreateFailed};
    if (FindEdge(never_made, trigger) == nullptr) name += " (but after CREATE_FAILED)";
    const bool is_known = std::ranges::find(names, name) != names.end();
    if (edge.trigger == trigger && !is_known) names.push_back(name);
  }
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? last : boost::algorithm::join(names, ", ") + " or " + last;
}

// Where a canary is that has been left alone.
CanaryStatus Settled(CanaryStatus status) {
  while (const Edge* const edge = FindEdge(status, Trigger::kElapsed)) {
    if (!edge->to) break;
    status = {.state = *edge->to, .code = edge->to_code};
  }
  return status;
}

// The call after which another one would have worked; empty where there is none.
std::string_view CallBefore(const CanaryStatus& status, Trigger trigger) {
  for (const auto& [call, name] : kCalls) {
    const Edge* const edge = FindEdge(status, call);
    if (edge == nullptr || !edge->to) continue;
    if (FindEdge(Settled({.state = *edge->to, .code = edge->to_code}), trigger) != nullptr) {
      return name;
    }
  }
  return {};
}

// `'shop' is in RUNNING since 2026-01-01T00:00:00Z`; of an ERROR with its code, which decides what
// leads out of it.
std::string Standing(const state::Canary& canary) {
  std::string state(Name(canary.status.state));
  if (canary.status.state == CanaryState::kError) {
    state.append(" (").append(Name(canary.status.code)).append(")");
  }
  return "'" + canary.name + "' is in " + state + " since " +
         state::ToIso(canary.timeline.last_modified);
}

// How a state ends that does so by itself.
std::string HowItEnds(const state::Canary& canary, const state::TransitionPlan& plan) {
  if (plan.is_held) {
    return "it is held: POST /_emulator/canaries/" + canary.name +
           "/release?account=" + canary.scope.account + "&region=" + canary.scope.region +
           " lets it go on";
  }
  if (plan.reads) {
    return "GetCanary and DescribeCanaries end it, after " + std::to_string(*plan.reads) + " more";
  }
  return std::string(kSettle);
}

std::string Where(const state::Scope& scope) {
  return "account " + scope.account + ", region " + scope.region;
}

}  // namespace

std::string ExplainState(const state::Store& store, const state::Canary& canary, Trigger trigger) {
  const std::string sentence = std::string(NameIn(kCalls, trigger)) + " works in " +
                               StatesWith(trigger) + "; " + Standing(canary);
  if (IsTransitional(canary.status.state)) {
    return sentence + "; " + HowItEnds(canary, store.transitions.PlanOf(canary.key)) + ".";
  }
  const std::string_view call = CallBefore(canary.status, trigger);
  if (!call.empty()) return sentence + "; " + std::string(call) + " leads there.";
  return sentence + "; no call leads there: delete it and create it anew.";
}

std::string ExplainDryRun(const state::Canary& canary) {
  return "one of '" + canary.name + "' is under way; " + std::string(kSettle) + ".";
}

std::string ExplainTaken(const state::Store& store, const state::Canary& taken) {
  const std::string sentence =
      "A name is taken until its canary is gone, in each account and region"
      " by itself; " +
      Standing(taken) + " in " + Where(taken.scope) + "; ";
  if (taken.status.state == CanaryState::kDeleting) {
    return sentence + HowItEnds(taken, store.transitions.PlanOf(taken.key)) + ".";
  }
  return sentence + "delete it first, or take another name.";
}

std::string ExplainNoCanary(const Context& context, const std::string& name) {
  const auto arn = ParseResourceArn(name);
  const std::string& wanted = arn ? arn->name : name;
  const std::string sentence =
      "Canaries are looked for in the account and region of the request's credentials, here " +
      Where(context.scope) + "; ";
  const auto elsewhere = context.engine.store().canaries.ScopeWith(wanted);
  if (!elsewhere) return sentence + "no other of this emulator has '" + wanted + "' either.";
  return sentence + "there is a '" + wanted + "' in " + Where(*elsewhere) + ".";
}

std::string ExplainNoGroup(const Context& context, const std::string& identifier) {
  const std::string sentence =
      "Groups are looked for by ARN, name or id in the account of the request's credentials, "
      "here " +
      context.scope.account + ", in all of its regions; ";
  const auto elsewhere = context.engine.store().groups.AccountWith(identifier);
  if (!elsewhere) return sentence + "no other account has '" + identifier + "' either.";
  return sentence + "account " + *elsewhere + " has one of that name.";
}

}  // namespace synthetics::api
