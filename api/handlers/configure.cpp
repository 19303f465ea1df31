#include "api/handlers/configure.hpp"

#include <algorithm>

#include "api/configuration.hpp"
#include "api/hash.hpp"
#include "api/limits.hpp"
#include "state/engine/schedule.hpp"
#include "state/random.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::api {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kDefaultStorage = 1024;
constexpr std::string_view kDefaultCleanup = "AUTOMATIC";

// The timeout that a request asks for, if any.
std::optional<std::chrono::seconds> TimeoutIn(const std::optional<RunConfigInput>& run_config) {
  if (!run_config || !run_config->timeout_in_seconds) return {};
  return std::chrono::seconds{*run_config->timeout_in_seconds};
}

// A timeout is as long as the time between two runs, where that is not longer than the longest.
seconds TimeoutFor(std::string_view expression, seconds wanted) {
  const auto schedule = state::ParseSchedule(expression).value();
  return std::min(wanted, schedule.ShortestGap().value_or(wanted));
}

std::string WithoutScheme(std::string_view location) {
  constexpr std::string_view kScheme = "s3://";
  if (location.starts_with(kScheme)) location.remove_prefix(kScheme.size());
  return std::string(location);
}

// Two empty lists mean no VPC. Which VPC the subnets are in, nobody here can say, but the same ones
// are always in the same.
std::optional<VpcConfigOutput> ConfigureVpc(VpcConfigOutput vpc, const VpcConfigInput& input,
                                            const state::Scope& scope) {
  if (input.subnet_ids) vpc.subnet_ids = *input.subnet_ids;
  if (input.security_group_ids) vpc.security_group_ids = *input.security_group_ids;
  if (input.ipv6_allowed_for_dual_stack) {
    vpc.ipv6_allowed_for_dual_stack = *input.ipv6_allowed_for_dual_stack;
  }
  if (vpc.subnet_ids.empty() && vpc.security_group_ids.empty()) return {};
  const std::string& first =
      vpc.subnet_ids.empty() ? vpc.security_group_ids.front() : vpc.subnet_ids.front();
  state::Random digits(Hash(scope.account + scope.region + first));
  vpc.vpc_id = "vpc-" + digits.HexDigits(17);
  return vpc;
}

// CloudFormation always sends the object, empty where nothing is configured.
std::optional<ArtifactConfig> ConfigureArtifacts(const ArtifactConfig& input) {
  const auto& encryption = input.s3_encryption;
  if (!encryption || (!encryption->encryption_mode && !encryption->kms_key_arn)) return {};
  return input;
}

void ConfigureCode(CanaryConfiguration& configuration, const CodeInput& code) {
  configuration.handler = code.handler;
  configuration.blueprint_types = code.blueprint_types;
  configuration.dependencies = code.dependencies;
}

void ConfigureRuns(CanaryConfiguration& configuration, const RunConfigInput& input) {
  if (input.memory_in_mb) configuration.memory_in_mb = *input.memory_in_mb;
  if (input.active_tracing) configuration.active_tracing = *input.active_tracing;
  if (input.ephemeral_storage) configuration.ephemeral_storage = *input.ephemeral_storage;
  if (input.environment_variables) {
    configuration.environment_variables = *input.environment_variables;
  }
}

void ConfigureSchedule(state::Canary& canary, const Schedule& schedule) {
  canary.schedule.expression = state::CanonicalExpression(schedule.expression);
  if (schedule.duration_in_seconds) {
    canary.schedule.duration = seconds{*schedule.duration_in_seconds};
  }
  if (schedule.retry_config) canary.schedule.max_retries = schedule.retry_config->max_retries;
}

void ConfigureBrowsers(state::Canary& canary, const std::vector<BrowserConfig>& configs) {
  canary.browsers.clear();
  for (const BrowserConfig& config : configs) {
    const auto browser = state::ParseBrowser(config.browser_type.value_or("CHROME"));
    if (browser && std::ranges::find(canary.browsers, *browser) == canary.browsers.end()) {
      canary.browsers.push_back(*browser);
    }
  }
}

// The optional members of all three operations.
template <class Request>
void ConfigureCommon(state::Canary& canary, CanaryConfiguration& configuration,
                     const Request& request) {
  if (request.success_retention_period_in_days) {
    canary.success_retention_days = *request.success_retention_period_in_days;
  }
  if (request.failure_retention_period_in_days) {
    canary.failure_retention_days = *request.failure_retention_period_in_days;
  }
  if (request.browser_configs) ConfigureBrowsers(canary, *request.browser_configs);
  if (request.run_config) ConfigureRuns(configuration, *request.run_config);
  if (request.vpc_config) {
    configuration.vpc_config = ConfigureVpc(configuration.vpc_config.value_or(VpcConfigOutput{}),
                                            *request.vpc_config, canary.scope);
  }
  if (request.artifact_config) {
    configuration.artifact_config = ConfigureArtifacts(*request.artifact_config);
  }
  if (request.provisioned_resource_cleanup) {
    configuration.provisioned_resource_cleanup = *request.provisioned_resource_cleanup;
  }
}

// A baseline that a new runtime version cannot compare with is dropped: no request could take it
// away.
template <class Request>
void ConfigureBaselines(CanaryConfiguration& configuration, std::string_view runtime_version,
                        const Request& request) {
  using state::Feature;
  if (!HasFeature(runtime_version, Feature::kVisualReference)) {
    configuration.visual_reference.reset();
  }
  if (!HasFeature(runtime_version, Feature::kVisualReferences)) {
    configuration.visual_references.reset();
  }
  if (request.visual_reference) configuration.visual_reference = request.visual_reference;
  if (request.visual_references) configuration.visual_references = request.visual_references;
}

// The members that UpdateCanary and StartCanaryDryRun share.
template <class Request>
void ApplyChanges(state::Canary& canary, const Request& request) {
  if (request.runtime_version) canary.runtime_version = *request.runtime_version;
  if (request.artifact_s3_location) {
    canary.artifact_location = WithoutScheme(*request.artifact_s3_location);
  }
  if (const auto timeout = TimeoutIn(request.run_config)) {
    canary.timeout = *timeout;
  } else if (!request.run_config) {
    // Nobody spoke of the timeout, so it follows the schedule.
    canary.timeout = TimeoutFor(canary.schedule.expression, canary.timeout);
  }

  CanaryConfiguration configuration = ConfigurationOf(canary);
  if (request.execution_role_arn) configuration.execution_role_arn = *request.execution_role_arn;
  if (request.code) ConfigureCode(configuration, *request.code);
  ConfigureBaselines(configuration, canary.runtime_version, request);
  ConfigureCommon(canary, configuration, request);
  canary.configuration = Encode(configuration);
}

}  // namespace

state::Canary NewCanary(const CreateCanaryRequest& request, const state::Scope& scope) {
  state::Canary canary;
  canary.scope = scope;
  canary.name = request.name;
  canary.runtime_version = request.runtime_version;
  canary.artifact_location = WithoutScheme(request.artifact_s3_location);
  ConfigureSchedule(canary, request.schedule);
  canary.timeout = TimeoutIn(request.run_config)
                       .value_or(TimeoutFor(canary.schedule.expression, kLongestTimeout));

  CanaryConfiguration configuration;
  configuration.execution_role_arn = request.execution_role_arn;
  configuration.memory_in_mb = kDefaultMemory;
  configuration.ephemeral_storage = kDefaultStorage;
  configuration.provisioned_resource_cleanup = kDefaultCleanup;
  ConfigureCode(configuration, request.code);
  ConfigureCommon(canary, configuration, request);
  canary.configuration = Encode(configuration);
  return canary;
}

void ApplyUpdate(state::Canary& canary, const UpdateCanaryRequest& request) {
  if (request.schedule) ConfigureSchedule(canary, *request.schedule);
  ApplyChanges(canary, request);
}

void ApplyTrial(state::Canary& canary, const StartCanaryDryRunRequest& request) {
  ApplyChanges(canary, request);
}

void ApplySchedule(state::Canary& canary, const Schedule& schedule) {
  ConfigureSchedule(canary, schedule);
  canary.timeout = TimeoutFor(canary.schedule.expression, canary.timeout);
}

std::string VpcOf(const state::Canary& canary) {
  const auto& configuration = ConfigurationOf(canary);
  return configuration.vpc_config ? configuration.vpc_config->vpc_id : std::string();
}

state::CanaryCode TakeCode(const CodeInput& code) {
  state::CanaryCode taken;
  if (code.zip_file) taken.zip = code.zip_file->data;
  taken.handler = code.handler.value_or("");
  taken.is_blueprint = code.blueprint_types && !code.blueprint_types->empty();
  return taken;
}

}  // namespace synthetics::api
