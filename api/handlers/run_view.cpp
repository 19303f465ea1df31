#include "api/handlers/run_view.hpp"

namespace synthetics::api {

CanaryRun Show(const state::Run& run, const std::string& canary_name) {
  CanaryRun shown;
  shown.id = run.id;
  shown.name = canary_name;
  shown.timeline = {
      .started = run.started, .completed = run.completed, .metric_timestamp = run.metric_timestamp};
  if (!run.scheduled_run.empty()) shown.scheduled_run_id = run.scheduled_run;
  if (run.attempt > 0) shown.retry_attempt = run.attempt;
  if (!run.dry_run.empty()) shown.dry_run_config = CanaryDryRunConfig{run.dry_run};
  if (run.browser) shown.browser_type = Name(*run.browser);
  if (!run.completed) {
    shown.status.state = Name(state::RunState::kRunning);
    return shown;
  }
  shown.status = {.state = std::string(Name(run.outcome.state)),
                  .state_reason = run.outcome.reason,
                  .state_reason_code = run.outcome.reason_code,
                  .test_result = std::string(Name(run.outcome.test_result))};
  if (!run.artifact_location.empty()) shown.artifact_s3_location = run.artifact_location;
  return shown;
}

}  // namespace synthetics::api
