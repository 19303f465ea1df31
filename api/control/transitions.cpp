#include "state/transitions.hpp"

#include "api/control/given.hpp"
#include "api/control/routes.hpp"
#include "api/control/seconds.hpp"
#include "api/control/shapes.hpp"
#include "state/engine/lifecycle.hpp"

namespace synthetics::api {
namespace {

using state::CanaryState;

constexpr std::string_view kDefaultReason = "Told to fail by /_emulator/transitions";

// The member of the shape that holds a state's rule.
std::optional<StateRuleBody>& RuleIn(StateRules& rules, CanaryState state) {
  switch (state) {
    case CanaryState::kCreating:
      return rules.creating;
    case CanaryState::kStarting:
      return rules.starting;
    case CanaryState::kUpdating:
      return rules.updating;
    case CanaryState::kStopping:
      return rules.stopping;
    default:
      return rules.deleting;
  }
}

FailureBody Show(const state::TransitionFailure& failure) {
  FailureBody body{.state = {}, .state_reason = failure.reason, .state_reason_code = {}};
  if (failure.state) body.state = Name(*failure.state);
  if (failure.code) body.state_reason_code = Name(*failure.code);
  return body;
}

StateRuleBody Show(const state::StateRule& rule) {
  StateRuleBody body;
  if (rule.time) body.seconds = ToSeconds(*rule.time);
  body.polls = rule.reads;
  if (rule.is_held) body.hold = true;
  if (rule.failure) body.then = Show(*rule.failure);
  body.times = rule.times;
  return body;
}

TransitionsBody ShowTransitions(const state::Transitions& transitions) {
  TransitionsBody body;
  body.profile = Name(transitions.profile());
  StateRules& rules = body.states.emplace();
  for (const CanaryState state : state::kTransitionalStates) {
    const state::StateRule& rule = transitions.RuleOf(state);
    if (!(rule == state::StateRule{})) RuleIn(rules, state) = Show(rule);
  }
  return body;
}

state::TransitionFailure FailureOf(const FailureBody& body) {
  state::TransitionFailure failure{
      .state = {}, .reason = body.state_reason.value_or(std::string(kDefaultReason)), .code = {}};
  if (body.state) failure.state = state::ParseCanaryState(*body.state);
  if (body.state_reason_code) failure.code = state::ParseStateReasonCode(*body.state_reason_code);
  return failure;
}

ApiError Invalid(CanaryState state, const std::string& what) {
  return {ErrorKind::kInvalid, "'states." + std::string(Name(state)) + "' " + what};
}

std::optional<ApiError> CheckRule(CanaryState state, const StateRuleBody& body) {
  const bool is_held = body.hold.value_or(false);
  const int lengths = CountGiven(body.seconds.has_value(), body.polls.has_value(), is_held);
  if (lengths > 1) return Invalid(state, "takes one of 'seconds', 'polls' and 'hold'.");
  if (body.times && !body.then) return Invalid(state, "has 'times', but no 'then' to happen.");
  if (lengths == 0 && !body.then) {
    return Invalid(state, "takes 'seconds', 'polls' or 'hold', or 'then', or one of them and it.");
  }
  if (body.then && !state::CanFail(state)) {
    return Invalid(state, "cannot have 'then': what fails is CREATING, UPDATING or DELETING.");
  }
  return {};
}

Result<state::StateRule> RuleOf(CanaryState state, const StateRuleBody& body) {
  if (auto refusal = CheckRule(state, body)) return *std::move(refusal);
  state::StateRule rule{.time = {},
                        .reads = body.polls,
                        .is_held = body.hold.value_or(false),
                        .failure = {},
                        .times = body.times};
  if (body.then) rule.failure = FailureOf(*body.then);
  if (body.seconds) rule.time = FromSeconds(*body.seconds);
  return rule;
}

}  // namespace

Result<TransitionsBody> GetTransitions(ControlContext& context, const Empty& /*request*/) {
  return ShowTransitions(context.engine.world().transitions);
}

Result<TransitionsBody> PutTransitions(ControlContext& context, const TransitionsBody& request) {
  const std::string_view current = Name(context.engine.world().transitions.profile());
  const auto profile = state::ParseProfile(request.profile.value_or(std::string(current)));
  state::Transitions transitions(profile.value());
  StateRules rules = request.states.value_or(StateRules{});
  for (const CanaryState state : state::kTransitionalStates) {
    const auto& body = RuleIn(rules, state);
    if (!body) continue;
    const auto rule = RuleOf(state, *body);
    if (!rule) return rule.error();
    transitions.RuleOf(state) = *rule;
  }
  state::Engine::Change change(context.engine);
  context.engine.SetTransitions(transitions);
  change.Commit();
  return ShowTransitions(transitions);
}

}  // namespace synthetics::api
