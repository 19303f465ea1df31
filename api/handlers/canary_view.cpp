#include "api/handlers/canary_view.hpp"

#include "api/arn.hpp"
#include "api/configuration.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::api {
namespace {

std::string EngineArn(const state::Canary& canary, std::size_t browser_index) {
  return FunctionArn(canary.scope, canary.name, canary.id, canary.version, browser_index);
}

CanaryStatus ShowStatus(const state::CanaryStatus& status) {
  CanaryStatus shown{
      .state = std::string(Name(status.state)), .state_reason = {}, .state_reason_code = {}};
  if (!status.reason.empty()) shown.state_reason = status.reason;
  if (status.code != state::StateReasonCode::kNone) shown.state_reason_code = Name(status.code);
  return shown;
}

// An engine exists once creation has finished. The single `EngineArn` and the layer are shown only
// for runtimes without an engine per browser (observed).
void ShowEngines(const state::Canary& canary, Canary& shown) {
  const bool per_browser =
      state::HasFeature(canary.runtime_version, state::Feature::kSeveralBrowsers);
  const auto browsers = state::BrowsersOf(canary);
  if (per_browser) {
    auto& configs = shown.browser_configs.emplace();
    for (const state::Browser browser : browsers) configs.push_back({std::string(Name(browser))});
  }
  if (canary.version == 0) return;
  auto& engines = shown.engine_configs.emplace();
  for (std::size_t index = 0; index < browsers.size(); ++index) {
    engines.push_back({EngineArn(canary, index), std::string(Name(browsers[index]))});
  }
  if (engines.empty()) engines.push_back({EngineArn(canary, 0), {}});
  if (per_browser) return;
  shown.engine_arn = EngineArn(canary, 0);
  shown.code.source_location_arn = LayerArn(canary.scope, canary.name, canary.id, canary.version);
}

}  // namespace

Canary Show(const state::Canary& canary, state::TagMap tags) {
  const auto& configuration = ConfigurationOf(canary);
  Canary shown;
  shown.id = canary.id;
  shown.name = canary.name;
  shown.code.handler = configuration.handler;
  shown.code.blueprint_types = configuration.blueprint_types;
  shown.code.dependencies = configuration.dependencies;
  shown.execution_role_arn = configuration.execution_role_arn;
  shown.schedule.expression = canary.schedule.expression;
  shown.schedule.duration_in_seconds = canary.schedule.duration.count();
  shown.schedule.retry_config = RetryConfig{canary.schedule.max_retries};
  shown.run_config = {.timeout_in_seconds = canary.timeout.count(),
                      .memory_in_mb = configuration.memory_in_mb,
                      .active_tracing = configuration.active_tracing,
                      .ephemeral_storage = configuration.ephemeral_storage};
  shown.success_retention_period_in_days = canary.success_retention_days;
  shown.failure_retention_period_in_days = canary.failure_retention_days;
  shown.status = ShowStatus(canary.status);
  shown.timeline = {.created = canary.timeline.created,
                    .last_modified = canary.timeline.last_modified,
                    .last_started = canary.timeline.last_started,
                    .last_stopped = canary.timeline.last_stopped};
  shown.artifact_s3_location = canary.artifact_location;
  shown.runtime_version = canary.runtime_version;
  shown.vpc_config = configuration.vpc_config;
  shown.visual_reference = configuration.visual_reference;
  shown.visual_references = configuration.visual_references;
  shown.provisioned_resource_cleanup = configuration.provisioned_resource_cleanup;
  shown.artifact_config = configuration.artifact_config;
  shown.tags = std::move(tags);
  ShowEngines(canary, shown);
  return shown;
}

DryRunConfig Show(const state::DryRun& dry_run) {
  return {.dry_run_id = dry_run.id,
          .last_dry_run_execution_status = std::string(Name(dry_run.state))};
}

}  // namespace synthetics::api
