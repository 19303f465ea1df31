#include "state/store/runs.hpp"

#include <stdexcept>

namespace synthetics::state {
namespace {

// The columns in the order in which `Read` takes them. A macro, so that each statement is one
// literal.
#define RUN_COLUMNS                                                                      \
  "key, canary, id, browser, started, completed, artifact_location, state, test_result," \
  " state_reason, state_reason_code, milliseconds"

Run Read(sqlite::Statement& row) {
  Run run;
  run.key = row.Next<std::int64_t>();
  run.canary = row.Next<std::int64_t>();
  run.id = row.Next<std::string>();
  run.browser = ParseBrowser(row.Next<std::string>());
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

}  // namespace

void Runs::Insert(Run& run) {
  const std::string_view browser = run.browser ? Name(*run.browser) : std::string_view{};
  auto insert = database_.Prepare(
      "INSERT INTO runs (canary, id, browser, started, completed, artifact_location, state,"
      " test_result, state_reason, state_reason_code, milliseconds)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key");
  insert.Bind(run.canary, run.id, browser, run.started, run.completed, run.artifact_location,
              Name(run.outcome.state), Name(run.outcome.test_result), run.outcome.reason,
              run.outcome.reason_code, run.outcome.duration);
  insert.Step();
  run.key = insert.Next<std::int64_t>();
}

void Runs::Complete(std::int64_t key, Instant completed) {
  database_.Prepare("UPDATE runs SET completed = ? WHERE key = ?").Bind(completed, key).Run();
}

bool Runs::AnyUnderWay(std::int64_t canary) const {
  return database_.Prepare("SELECT 1 FROM runs WHERE canary = ? AND completed IS NULL LIMIT 1")
      .Bind(canary)
      .Step();
}

void Runs::RemoveUnderWay(std::int64_t canary) {
  database_.Prepare("DELETE FROM runs WHERE canary = ? AND completed IS NULL").Bind(canary).Run();
}

std::vector<Run> Runs::Page(std::int64_t canary, const RunPosition& position,
                            std::int64_t limit) const {
  auto statement = database_.Prepare("SELECT " RUN_COLUMNS
                                     " FROM runs WHERE canary = ? AND (started, key) < (?, ?)"
                                     " ORDER BY started DESC, key DESC LIMIT ?");
  statement.Bind(canary, position.started, position.key, limit);
  std::vector<Run> runs;
  while (statement.Step()) runs.push_back(Read(statement));
  return runs;
}

std::optional<Run> Runs::Last(std::int64_t canary, std::optional<Browser> browser) const {
  const std::string_view in = browser ? Name(*browser) : std::string_view{};
  return ReadOne(database_
                     .Prepare("SELECT " RUN_COLUMNS
                              " FROM runs WHERE canary = ? AND (? = '' OR browser = ?)"
                              " ORDER BY started DESC, key DESC LIMIT 1")
                     .Bind(canary, in, in));
}

}  // namespace synthetics::state
