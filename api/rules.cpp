#include "api/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "api/configuration.hpp"
#include "api/limits.hpp"
#include "state/engine/schedule.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::api {
namespace {

using state::Feature;

ApiError Invalid(std::string message) { return {ErrorKind::kInvalid, std::move(message)}; }

// Of a version that is in no catalogue, which lenient validation lets through, all is believed.
bool IsAvailable(const Context& context, std::string_view runtime_version, Feature feature) {
  return state::HasFeature(runtime_version, feature) ||
         !context.engine.store().runtimes.Find(runtime_version);
}

ApiError NotAvailable(std::string_view what, std::string_view runtime_version) {
  return Invalid(std::string(what) + " is not available on runtime version '" +
                 std::string(runtime_version) + "'.");
}

constexpr std::string_view kScheme = "s3://";

// Sorted; its names with a leading underscore are no names by the pattern anyway.
// clang-format off
constexpr std::array<std::string_view, 19> kNamesOfLambda{
    "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN",
    "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
};
// clang-format on
static_assert(std::ranges::is_sorted(kNamesOfLambda));

bool IsSimpleHandler(const std::string& handler) {
  return handler.ends_with(".handler") && handler.find('/') == std::string::npos;
}

// What a canary makes use of that not every runtime version has.
struct Use {
  Feature feature;
  std::string_view what;
  bool is_made;
};

std::array<Use, 8> UsesOf(const state::Canary& canary, const CanaryConfiguration& configuration) {
  const auto& browsers = canary.browsers;
  const bool only_chrome = browsers.empty() || browsers == std::vector{state::Browser::kChrome};
  const bool any_blueprint =
      configuration.blueprint_types && !configuration.blueprint_types->empty();
  const std::string handler = configuration.handler.value_or("");
  return {{
      {Feature::kActiveTracing, "RunConfig.ActiveTracing", configuration.active_tracing},
      {Feature::kAnyHandler, "A Code.Handler other than '<file>.handler'",
       !handler.empty() && !IsSimpleHandler(handler)},
      {Feature::kArtifactEncryption, "ArtifactConfig.S3Encryption",
       configuration.artifact_config.has_value()},
      {Feature::kVisualReference, "VisualReference", configuration.visual_reference.has_value()},
      {Feature::kVisualReferences, "VisualReferences", configuration.visual_references.has_value()},
      {Feature::kSeveralBrowsers, "BrowserConfigs with other browsers than CHROME", !only_chrome},
      {Feature::kRetries, "Schedule.RetryConfig.MaxRetries", canary.schedule.max_retries > 0},
      {Feature::kBlueprints, "Code.BlueprintTypes", any_blueprint},
  }};
}

}  // namespace

Refusal CodeIsComplete(const CodeInput& code) {
  const bool in_s3 = code.s3_bucket || code.s3_key || code.s3_version;
  if (code.zip_file && in_s3) {
    return Invalid("Code must be either ZipFile or S3Bucket, S3Key and S3Version, not both.");
  }
  if (!code.zip_file && !(code.s3_bucket && code.s3_key)) {
    return Invalid("Code must have a ZipFile or both S3Bucket and S3Key.");
  }
  if (code.s3_bucket && code.s3_bucket->starts_with(kScheme)) {
    return Invalid("Code.S3Bucket must be the bucket's name without s3://: '" + *code.s3_bucket +
                   "'.");
  }
  const bool has_blueprint = code.blueprint_types && !code.blueprint_types->empty();
  const bool has_handler = code.handler && !code.handler->empty();
  if (has_blueprint && has_handler) return Invalid("Handler cannot be used with BlueprintTypes.");
  if (!has_blueprint && !has_handler) return Invalid("Code must have a Handler.");
  if (has_blueprint && code.blueprint_types->front() != "multi-checks") {
    return Invalid("Code.BlueprintTypes can be multi-checks only, not '" +
                   code.blueprint_types->front() + "'.");
  }
  return {};
}

Refusal ScheduleIsValid(std::string_view expression) {
  const auto schedule = state::ParseSchedule(expression);
  if (schedule) return {};
  return Invalid(schedule.error().message);
}

Refusal MemoryIsMultipleOf64(const std::optional<RunConfigInput>& run_config) {
  if (!run_config || !run_config->memory_in_mb) return {};
  const std::int64_t memory = *run_config->memory_in_mb;
  if (memory % 64 == 0 || memory == kDefaultMemory || memory == kFormerDefaultMemory) return {};
  return Invalid("RunConfig.MemoryInMB must be a multiple of 64, it is " + std::to_string(memory) +
                 ".");
}

Refusal EnvironmentIsAllowed(const std::optional<RunConfigInput>& run_config) {
  constexpr std::size_t kMostBytes = 4096;
  if (!run_config || !run_config->environment_variables) return {};
  std::size_t bytes = 0;
  for (const auto& [name, value] : *run_config->environment_variables) {
    bytes += name.size() + value.size();
    if (std::ranges::binary_search(kNamesOfLambda, name)) {
      return Invalid("RunConfig.EnvironmentVariables cannot set '" + name +
                     "', which Lambda sets itself.");
    }
  }
  if (bytes <= kMostBytes) return {};
  return Invalid("RunConfig.EnvironmentVariables must not be larger than " +
                 std::to_string(kMostBytes) + " bytes in all, they have " + std::to_string(bytes) +
                 ".");
}

Refusal RetentionIsAllowed(std::string_view member, std::optional<std::int64_t> days) {
  if (days.value_or(0) <= kLongestRetention) return {};
  return Invalid(std::string(member) + " can be at most " + std::to_string(kLongestRetention) +
                 " days, not " + std::to_string(*days) + ".");
}

Refusal ArtifactBucketIsAllowed(std::string_view location) {
  std::string_view bucket = location;
  if (bucket.starts_with(kScheme)) bucket.remove_prefix(kScheme.size());
  bucket = bucket.substr(0, bucket.find('/'));
  if (!bucket.empty() && bucket.find('.') == std::string_view::npos) return {};
  return Invalid("ArtifactS3Location must name a bucket, without a period in its name: '" +
                 std::string(location) + "'.");
}

Refusal ReplicatedTagsExist(const CreateCanaryRequest& request) {
  if (!request.resources_to_replicate_tags || request.tags) return {};
  return Invalid("ResourcesToReplicateTags needs Tags to replicate.");
}

Refusal OnlyScheduleComesWithDryRun(const UpdateCanaryRequest& request) {
  const std::array<std::pair<std::string_view, bool>, 13> others{{
      {"Code", request.code.has_value()},
      {"ExecutionRoleArn", request.execution_role_arn.has_value()},
      {"RuntimeVersion", request.runtime_version.has_value()},
      {"RunConfig", request.run_config.has_value()},
      {"SuccessRetentionPeriodInDays", request.success_retention_period_in_days.has_value()},
      {"FailureRetentionPeriodInDays", request.failure_retention_period_in_days.has_value()},
      {"VpcConfig", request.vpc_config.has_value()},
      {"VisualReference", request.visual_reference.has_value()},
      {"ArtifactS3Location", request.artifact_s3_location.has_value()},
      {"ArtifactConfig", request.artifact_config.has_value()},
      {"ProvisionedResourceCleanup", request.provisioned_resource_cleanup.has_value()},
      {"VisualReferences", request.visual_references.has_value()},
      {"BrowserConfigs", request.browser_configs.has_value()},
  }};
  const auto* const given = std::ranges::find(others, true, &decltype(others)::value_type::second);
  if (!request.dry_run_id || given == others.end()) return {};
  return Invalid("Only Schedule can be given together with DryRunId, not " +
                 std::string(given->first) + ".");
}

Refusal RuntimeIsSupported(Context& context, std::string_view runtime_version) {
  const std::string name(runtime_version);
  const auto runtime = context.engine.store().runtimes.Find(name);
  const bool is_deprecated = runtime && runtime->IsDeprecatedAt(context.engine.now());
  if (runtime && !is_deprecated) return {};
  if (context.options.is_lenient && name.starts_with("syn-")) {
    context.warning = "Runtime version '" + name + "' is " +
                      (is_deprecated ? "deprecated" : "not known") + ", and taken all the same";
    return {};
  }
  if (is_deprecated) {
    return ApiError{ErrorKind::kInvalid, "Deprecated runtime version specified.",
                    "Runtime version '" + name + "' is deprecated since " +
                        state::ToIso(*runtime->deprecated) + ", and the emulator's clock says " +
                        state::ToIso(context.engine.now()) +
                        "; take a newer one, an earlier --clock, or --validation lenient."};
  }
  return ApiError{ErrorKind::kInvalid, "Invalid runtime version specified: '" + name + "'.",
                  "DescribeRuntimeVersions lists the runtime versions that there are; --runtimes"
                  " brings others, and --validation lenient takes any syn-..."};
}

Refusal RuntimeHasFeatures(const Context& context, const state::Canary& canary) {
  const auto& configuration = ConfigurationOf(canary);
  for (const auto& [feature, what, is_made] : UsesOf(canary, configuration)) {
    if (!is_made || IsAvailable(context, canary.runtime_version, feature)) continue;
    return NotAvailable(what, canary.runtime_version);
  }
  return {};
}

Refusal RuntimeHasDryRuns(const Context& context, std::string_view runtime_version) {
  if (IsAvailable(context, runtime_version, Feature::kDryRuns)) return {};
  return NotAvailable("A dry run", runtime_version);
}

Refusal OtherRuntimeBringsCode(const state::Canary& before, const state::Canary& after,
                               const std::optional<CodeInput>& code) {
  if (code || before.runtime_version == after.runtime_version) return {};
  return Invalid("Code must be provided when updating to a different runtime");
}

Refusal TimeoutFitsSchedule(std::chrono::seconds timeout, std::string_view expression) {
  const auto schedule = state::ParseSchedule(expression);
  const auto gap = schedule ? schedule->ShortestGap() : std::nullopt;
  if (!gap || timeout <= *gap) return {};
  return Invalid("Run timeout cannot be greater than " + std::to_string(gap->count()) +
                 " seconds for the chosen frequency");
}

Refusal RetriesFitTimeout(std::int64_t max_retries, std::chrono::seconds timeout) {
  constexpr std::chrono::seconds kTooLong{600};
  if (max_retries < 2 || timeout < kTooLong) return {};
  return Invalid("Run timeout must be less than 600 seconds for MaxRetries 2, it is " +
                 std::to_string(timeout.count()) + ".");
}

Refusal BaselineExists(Context& context, const state::Canary& canary,
                       const VisualReference& reference) {
  constexpr std::chrono::days kOldest{31};
  const std::string& id = reference.base_canary_run_id;
  if (id == "nextrun" || id == "lastrun") return {};
  const auto run = context.engine.store().runs.Find(canary.key, id);
  if (!run)
    return Invalid("BaseCanaryRunId is no run of canary " + canary.name + ": '" + id + "'.");
  if (context.engine.now() - run->started <= kOldest) return {};
  return Invalid("BaseCanaryRunId is a run that is more than 31 days old: '" + id + "'.");
}

}  // namespace synthetics::api
