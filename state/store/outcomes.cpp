#include "state/store/outcomes.hpp"

#include <stdexcept>

namespace synthetics::state {
namespace {

// The default rule is the rule of no canary.
const Scope kNowhere;

OutcomeRule ReadRule(sqlite::Statement& row) {
  OutcomeRule rule;
  rule.failure_rate = row.Next<double>();
  rule.fail_every = row.Next<std::optional<std::int64_t>>();
  rule.shortest = row.Next<std::optional<Duration>>();
  rule.longest = row.Next<std::optional<Duration>>();
  rule.reason = row.Next<std::optional<std::string>>();
  return rule;
}

WantedOutcome ReadOutcome(sqlite::Statement& row) {
  WantedOutcome outcome;
  const auto state = ParseRunState(row.Next<std::string>());
  if (!state) throw std::logic_error("a scripted outcome has a state that is none");
  outcome.state = *state;
  outcome.reason = row.Next<std::optional<std::string>>();
  outcome.reason_code = row.Next<std::optional<std::string>>();
  if (const auto result = row.Next<std::optional<std::string>>()) {
    outcome.test_result = ParseTestResult(*result);
  }
  outcome.duration = row.Next<std::optional<Duration>>();
  return outcome;
}

}  // namespace

bool OutcomeStore::IsEmpty() const {
  if (!is_empty_) is_empty_ = !database_.Prepare("SELECT 1 FROM outcome_rules LIMIT 1").Step();
  return *is_empty_;
}

void OutcomeStore::Put(const Scope& scope, std::string_view canary, const Outcomes& outcomes) {
  Remove(scope, canary);
  const OutcomeRule rule = outcomes.rule.value_or(OutcomeRule{});
  database_
      .Prepare(
          "INSERT INTO outcome_rules (account, region, canary, following, has_rule, failure_rate,"
          " fail_every, shortest, longest, reason, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)")
      .Bind(scope.account, scope.region, canary, Name(outcomes.then),
            std::int64_t{outcomes.rule.has_value()}, rule.failure_rate, rule.fail_every,
            rule.shortest, rule.longest, rule.reason)
      .Run();
  std::int64_t position = 0;
  for (const auto& [outcome, count] : outcomes.script) {
    const auto result = outcome.test_result ? std::optional(Name(*outcome.test_result))
                                            : std::optional<std::string_view>{};
    database_
        .Prepare(
            "INSERT INTO outcome_scripts (account, region, canary, position, state, reason,"
            " reason_code, test_result, milliseconds, count, remaining)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .Bind(scope.account, scope.region, canary, ++position, Name(outcome.state), outcome.reason,
              outcome.reason_code, result, outcome.duration, count, count)
        .Run();
  }
}

void OutcomeStore::Remove(const Scope& scope, std::string_view canary) {
  Forget();
  // The script goes with it.
  database_.Prepare("DELETE FROM outcome_rules WHERE account = ? AND region = ? AND canary = ?")
      .Bind(scope.account, scope.region, canary)
      .Run();
}

Outcomes OutcomeStore::Left(const Scope& scope, std::string_view canary) const {
  Outcomes outcomes = Find(scope, canary).value_or(Outcomes{});
  auto rows = database_.Prepare(
      "SELECT state, reason, reason_code, test_result, milliseconds, remaining"
      " FROM outcome_scripts WHERE account = ? AND region = ? AND canary = ? AND remaining > 0"
      " ORDER BY position");
  rows.Bind(scope.account, scope.region, canary);
  while (rows.Step()) {
    ScriptEntry& entry = outcomes.script.emplace_back();
    entry.outcome = ReadOutcome(rows);
    entry.count = rows.Next<std::int64_t>();
  }
  return outcomes;
}

std::optional<Outcomes> OutcomeStore::Find(const Scope& scope, std::string_view canary) const {
  if (IsEmpty()) return {};
  auto row = database_.Prepare(
      "SELECT following, has_rule, failure_rate, fail_every, shortest, longest, reason"
      " FROM outcome_rules WHERE account = ? AND region = ? AND canary = ?");
  row.Bind(scope.account, scope.region, canary);
  if (!row.Step()) return {};
  const auto then = ParseThen(row.Next<std::string>());
  if (!then) throw std::logic_error("a script's end is none");
  Outcomes outcomes;
  outcomes.then = *then;
  const bool has_rule = row.Next<std::int64_t>() != 0;
  if (has_rule) outcomes.rule = ReadRule(row);
  return outcomes;
}

std::optional<WantedOutcome> OutcomeStore::TakeNext(const Scope& scope, std::string_view canary,
                                                    Then then) {
  auto outcome = TakeRemaining(scope, canary);
  if (outcome || then == Then::kRule) return outcome;
  // Again from the start, or from the last entry.
  database_
      .Prepare(
          "UPDATE outcome_scripts SET remaining = count WHERE account = ? AND region = ?"
          " AND canary = ?"
          " AND (? OR position = (SELECT max(position) FROM outcome_scripts AS all_of"
          " WHERE all_of.account = outcome_scripts.account"
          " AND all_of.region = outcome_scripts.region"
          " AND all_of.canary = outcome_scripts.canary))")
      .Bind(scope.account, scope.region, canary, std::int64_t{then == Then::kRepeat})
      .Run();
  return TakeRemaining(scope, canary);
}

std::optional<WantedOutcome> OutcomeStore::TakeRemaining(const Scope& scope,
                                                         std::string_view canary) {
  auto next = database_.Prepare(
      "UPDATE outcome_scripts SET remaining = remaining - 1 WHERE (account, region, canary,"
      " position) = (SELECT account, region, canary, position FROM outcome_scripts"
      " WHERE account = ? AND region = ? AND canary = ? AND remaining > 0"
      " ORDER BY position LIMIT 1)"
      " RETURNING state, reason, reason_code, test_result, milliseconds");
  next.Bind(scope.account, scope.region, canary);
  if (!next.Step()) return {};
  return ReadOutcome(next);
}

std::int64_t OutcomeStore::CountByRule(const Scope& scope, std::string_view canary) {
  Forget();
  auto row = database_.Prepare(
      "INSERT INTO outcome_rules"
      " (account, region, canary, following, has_rule, failure_rate, count)"
      " VALUES (?, ?, ?, 'rule', 0, 0, 1)"
      " ON CONFLICT (account, region, canary) DO UPDATE SET count = count + 1 RETURNING count");
  row.Bind(scope.account, scope.region, canary);
  row.Step();
  return row.Next<std::int64_t>();
}

OutcomeRule OutcomeStore::DefaultRule() const {
  const auto outcomes = Find(kNowhere, {});
  return outcomes ? outcomes->rule.value_or(OutcomeRule{}) : OutcomeRule{};
}

void OutcomeStore::PutDefaultRule(const OutcomeRule& rule) {
  Put(kNowhere, {}, {.script = {}, .then = Then::kRule, .rule = rule});
}

void OutcomeStore::Clear(std::string_view account, std::string_view region) {
  Forget();
  if (account.empty() && region.empty()) {
    database_.Execute("DELETE FROM outcome_scripts; DELETE FROM outcome_rules");
    return;
  }
  database_
      .Prepare(
          "DELETE FROM outcome_rules WHERE (? = '' OR account = ?) AND (? = '' OR region = ?)"
          " AND canary <> ''")
      .Bind(account, account, region, region)
      .Run();
}

}  // namespace synthetics::state
