#include "state/store/dry_runs.hpp"

#include <stdexcept>

#include "state/store/browsers.hpp"

namespace synthetics::state {
void DryRuns::Insert(const DryRun& dry_run) {
  const Canary& trial = dry_run.trial;
  const std::string browsers = FormatBrowsers(trial.browsers);
  database_
      .Prepare(
          "INSERT INTO dry_runs (canary, id, state, timeout_seconds, success_retention_days,"
          " failure_retention_days, runtime_version, artifact_location, browsers, configuration,"
          " code_fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Bind(trial.key, dry_run.id, Name(dry_run.state), trial.timeout, trial.success_retention_days,
            trial.failure_retention_days, trial.runtime_version, trial.artifact_location, browsers,
            trial.configuration, trial.code_fault)
      .Run();
}

std::optional<DryRun> DryRuns::Find(const Canary& canary, std::string_view id) const {
  auto row = database_.Prepare(
      "SELECT id, state, timeout_seconds, success_retention_days, failure_retention_days,"
      " runtime_version, artifact_location, browsers, configuration, code_fault"
      " FROM dry_runs WHERE canary = ? AND id = ?");
  row.Bind(canary.key, id);
  if (!row.Step()) return {};
  DryRun dry_run;
  dry_run.id = row.Next<std::string>();
  const auto state = ParseRunState(row.Next<std::string>());
  if (!state) throw std::logic_error("a dry run's row has a state that is none");
  dry_run.state = *state;
  Canary& trial = dry_run.trial;
  trial = canary;
  trial.timeout = row.Next<std::chrono::seconds>();
  trial.success_retention_days = row.Next<std::int64_t>();
  trial.failure_retention_days = row.Next<std::int64_t>();
  trial.runtime_version = row.Next<std::string>();
  trial.artifact_location = row.Next<std::string>();
  trial.browsers = ParseBrowsers(row.Next<std::string>());
  trial.configuration = row.Next<std::string>();
  trial.code_fault = row.Next<std::string>();
  return dry_run;
}

void DryRuns::SetState(std::int64_t canary, std::string_view id, RunState state) {
  database_.Prepare("UPDATE dry_runs SET state = ? WHERE canary = ? AND id = ?")
      .Bind(Name(state), canary, id)
      .Run();
}

bool DryRuns::IsUnderWay(std::int64_t canary) const {
  return database_.Prepare("SELECT 1 FROM dry_runs WHERE canary = ? AND state = 'RUNNING'")
      .Bind(canary)
      .Step();
}

bool DryRuns::AnyUnderWay() const {
  return database_.Prepare("SELECT 1 FROM dry_runs WHERE state = 'RUNNING' LIMIT 1").Step();
}

void DryRuns::Remove(std::int64_t canary) {
  database_.Prepare("DELETE FROM dry_runs WHERE canary = ?").Bind(canary).Run();
}

}  // namespace synthetics::state
