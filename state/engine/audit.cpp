#include "state/engine/audit.hpp"

#include <array>
#include <string>

#include "state/canary.hpp"
#include "state/engine/schedule.hpp"
#include "state/outcomes.hpp"
#include "state/run.hpp"
#include "state/sqlite/schema.hpp"
#include "state/store/events.hpp"
#include "state/store/tags.hpp"
#include "state/store/timeline.hpp"
#include "state/store/worlds.hpp"

namespace synthetics::state {
namespace {

using sqlite::SchemaError;

// Has a row only where something is wrong. `?1` is the end of time, in milliseconds, which does for
// a bound of any number that the engine reckons with.
struct Rule {
  std::string_view breach;
  std::string_view what;
};

constexpr std::array kRules{
    Rule{"SELECT 1 FROM world WHERE now NOT BETWEEN 0 AND ?1", "the clock"},
    Rule{"SELECT 1 FROM world WHERE events NOT BETWEEN (SELECT ifnull(max(id), 0) FROM events) AND "
         "?1",
         "a number of events"},
    Rule{"SELECT 1 FROM canaries WHERE ?1 < max(created, last_modified, ifnull(last_started, 0),"
         " ifnull(last_stopped, 0), schedule_seconds, max_retries, timeout_seconds,"
         " success_retention_days * 1000000, failure_retention_days * 1000000, version)"
         " OR 0 > min(created, last_modified, ifnull(last_started, 0), ifnull(last_stopped, 0),"
         " schedule_seconds, max_retries, timeout_seconds, success_retention_days,"
         " failure_retention_days, version) OR max_retries > 2"
         " OR (last_started IS NULL AND 'RUNNING' IN (state, state_before))",
         "a number of a canary"},
    Rule{"SELECT 1 FROM dry_runs WHERE ?1 < max(timeout_seconds, success_retention_days * 1000000,"
         " failure_retention_days * 1000000)"
         " OR 0 > min(timeout_seconds, success_retention_days, failure_retention_days)",
         "a number of a dry run"},
    Rule{"SELECT 1 FROM runs WHERE ?1 < max(started, ifnull(completed, 0), milliseconds, attempt,"
         " max_retries, ifnull(metric_timestamp, 0))"
         " OR 0 > min(started, ifnull(completed, 0), milliseconds, attempt, max_retries,"
         " ifnull(metric_timestamp, 0)) OR max_retries > 2 OR attempt > 2",
         "a number of a run"},
    Rule{"SELECT 1 FROM canaries WHERE code_fault IS NULL AND ?1 > 0"
         " AND key NOT IN (SELECT canary FROM canary_code)",
         "a canary without code"},
    Rule{"SELECT 1 FROM groups WHERE ?1 < max(created, last_modified)"
         " OR 0 > min(created, last_modified)",
         "an instant of a group"},
    // What is due lies ahead, for a canary that is there, and a completion is that of a run.
    Rule{"SELECT 1 FROM timeline WHERE at NOT BETWEEN (SELECT now FROM world) AND 2 * ?1"
         " OR (kind = 'completion') <> (run IS NOT NULL)"
         " OR canary NOT IN (SELECT key FROM canaries)"
         " OR (run IS NOT NULL AND run NOT IN (SELECT key FROM runs))",
         "an event that is due"},
    Rule{"SELECT 1 FROM state_rules WHERE milliseconds NOT BETWEEN 0 AND ?1"
         " OR reads NOT BETWEEN 1 AND ?1 OR times NOT BETWEEN 1 AND ?1"
         " OR (times IS NOT NULL AND failure_reason IS NULL) OR failure_state <> 'ERROR'",
         "a rule of a state"},
    Rule{"SELECT 1 FROM transition_plans WHERE reads NOT BETWEEN 1 AND ?1 OR failure_state <> "
         "'ERROR'",
         "a plan of a transition"},
    Rule{"SELECT 1 FROM events WHERE ?1 < max(at, ifnull(started, 0))"
         " OR 0 > min(at, ifnull(started, 0)) OR CASE type WHEN 'status' THEN state IS NULL OR "
         "version IS NULL OR version_before IS NULL"
         " OR vpc IS NULL OR vpc_before IS NULL"
         " ELSE run IS NULL OR started IS NULL OR artifact_location IS NULL OR reason IS NULL END",
         "an event that was told"},
    Rule{"SELECT 1 FROM outcome_rules WHERE failure_rate NOT BETWEEN 0 AND 1 OR fail_every < 1"
         " OR (shortest IS NULL) <> (longest IS NULL) OR shortest > longest OR longest > ?1"
         " OR shortest < 0 OR count NOT BETWEEN 0 AND ?1",
         "a number of a rule for runs"},
    Rule{"SELECT 1 FROM outcome_scripts WHERE milliseconds NOT BETWEEN 0 AND ?1"
         " OR count NOT BETWEEN 1 AND ?1 OR remaining NOT BETWEEN 0 AND count",
         "a number of a script for runs"},
    Rule{"SELECT 1 FROM faults WHERE times < 0 OR after_requests < 0 OR hits NOT BETWEEN 0 AND ?1",
         "a number of a fault rule"},
};

// A column whose texts are all of one kind.
struct Vocabulary {
  std::string_view words;
  bool (*is_word)(std::string_view word);
  std::string_view what;
};

template <auto kParse>
bool Parses(std::string_view word) {
  return kParse(word).has_value();
}

bool IsTransitionalState(std::string_view word) {
  const auto state = ParseCanaryState(word);
  return state && IsTransitional(*state);
}

bool IsSteadyState(std::string_view word) {
  const auto state = ParseCanaryState(word);
  return state && !IsTransitional(*state);
}

constexpr std::array kVocabularies{
    Vocabulary{"SELECT DISTINCT state FROM canaries", &Parses<&ParseCanaryState>,
               "a canary's state"},
    Vocabulary{"SELECT DISTINCT state_before FROM canaries", &IsSteadyState,
               "a canary's state before"},
    Vocabulary{"SELECT DISTINCT state_reason_code FROM canaries", &Parses<&ParseStateReasonCode>,
               "a canary's reason code"},
    Vocabulary{"SELECT DISTINCT schedule_expression FROM canaries", &Parses<&ParseSchedule>,
               "a canary's schedule"},
    Vocabulary{"SELECT DISTINCT state FROM runs", &Parses<&ParseRunState>, "a run's state"},
    Vocabulary{"SELECT DISTINCT test_result FROM runs", &Parses<&ParseTestResult>,
               "a run's test result"},
    Vocabulary{"SELECT DISTINCT state FROM dry_runs", &Parses<&ParseRunState>, "a dry run's state"},
    Vocabulary{"SELECT DISTINCT kind FROM timeline", &Parses<&ParseEventKind>, "a kind of event"},
    Vocabulary{"SELECT DISTINCT state FROM outcome_scripts", &Parses<&ParseRunState>,
               "a scripted state"},
    Vocabulary{"SELECT DISTINCT following FROM outcome_rules", &Parses<&ParseThen>,
               "the end of a script"},
    Vocabulary{"SELECT DISTINCT state FROM state_rules", &IsTransitionalState,
               "a state with a rule"},
    Vocabulary{"SELECT DISTINCT state FROM events WHERE state IS NOT NULL UNION"
               " SELECT DISTINCT state_before FROM events WHERE state_before IS NOT NULL",
               &Parses<&ParseCanaryState>, "an event's state"},
    Vocabulary{"SELECT failure_code FROM state_rules WHERE failure_code IS NOT NULL UNION"
               " SELECT failure_code FROM transition_plans WHERE failure_code IS NOT NULL",
               &Parses<&ParseStateReasonCode>, "a failure's reason code"},
    Vocabulary{"SELECT tags FROM canaries UNION SELECT tags FROM groups", &Parses<&ParseTags>,
               "tags"},
    Vocabulary{"SELECT DISTINCT type FROM events", &Parses<&ParseCanaryEventType>,
               "a type of event"},
};

[[noreturn]] void Refuse(std::string_view what) {
  throw SchemaError("it has " + std::string(what) + " that cannot be");
}

void AuditWorld(sqlite::Database& database) {
  const auto world = Worlds(database).Load();
  if (!world) throw SchemaError("there is no world in it");
  if (!IsSpeed(world->clock.speed)) Refuse("a speed of the clock");
}

void AuditRules(sqlite::Database& database) {
  for (const auto& [breach, what] : kRules) {
    if (database.Prepare(breach).Bind(kEndOfTime).Step()) Refuse(what);
  }
  if (database.Prepare("PRAGMA foreign_key_check").Step()) {
    Refuse("a row of something that is not there, and");
  }
}

void AuditWords(sqlite::Database& database) {
  for (const auto& [words, is_word, what] : kVocabularies) {
    auto rows = database.Prepare(words);
    while (rows.Step()) {
      if (!is_word(rows.Next<std::string>())) Refuse(what);
    }
  }
}

}  // namespace

void Audit(sqlite::Database& database, const Readers& readers) {
  AuditWords(database);
  AuditWorld(database);
  AuditRules(database);
  auto rows = database.Prepare(
      "SELECT configuration FROM canaries UNION SELECT configuration FROM dry_runs");
  while (rows.Step()) readers.configuration(rows.Next<std::string>());
  auto rules = database.Prepare("SELECT told FROM faults");
  while (rules.Step()) readers.fault_rule(rules.Next<std::string>());
}

}  // namespace synthetics::state
