#include "state/store/runs.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace synthetics::state {
namespace {

// The columns in the order in which `Read` takes them. A macro, so that each statement is one
// literal.
#define RUN_COLUMNS                                                                             \
  "key, canary, id, browser, dry_run, scheduled_run, is_on_demand, attempt, max_retries,"       \
  " metric_timestamp, started, completed, artifact_location, state, test_result, state_reason," \
  " state_reason_code, milliseconds"

Run Read(sqlite::Statement& row) {
  Run run;
  run.key = row.Next<std::int64_t>();
  run.canary = row.Next<std::int64_t>();
  run.id = row.Next<std::string>();
  run.browser = ParseBrowser(row.Next<std::string>());
  run.dry_run = row.Next<std::string>();
  run.scheduled_run = row.Next<std::string>();
  run.is_on_demand = row.Next<std::int64_t>() != 0;
  run.attempt = row.Next<std::int64_t>();
  run.max_retries = row.Next<std::int64_t>();
  run.metric_timestamp = row.Next<std::optional<Instant>>();
  run.started = row.Next<Instant>();
  run.completed = row.Next<std::optional<Instant>>();
  run.artifact_location = row.Next<std::string>();
  const auto state = ParseRunState(row.Next<std::string>());
  const auto test_result = ParseTestResult(row.Next<std::string>());
  if (!state || !test_result) throw std::logic_error("a run's row has a state that is none");
  run.outcome.state = *state;
  run.outcome.test_result = *test_result;
  run.outcome.reason = row.Next<std::string>();
  run.outcome.reason_code = row.Next<std::string>();
  run.outcome.duration = row.Next<Duration>();
  return run;
}

std::optional<Run> ReadOne(sqlite::Statement& statement) {
  if (!statement.Step()) return {};
  return Read(statement);
}

std::vector<Run> ReadAll(sqlite::Statement& statement) {
  std::vector<Run> runs;
  while (statement.Step()) runs.push_back(Read(statement));
  return runs;
}

std::vector<std::int64_t> ReadKeys(sqlite::Statement& row) {
  std::vector<std::int64_t> keys;
  while (row.Step()) keys.push_back(row.Next<std::int64_t>());
  return keys;
}

}  // namespace

sqlite::Statement Runs::Prepare(std::string_view sql) const {
  Save();
  return database_.Prepare(sql);
}

std::int64_t Runs::NextKey() {
  if (last_key_ == 0) {
    auto row = database_.Prepare("SELECT ifnull(max(key), 0) FROM runs");
    row.Step();
    last_key_ = row.Next<std::int64_t>();
  }
  return ++last_key_;
}

void Runs::Insert(Run& run) {
  run.key = NextKey();
  kept_back_.emplace(run.key, run);
}

void Runs::Store(const Run& run) const {
  const std::string_view browser = run.browser ? Name(*run.browser) : std::string_view{};
  database_
      .Prepare("INSERT INTO runs (" RUN_COLUMNS
               ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Bind(run.key, run.canary, run.id, browser, run.dry_run, run.scheduled_run,
            std::int64_t{run.is_on_demand}, run.attempt, run.max_retries, run.metric_timestamp,
            run.started, run.completed, run.artifact_location, Name(run.outcome.state),
            Name(run.outcome.test_result), run.outcome.reason, run.outcome.reason_code,
            run.outcome.duration)
      .Run();
}

void Runs::Save() const {
  for (const auto& [key, run] : kept_back_) Store(run);
  kept_back_.clear();
}

void Runs::Forget() {
  kept_back_.clear();
  last_key_ = 0;
}

Run Runs::Complete(std::int64_t key, Instant completed) {
  if (auto kept = kept_back_.extract(key)) {
    kept.mapped().completed = completed;
    Store(kept.mapped());
    return std::move(kept.mapped());
  }
  database_.Prepare("UPDATE runs SET completed = ? WHERE key = ?").Bind(completed, key).Run();
  return ReadOne(database_.Prepare("SELECT " RUN_COLUMNS " FROM runs WHERE key = ?").Bind(key))
      .value();
}

void Runs::Retire(std::int64_t canary, Instant before) {
  database_
      .Prepare(
          "DELETE FROM runs WHERE key IN (SELECT key FROM runs"
          " WHERE canary = ? AND dry_run = '' AND started < ?"
          " AND completed IS NOT NULL ORDER BY started, key LIMIT 100)")
      .Bind(canary, before)
      .Run();
}

std::optional<Run> Runs::Find(std::int64_t canary, std::string_view id) const {
  return ReadOne(
      Prepare("SELECT " RUN_COLUMNS " FROM runs WHERE canary = ? AND dry_run = '' AND id = ?")
          .Bind(canary, id));
}

std::int64_t Runs::Count(std::int64_t canary) const {
  auto row = Prepare("SELECT count(*) FROM runs WHERE canary = ? AND dry_run = ''");
  row.Bind(canary).Step();
  return row.Next<std::int64_t>();
}

bool Runs::AnyUnderWay(std::int64_t canary) const {
  return Prepare(
             "SELECT 1 FROM runs WHERE canary = ? AND completed IS NULL AND dry_run = '' LIMIT 1")
      .Bind(canary)
      .Step();
}

bool Runs::AnyRetryUnderWay(std::int64_t canary) const {
  return Prepare(
             "SELECT 1 FROM runs WHERE canary = ? AND completed IS NULL"
             " AND attempt BETWEEN 1 AND max_retries LIMIT 1")
      .Bind(canary)
      .Step();
}

void Runs::EndRetries(std::int64_t canary) {
  Prepare("UPDATE runs SET max_retries = 0 WHERE canary = ? AND completed IS NULL")
      .Bind(canary)
      .Run();
}

std::vector<std::int64_t> Runs::RemoveUnderWay(std::int64_t canary, RunKind kind) {
  return ReadKeys(Prepare("DELETE FROM runs WHERE canary = ? AND completed IS NULL"
                          " AND (dry_run <> '') = ? RETURNING key")
                      .Bind(canary, std::int64_t{kind == RunKind::kDry}));
}

std::int64_t Runs::CountUnderWay() const {
  auto row = Prepare("SELECT count(*) FROM runs WHERE completed IS NULL");
  row.Step();
  return row.Next<std::int64_t>();
}

RunState Runs::StateOfDryRun(std::int64_t canary, std::string_view dry_run) const {
  auto row = Prepare(
      "SELECT max(completed IS NULL), max(state = 'FAILED') FROM runs"
      " WHERE canary = ? AND dry_run = ?");
  row.Bind(canary, dry_run);
  row.Step();
  if (row.Next<std::int64_t>() != 0) return RunState::kRunning;
  return row.Next<std::int64_t>() != 0 ? RunState::kFailed : RunState::kPassed;
}

// The kept runs of either outcome, one under way counting as whatever it will be: nobody keeps a
// run for less than a day, and none lasts longer than minutes.
#define RUN_IS_KEPT " AND started >= CASE state WHEN 'PASSED' THEN ? ELSE ? END"

std::vector<Run> Runs::Page(std::int64_t canary, std::string_view dry_run,
                            const RunPosition& position, const RunsKept& kept,
                            std::int64_t limit) const {
  auto statement =
      Prepare("SELECT " RUN_COLUMNS
              " FROM runs WHERE canary = ? AND dry_run = ? AND (started, key) < (?, ?) "
              "AND started >= ?" RUN_IS_KEPT " ORDER BY started DESC, key DESC LIMIT ?");
  statement.Bind(canary, dry_run, position.started, position.key,
                 std::min(kept.passed_since, kept.failed_since), kept.passed_since,
                 kept.failed_since, limit);
  return ReadAll(statement);
}

std::vector<Run> Runs::PageOfDryRuns(std::int64_t canary, const RunPosition& position,
                                     const RunsKept& kept, std::int64_t limit) const {
  auto statement = Prepare(
      "SELECT " RUN_COLUMNS
      " FROM runs WHERE canary = ? AND dry_run <> '' AND (started, key) < (?, ?)" RUN_IS_KEPT
      " ORDER BY started DESC, key DESC LIMIT ?");
  statement.Bind(canary, position.started, position.key, kept.passed_since, kept.failed_since,
                 limit);
  return ReadAll(statement);
}

std::optional<Run> Runs::Last(std::int64_t canary, std::optional<Browser> browser) const {
  const std::string_view in = browser ? Name(*browser) : std::string_view{};
  return ReadOne(Prepare("SELECT " RUN_COLUMNS
                         " FROM runs WHERE canary = ? AND dry_run = '' AND (? = '' OR browser = ?)"
                         " ORDER BY started DESC, key DESC LIMIT 1")
                     .Bind(canary, in, in));
}

}  // namespace synthetics::state
