#include "api/handlers/dry_runs.hpp"

#include "api/handlers/canary_view.hpp"
#include "api/handlers/checks.hpp"
#include "api/handlers/configure.hpp"
#include "api/handlers/find_canary.hpp"

namespace synthetics::api {

Result<StartCanaryDryRunResponse> StartCanaryDryRun(Context& context,
                                                    const StartCanaryDryRunRequest& request) {
  if (const auto refusal = CheckRequest(request)) return *refusal;
  const auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  if (!state::Engine::CanApply(*canary, state::Trigger::kDryRun)) {
    return StateConflict(context, "dry-run", *canary, state::Trigger::kDryRun);
  }
  if (context.engine.store().dry_runs.IsUnderWay(canary->key)) {
    return ApiError{ErrorKind::kConflict,
                    "A dry run of the canary is already in progress: " + canary->name,
                    "A canary has one dry run at a time; " + ExplainDryRun(*canary)};
  }
  state::DryRun dry_run;
  dry_run.trial = *canary;
  ApplyTrial(dry_run.trial, request);
  if (const auto refusal = CheckChange(context, *canary, dry_run.trial, request)) return *refusal;
  if (const auto refusal = RuntimeHasDryRuns(context, dry_run.trial.runtime_version))
    return *refusal;
  const auto code = request.code ? std::optional(TakeCode(*request.code)) : std::nullopt;
  context.engine.StartDryRun(dry_run, code);
  return StartCanaryDryRunResponse{Show(dry_run)};
}

}  // namespace synthetics::api
