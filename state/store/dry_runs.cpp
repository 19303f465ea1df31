#include "state/store/dry_runs.hpp"

#include <stdexcept>

#include "state/store/browsers.hpp"

namespace synthetics::state {
namespace {

CanaryCode ReadCode(sqlite::Statement& row) {
  CanaryCode code;
  code.zip = row.Next<std::string>();
  code.s3_bucket = row.Next<std::string>();
  code.s3_key = row.Next<std::string>();
  code.s3_version = row.Next<std::string>();
  code.handler = row.Next<std::string>();
  code.is_blueprint = row.Next<std::int64_t>() != 0;
  return code;
}

}  // namespace

void DryRuns::Insert(const DryRun& dry_run) {
  const Canary& trial = dry_run.trial;
  const CanaryCode code = dry_run.code.value_or(CanaryCode{});
  const std::string browsers = FormatBrowsers(trial.browsers);
  database_
      .Prepare(
          "INSERT INTO dry_runs (canary, id, state, timeout_seconds, success_retention_days,"
          " failure_retention_days, runtime_version, artifact_location, browsers, configuration,"
          " has_code, zip, s3_bucket, s3_key, s3_version, handler, is_blueprint)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Bind(trial.key, dry_run.id, Name(dry_run.state), trial.timeout, trial.success_retention_days,
            trial.failure_retention_days, trial.runtime_version, trial.artifact_location, browsers,
            trial.configuration, std::int64_t{dry_run.code.has_value()}, sqlite::Blob{code.zip},
            code.s3_bucket, code.s3_key, code.s3_version, code.handler,
            std::int64_t{code.is_blueprint})
      .Run();
}

std::optional<DryRun> DryRuns::Find(const Canary& canary, std::string_view id) const {
  auto row = database_.Prepare(
      "SELECT key, id, state, timeout_seconds, success_retention_days, failure_retention_days,"
      " runtime_version, artifact_location, browsers, configuration, has_code, zip, s3_bucket,"
      " s3_key, s3_version, handler, is_blueprint FROM dry_runs WHERE canary = ? AND id = ?");
  row.Bind(canary.key, id);
  if (!row.Step()) return {};
  DryRun dry_run;
  dry_run.key = row.Next<std::int64_t>();
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
  const bool has_code = row.Next<std::int64_t>() != 0;
  if (has_code) dry_run.code = ReadCode(row);
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
