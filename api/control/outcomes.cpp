#include "api/control/outcomes.hpp"

#include "api/control/routes.hpp"
#include "api/handlers/run_view.hpp"

namespace synthetics::api {
namespace {

using state::Duration;

ApiError Invalid(const std::string& where, const std::string& why) {
  return {ErrorKind::kInvalid, "'" + where + "': " + why};
}

Result<state::WantedOutcome> WantedOf(const OutcomeBody& body) {
  state::WantedOutcome wanted;
  wanted.state = state::ParseRunState(body.state).value();
  if (wanted.state == state::RunState::kPassed && (body.state_reason || body.state_reason_code)) {
    return Invalid("state", "a run that PASSED has no stateReason and no stateReasonCode");
  }
  wanted.reason = body.state_reason;
  wanted.reason_code = body.state_reason_code;
  if (body.test_result) wanted.test_result = state::ParseTestResult(*body.test_result);
  if (body.duration_ms) wanted.duration = Duration{*body.duration_ms};
  return wanted;
}

Result<state::OutcomeRule> RuleOf(const RuleBody& body) {
  state::OutcomeRule rule;
  rule.failure_rate = body.failure_rate.value_or(0);
  rule.fail_every = body.fail_every;
  rule.reason = body.state_reason;
  if (!body.duration_ms) return rule;
  const auto& [shortest, longest] = *body.duration_ms;
  if (shortest > longest) return Invalid("rule.durationMs", "min must not be above max");
  rule.shortest = Duration{shortest};
  rule.longest = Duration{longest};
  return rule;
}

OutcomeBody Show(const state::ScriptEntry& entry) {
  const auto& [outcome, count] = entry;
  OutcomeBody body;
  body.state = Name(outcome.state);
  body.state_reason = outcome.reason;
  body.state_reason_code = outcome.reason_code;
  if (outcome.test_result) body.test_result = Name(*outcome.test_result);
  if (outcome.duration) body.duration_ms = outcome.duration->count();
  body.count = count;
  return body;
}

RuleBody Show(const state::OutcomeRule& rule) {
  RuleBody body;
  body.failure_rate = rule.failure_rate;
  body.fail_every = rule.fail_every;
  body.state_reason = rule.reason;
  if (rule.shortest && rule.longest) {
    body.duration_ms = DurationRange{rule.shortest->count(), rule.longest->count()};
  }
  return body;
}

OutcomesBody Show(const state::Outcomes& outcomes) {
  OutcomesBody body;
  for (const state::ScriptEntry& entry : outcomes.script) body.script.push_back(Show(entry));
  body.then = Name(outcomes.then);
  if (outcomes.rule) body.rule = Show(*outcomes.rule);
  return body;
}

OutcomesBody Left(const ControlContext& context, const state::Scope& scope,
                  const std::string& name) {
  return Show(context.engine.store().outcomes.Left(scope, name));
}

}  // namespace

Result<state::Outcomes> OutcomesOf(const OutcomesInput& input) {
  state::Outcomes outcomes;
  outcomes.then = state::ParseThen(input.then.value_or("rule")).value();
  for (const OutcomeBody& body : input.script) {
    const auto wanted = WantedOf(body);
    if (!wanted) return wanted.error();
    outcomes.script.push_back({*wanted, body.count.value_or(1)});
  }
  if (outcomes.script.empty() && outcomes.then != state::Then::kRule) {
    return Invalid("then", "an empty script has nothing to go on with");
  }
  if (!input.rule) return outcomes;
  const auto rule = RuleOf(*input.rule);
  if (!rule) return rule.error();
  outcomes.rule = *rule;
  return outcomes;
}

Result<OutcomesBody> GetOutcomes(ControlContext& context, const CanaryInScope& request) {
  return Left(context, ScopeIn(context, request), request.name);
}

Result<OutcomesBody> PutOutcomes(ControlContext& context, const OutcomesRequest& request) {
  const auto outcomes = OutcomesOf(request.outcomes);
  if (!outcomes) return outcomes.error();
  const state::Scope scope = ScopeIn(context, request);
  state::Engine::Change change(context.engine);
  context.engine.store().outcomes.Put(scope, request.name, *outcomes);
  const OutcomesBody left = Left(context, scope, request.name);
  change.Commit();
  return left;
}

Result<NoContent> DeleteOutcomes(ControlContext& context, const CanaryInScope& request) {
  state::Engine::Change change(context.engine);
  context.engine.store().outcomes.Remove(ScopeIn(context, request), request.name);
  change.Commit();
  return NoContent{};
}

Result<DefaultRuleBody> GetDefaultRule(ControlContext& context, const Empty& /*request*/) {
  return DefaultRuleBody{Show(context.engine.store().outcomes.DefaultRule())};
}

Result<DefaultRuleBody> PutDefaultRule(ControlContext& context, const DefaultRuleBody& request) {
  const auto rule = RuleOf(request.rule);
  if (!rule) return rule.error();
  state::Engine::Change change(context.engine);
  context.engine.store().outcomes.PutDefaultRule(*rule);
  change.Commit();
  return DefaultRuleBody{Show(*rule)};
}

Result<Created<CanaryRun>> PostRun(ControlContext& context, const RunRequest& request) {
  std::optional<state::WantedOutcome> wanted;
  if (request.outcome) {
    const auto outcome = WantedOf(*request.outcome);
    if (!outcome) return outcome.error();
    if (request.outcome->count) return Invalid("outcome.count", "this is one run");
    wanted = *outcome;
  }
  state::Engine::Change change(context.engine);
  const auto canary = CanaryIn(context, ScopeIn(context, request), request.name);
  if (!canary) return canary.error();
  const state::CanaryState state = canary->status.state;
  // One whose creation failed has nothing to run.
  const bool is_made = canary->version > 0 && state != state::CanaryState::kCreating;
  if (!is_made || state == state::CanaryState::kDeleting) {
    return ApiError{ErrorKind::kConflict,
                    request.name + " is " + std::string(Name(state)) + ", and cannot run."};
  }
  const state::Run run = context.engine.StartRunNow(*canary, wanted);
  change.Commit();
  return Created<CanaryRun>{Show(run, canary->name)};
}

}  // namespace synthetics::api
