#include "api/handlers/dry_runs.hpp"

#include "api/handlers/checks.hpp"
#include "api/handlers/configure.hpp"
#include "api/handlers/find_canary.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::api {

Result<StartCanaryDryRunResponse> StartCanaryDryRun(Context& context,
                                                    const StartCanaryDryRunRequest& request) {
  if (const auto refusal = CheckRequest(request)) return *refusal;
  const auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  if (!state::Engine::CanApply(*canary, state::Trigger::kDryRun)) {
    return StateConflict("dry-run", *canary);
  }
  if (context.engine.store().dry_runs.IsUnderWay(canary->key)) {
    return ApiError{ErrorKind::kConflict,
                    "A dry run of the canary is already in progress: " + canary->name};
  }
  state::DryRun dry_run;
  dry_run.trial = *canary;
  ApplyTrial(dry_run.trial, request);
  if (const auto refusal = CheckChange(context, *canary, dry_run.trial, request)) return *refusal;
  if (!state::HasFeature(dry_run.trial.runtime_version, state::Feature::kDryRuns)) {
    return ApiError{ErrorKind::kInvalid, "Dry runs are not available on runtime version '" +
                                             dry_run.trial.runtime_version + "'."};
  }
  if (request.code) dry_run.code = TakeCode(*request.code);
  context.engine.StartDryRun(dry_run);
  return StartCanaryDryRunResponse{Show(dry_run)};
}

Result<state::DryRun> FindDryRun(Context& context, const state::Canary& canary,
                                 const std::string& id) {
  auto dry_run = context.engine.store().dry_runs.Find(canary, id);
  if (!dry_run) return ApiError{ErrorKind::kNotFound, "Dry run not found: " + id};
  return *std::move(dry_run);
}

DryRunConfig Show(const state::DryRun& dry_run) {
  return {.dry_run_id = dry_run.id,
          .last_dry_run_execution_status = std::string(Name(dry_run.state))};
}

}  // namespace synthetics::api
