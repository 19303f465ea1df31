#include "state/store/transitions.hpp"

namespace synthetics::state {
namespace {

// A failure as three columns; without a reason there is none.
struct FailureColumns {
  explicit FailureColumns(const std::optional<TransitionFailure>& failure) {
    if (!failure) return;
    if (failure->state) state = Name(*failure->state);
    reason = failure->reason;
    if (failure->code) code = Name(*failure->code);
  }

  std::optional<std::string_view> state;
  std::optional<std::string_view> reason;
  std::optional<std::string_view> code;
};

std::optional<TransitionFailure> ReadFailure(sqlite::Statement& row) {
  const auto state = row.Next<std::optional<std::string>>();
  const auto reason = row.Next<std::optional<std::string>>();
  const auto code = row.Next<std::optional<std::string>>();
  if (!reason) return {};
  TransitionFailure failure{.state = {}, .reason = *reason, .code = {}};
  if (state) failure.state = ParseCanaryState(*state).value();
  if (code) failure.code = ParseStateReasonCode(*code).value();
  return failure;
}

}  // namespace

void TransitionStore::SaveRules(const Transitions& transitions) {
  database_.Prepare("DELETE FROM state_rules").Run();
  for (const CanaryState state : kTransitionalStates) {
    const StateRule& rule = transitions.RuleOf(state);
    if (rule == StateRule{}) continue;
    const FailureColumns failure(rule.failure);
    database_
        .Prepare(
            "INSERT INTO state_rules (state, milliseconds, reads, is_held, failure_state,"
            " failure_reason, failure_code, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .Bind(Name(state), rule.time, rule.reads, std::int64_t{rule.is_held}, failure.state,
              failure.reason, failure.code, rule.times)
        .Run();
  }
}

void TransitionStore::LoadRules(Transitions& transitions) const {
  auto row = database_.Prepare(
      "SELECT state, milliseconds, reads, is_held, failure_state, failure_reason, failure_code,"
      " times FROM state_rules");
  while (row.Step()) {
    StateRule& rule = transitions.RuleOf(ParseCanaryState(row.Next<std::string>()).value());
    rule.time = row.Next<std::optional<Duration>>();
    rule.reads = row.Next<std::optional<std::int64_t>>();
    rule.is_held = row.Next<std::int64_t>() != 0;
    rule.failure = ReadFailure(row);
    rule.times = row.Next<std::optional<std::int64_t>>();
  }
}

void TransitionStore::SavePlan(std::int64_t canary, const TransitionPlan& plan) {
  kept_back_.insert_or_assign(canary, plan);
}

void TransitionStore::Save() {
  for (const auto& [canary, plan] : kept_back_) Store(canary, plan);
  kept_back_.clear();
}

void TransitionStore::Store(std::int64_t canary, const TransitionPlan& plan) {
  if (plan == TransitionPlan{}) {
    database_.Prepare("DELETE FROM transition_plans WHERE canary = ?").Bind(canary).Run();
    return;
  }
  const FailureColumns failure(plan.failure);
  database_
      .Prepare(
          "INSERT OR REPLACE INTO transition_plans (canary, reads, is_held, failure_state,"
          " failure_reason, failure_code, vpc_before, vpc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .Bind(canary, plan.reads, std::int64_t{plan.is_held}, failure.state, failure.reason,
            failure.code, plan.vpc_before, plan.vpc)
      .Run();
}

TransitionPlan TransitionStore::PlanOf(std::int64_t canary) const {
  if (const auto kept = kept_back_.find(canary); kept != kept_back_.end()) return kept->second;
  auto row = database_.Prepare(
      "SELECT reads, is_held, failure_state, failure_reason, failure_code, vpc_before, vpc"
      " FROM transition_plans WHERE canary = ?");
  row.Bind(canary);
  TransitionPlan plan;
  if (!row.Step()) return plan;
  plan.reads = row.Next<std::optional<std::int64_t>>();
  plan.is_held = row.Next<std::int64_t>() != 0;
  plan.failure = ReadFailure(row);
  plan.vpc_before = row.Next<std::string>();
  plan.vpc = row.Next<std::string>();
  return plan;
}

}  // namespace synthetics::state
