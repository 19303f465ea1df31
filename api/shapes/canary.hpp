// The shapes of the canary operations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {

struct Dependency {
  std::optional<std::string> type;
  std::string reference;
};
template <>
struct ShapeOf<Dependency> {
  static constexpr std::array kFields{
      Optional<&Dependency::type>("Type", kDependencyType),
      Required<&Dependency::reference>("Reference", kText),
  };
};

struct CodeInput {
  std::optional<std::string> s3_bucket;
  std::optional<std::string> s3_key;
  std::optional<std::string> s3_version;
  std::optional<Bytes> zip_file;
  std::optional<std::string> handler;
  std::optional<std::vector<std::string>> blueprint_types;
  std::optional<std::vector<Dependency>> dependencies;
};
template <>
struct ShapeOf<CodeInput> {
  static constexpr std::array kFields{
      Optional<&CodeInput::s3_bucket>("S3Bucket", kText),
      Optional<&CodeInput::s3_key>("S3Key", kText),
      Optional<&CodeInput::s3_version>("S3Version", kText),
      Optional<&CodeInput::zip_file>("ZipFile", kZipFile),
      Optional<&CodeInput::handler>("Handler", kHandler),
      Optional<&CodeInput::blueprint_types>("BlueprintTypes", kBlueprintTypes),
      Optional<&CodeInput::dependencies>("Dependencies", kDependencies),
  };
};

struct CodeOutput {
  std::optional<std::string> source_location_arn;
  std::optional<std::string> handler;
  std::optional<std::vector<std::string>> blueprint_types;
  std::optional<std::vector<Dependency>> dependencies;
};
template <>
struct ShapeOf<CodeOutput> {
  static constexpr std::array kFields{
      Optional<&CodeOutput::source_location_arn>("SourceLocationArn"),
      Optional<&CodeOutput::handler>("Handler"),
      Optional<&CodeOutput::blueprint_types>("BlueprintTypes"),
      Optional<&CodeOutput::dependencies>("Dependencies"),
  };
};

struct RetryConfig {
  std::int64_t max_retries = 0;
};
template <>
struct ShapeOf<RetryConfig> {
  static constexpr std::array kFields{
      Required<&RetryConfig::max_retries>("MaxRetries", kMaxRetries),
  };
};

struct Schedule {
  std::string expression;
  std::optional<std::int64_t> duration_in_seconds;
  std::optional<RetryConfig> retry_config;
};
template <>
struct ShapeOf<Schedule> {
  static constexpr std::array kFields{
      Required<&Schedule::expression>("Expression", kText),
      Optional<&Schedule::duration_in_seconds>("DurationInSeconds", kScheduleDuration),
      Optional<&Schedule::retry_config>("RetryConfig"),
  };
};

struct RunConfigInput {
  std::optional<std::int64_t> timeout_in_seconds;
  std::optional<std::int64_t> memory_in_mb;
  std::optional<bool> active_tracing;
  std::optional<std::map<std::string, std::string>> environment_variables;
  std::optional<std::int64_t> ephemeral_storage;
};
template <>
struct ShapeOf<RunConfigInput> {
  static constexpr std::array kFields{
      Optional<&RunConfigInput::timeout_in_seconds>("TimeoutInSeconds", kTimeout),
      Optional<&RunConfigInput::memory_in_mb>("MemoryInMB", kMemory),
      Optional<&RunConfigInput::active_tracing>("ActiveTracing"),
      Optional<&RunConfigInput::environment_variables>("EnvironmentVariables", kVariables),
      Optional<&RunConfigInput::ephemeral_storage>("EphemeralStorage", kEphemeralStorage),
  };
};

// Environment variables are written only: no operation gives them back.
struct RunConfigOutput {
  std::int64_t timeout_in_seconds = 0;
  std::int64_t memory_in_mb = 0;
  bool active_tracing = false;
  std::int64_t ephemeral_storage = 0;
};
template <>
struct ShapeOf<RunConfigOutput> {
  static constexpr std::array kFields{
      Required<&RunConfigOutput::timeout_in_seconds>("TimeoutInSeconds"),
      Required<&RunConfigOutput::memory_in_mb>("MemoryInMB"),
      Required<&RunConfigOutput::active_tracing>("ActiveTracing"),
      Required<&RunConfigOutput::ephemeral_storage>("EphemeralStorage"),
  };
};

struct VpcConfigInput {
  std::optional<std::vector<std::string>> subnet_ids;
  std::optional<std::vector<std::string>> security_group_ids;
  std::optional<bool> ipv6_allowed_for_dual_stack;
};
template <>
struct ShapeOf<VpcConfigInput> {
  static constexpr std::array kFields{
      Optional<&VpcConfigInput::subnet_ids>("SubnetIds", kSubnetIds),
      Optional<&VpcConfigInput::security_group_ids>("SecurityGroupIds", kSecurityGroupIds),
      Optional<&VpcConfigInput::ipv6_allowed_for_dual_stack>("Ipv6AllowedForDualStack"),
  };
};

struct VpcConfigOutput {
  std::string vpc_id;
  std::vector<std::string> subnet_ids;
  std::vector<std::string> security_group_ids;
  bool ipv6_allowed_for_dual_stack = false;
};
template <>
struct ShapeOf<VpcConfigOutput> {
  static constexpr std::array kFields{
      Required<&VpcConfigOutput::vpc_id>("VpcId"),
      Required<&VpcConfigOutput::subnet_ids>("SubnetIds"),
      Required<&VpcConfigOutput::security_group_ids>("SecurityGroupIds"),
      Required<&VpcConfigOutput::ipv6_allowed_for_dual_stack>("Ipv6AllowedForDualStack"),
  };
};

struct S3Encryption {
  std::optional<std::string> encryption_mode;
  std::optional<std::string> kms_key_arn;
};
template <>
struct ShapeOf<S3Encryption> {
  static constexpr std::array kFields{
      Optional<&S3Encryption::encryption_mode>("EncryptionMode", kEncryptionMode),
      Optional<&S3Encryption::kms_key_arn>("KmsKeyArn", kKmsKeyArn),
  };
};

struct ArtifactConfig {
  std::optional<S3Encryption> s3_encryption;
};
template <>
struct ShapeOf<ArtifactConfig> {
  static constexpr std::array kFields{
      Optional<&ArtifactConfig::s3_encryption>("S3Encryption"),
  };
};

struct BrowserConfig {
  std::optional<std::string> browser_type;
};
template <>
struct ShapeOf<BrowserConfig> {
  static constexpr std::array kFields{
      Optional<&BrowserConfig::browser_type>("BrowserType", kBrowserType),
  };
};

struct EngineConfig {
  std::string engine_arn;
  std::optional<std::string> browser_type;
};
template <>
struct ShapeOf<EngineConfig> {
  static constexpr std::array kFields{
      Required<&EngineConfig::engine_arn>("EngineArn"),
      Optional<&EngineConfig::browser_type>("BrowserType"),
  };
};

struct BaseScreenshot {
  std::string screenshot_name;
  std::optional<std::vector<std::string>> ignore_coordinates;
};
template <>
struct ShapeOf<BaseScreenshot> {
  static constexpr std::array kFields{
      Required<&BaseScreenshot::screenshot_name>("ScreenshotName", kText),
      Optional<&BaseScreenshot::ignore_coordinates>("IgnoreCoordinates", kIgnoreCoordinates),
  };
};

struct VisualReference {
  std::optional<std::vector<BaseScreenshot>> base_screenshots;
  std::string base_canary_run_id;
  std::optional<std::string> browser_type;
};
template <>
struct ShapeOf<VisualReference> {
  static constexpr std::array kFields{
      Optional<&VisualReference::base_screenshots>("BaseScreenshots"),
      Required<&VisualReference::base_canary_run_id>("BaseCanaryRunId", kText),
      Optional<&VisualReference::browser_type>("BrowserType", kBrowserType),
  };
};

struct DryRunConfig {
  std::string dry_run_id;
  std::string last_dry_run_execution_status;  // RUNNING, PASSED or FAILED
};
template <>
struct ShapeOf<DryRunConfig> {
  static constexpr std::array kFields{
      Required<&DryRunConfig::dry_run_id>("DryRunId"),
      Required<&DryRunConfig::last_dry_run_execution_status>("LastDryRunExecutionStatus"),
  };
};

struct CreateCanaryRequest {
  std::string name;
  CodeInput code;
  std::string artifact_s3_location;
  std::string execution_role_arn;
  Schedule schedule;
  std::optional<RunConfigInput> run_config;
  std::optional<std::int64_t> success_retention_period_in_days;
  std::optional<std::int64_t> failure_retention_period_in_days;
  std::string runtime_version;
  std::optional<VpcConfigInput> vpc_config;
  std::optional<std::vector<std::string>> resources_to_replicate_tags;
  std::optional<std::string> provisioned_resource_cleanup;
  std::optional<std::vector<BrowserConfig>> browser_configs;
  std::optional<std::map<std::string, std::string>> tags;
  std::optional<ArtifactConfig> artifact_config;
};
template <>
struct ShapeOf<CreateCanaryRequest> {
  using Self = CreateCanaryRequest;
  static constexpr std::array kFields{
      Required<&Self::name>("Name", kCanaryName),
      Required<&Self::code>("Code"),
      Required<&Self::artifact_s3_location>("ArtifactS3Location", kText),
      Required<&Self::execution_role_arn>("ExecutionRoleArn", kRoleArn),
      Required<&Self::schedule>("Schedule"),
      Optional<&Self::run_config>("RunConfig"),
      Optional<&Self::success_retention_period_in_days>("SuccessRetentionPeriodInDays",
                                                        kRetentionDays),
      Optional<&Self::failure_retention_period_in_days>("FailureRetentionPeriodInDays",
                                                        kRetentionDays),
      Required<&Self::runtime_version>("RuntimeVersion", kText),
      Optional<&Self::vpc_config>("VpcConfig"),
      Optional<&Self::resources_to_replicate_tags>("ResourcesToReplicateTags", kResourceList),
      Optional<&Self::provisioned_resource_cleanup>("ProvisionedResourceCleanup", kCleanup),
      Optional<&Self::browser_configs>("BrowserConfigs", kBrowserConfigs),
      Optional<&Self::tags>("Tags", kTags),
      Optional<&Self::artifact_config>("ArtifactConfig"),
  };
};

struct UpdateCanaryRequest {
  std::string name;
  std::optional<CodeInput> code;
  std::optional<std::string> execution_role_arn;
  std::optional<std::string> runtime_version;
  std::optional<Schedule> schedule;
  std::optional<RunConfigInput> run_config;
  std::optional<std::int64_t> success_retention_period_in_days;
  std::optional<std::int64_t> failure_retention_period_in_days;
  std::optional<VpcConfigInput> vpc_config;
  std::optional<VisualReference> visual_reference;
  std::optional<std::string> artifact_s3_location;
  std::optional<ArtifactConfig> artifact_config;
  std::optional<std::string> provisioned_resource_cleanup;
  std::optional<std::string> dry_run_id;
  std::optional<std::vector<VisualReference>> visual_references;
  std::optional<std::vector<BrowserConfig>> browser_configs;
};
template <>
struct ShapeOf<UpdateCanaryRequest> {
  using Self = UpdateCanaryRequest;
  static constexpr std::array kFields{
      Label<&Self::name>("name", kCanaryName),
      Optional<&Self::code>("Code"),
      Optional<&Self::execution_role_arn>("ExecutionRoleArn", kRoleArn),
      Optional<&Self::runtime_version>("RuntimeVersion", kText),
      Optional<&Self::schedule>("Schedule"),
      Optional<&Self::run_config>("RunConfig"),
      Optional<&Self::success_retention_period_in_days>("SuccessRetentionPeriodInDays",
                                                        kRetentionDays),
      Optional<&Self::failure_retention_period_in_days>("FailureRetentionPeriodInDays",
                                                        kRetentionDays),
      Optional<&Self::vpc_config>("VpcConfig"),
      Optional<&Self::visual_reference>("VisualReference"),
      Optional<&Self::artifact_s3_location>("ArtifactS3Location", kText),
      Optional<&Self::artifact_config>("ArtifactConfig"),
      Optional<&Self::provisioned_resource_cleanup>("ProvisionedResourceCleanup", kCleanup),
      Optional<&Self::dry_run_id>("DryRunId", kUuid),
      Optional<&Self::visual_references>("VisualReferences", kVisualReferences),
      Optional<&Self::browser_configs>("BrowserConfigs", kBrowserConfigs),
  };
};

struct GetCanaryRequest {
  std::string name;
  std::optional<std::string> dry_run_id;
};
template <>
struct ShapeOf<GetCanaryRequest> {
  static constexpr std::array kFields{
      Label<&GetCanaryRequest::name>("name", kCanaryName),
      Query<&GetCanaryRequest::dry_run_id>("dryRunId", kUuid),
  };
};

struct DeleteCanaryRequest {
  std::string name;
  std::optional<bool> delete_lambda;
};
template <>
struct ShapeOf<DeleteCanaryRequest> {
  static constexpr std::array kFields{
      Label<&DeleteCanaryRequest::name>("name", kCanaryName),
      Query<&DeleteCanaryRequest::delete_lambda>("deleteLambda"),
  };
};

struct StartCanaryRequest {
  std::string name;
};
template <>
struct ShapeOf<StartCanaryRequest> {
  static constexpr std::array kFields{Label<&StartCanaryRequest::name>("name", kCanaryName)};
};

struct StopCanaryRequest {
  std::string name;
};
template <>
struct ShapeOf<StopCanaryRequest> {
  static constexpr std::array kFields{Label<&StopCanaryRequest::name>("name", kCanaryName)};
};

struct DescribeCanariesRequest {
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
  std::optional<std::vector<std::string>> names;
};
template <>
struct ShapeOf<DescribeCanariesRequest> {
  static constexpr std::array kFields{
      Optional<&DescribeCanariesRequest::next_token>("NextToken", kToken),
      Optional<&DescribeCanariesRequest::max_results>("MaxResults", kPageOfCanaries),
      Optional<&DescribeCanariesRequest::names>("Names", kNames),
  };
};

struct CanaryStatus {
  std::string state;
  std::optional<std::string> state_reason;
  std::optional<std::string> state_reason_code;
};
template <>
struct ShapeOf<CanaryStatus> {
  static constexpr std::array kFields{
      Required<&CanaryStatus::state>("State"),
      Optional<&CanaryStatus::state_reason>("StateReason"),
      Optional<&CanaryStatus::state_reason_code>("StateReasonCode"),
  };
};

struct CanaryTimeline {
  state::Instant created;
  state::Instant last_modified;
  std::optional<state::Instant> last_started;
  std::optional<state::Instant> last_stopped;
};
template <>
struct ShapeOf<CanaryTimeline> {
  static constexpr std::array kFields{
      Required<&CanaryTimeline::created>("Created"),
      Required<&CanaryTimeline::last_modified>("LastModified"),
      Optional<&CanaryTimeline::last_started>("LastStarted"),
      Optional<&CanaryTimeline::last_stopped>("LastStopped"),
  };
};

struct Canary {
  std::string id;
  std::string name;
  CodeOutput code;
  std::string execution_role_arn;
  Schedule schedule;
  RunConfigOutput run_config;
  std::int64_t success_retention_period_in_days = 0;
  std::int64_t failure_retention_period_in_days = 0;
  CanaryStatus status;
  CanaryTimeline timeline;
  std::string artifact_s3_location;
  std::optional<std::string> engine_arn;
  std::string runtime_version;
  std::optional<VpcConfigOutput> vpc_config;
  std::optional<VisualReference> visual_reference;
  std::string provisioned_resource_cleanup;
  std::optional<std::vector<BrowserConfig>> browser_configs;
  std::optional<std::vector<EngineConfig>> engine_configs;
  std::optional<std::vector<VisualReference>> visual_references;
  std::map<std::string, std::string> tags;
  std::optional<ArtifactConfig> artifact_config;
  std::optional<DryRunConfig> dry_run_config;
};
template <>
struct ShapeOf<Canary> {
  static constexpr std::array kFields{
      Required<&Canary::id>("Id"),
      Required<&Canary::name>("Name"),
      Required<&Canary::code>("Code"),
      Required<&Canary::execution_role_arn>("ExecutionRoleArn"),
      Required<&Canary::schedule>("Schedule"),
      Required<&Canary::run_config>("RunConfig"),
      Required<&Canary::success_retention_period_in_days>("SuccessRetentionPeriodInDays"),
      Required<&Canary::failure_retention_period_in_days>("FailureRetentionPeriodInDays"),
      Required<&Canary::status>("Status"),
      Required<&Canary::timeline>("Timeline"),
      Required<&Canary::artifact_s3_location>("ArtifactS3Location"),
      Optional<&Canary::engine_arn>("EngineArn"),
      Required<&Canary::runtime_version>("RuntimeVersion"),
      Optional<&Canary::vpc_config>("VpcConfig"),
      Optional<&Canary::visual_reference>("VisualReference"),
      Required<&Canary::provisioned_resource_cleanup>("ProvisionedResourceCleanup"),
      Optional<&Canary::browser_configs>("BrowserConfigs"),
      Optional<&Canary::engine_configs>("EngineConfigs"),
      Optional<&Canary::visual_references>("VisualReferences"),
      Required<&Canary::tags>("Tags"),
      Optional<&Canary::artifact_config>("ArtifactConfig"),
      Optional<&Canary::dry_run_config>("DryRunConfig"),
  };
};

struct CanaryResponse {
  Prepared<Canary> canary;
};
template <>
struct ShapeOf<CanaryResponse> {
  static constexpr std::array kFields{Required<&CanaryResponse::canary>("Canary")};
};

struct DescribeCanariesResponse {
  std::vector<Prepared<Canary>> canaries;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<DescribeCanariesResponse> {
  static constexpr std::array kFields{
      Required<&DescribeCanariesResponse::canaries>("Canaries"),
      Optional<&DescribeCanariesResponse::next_token>("NextToken"),
  };
};

}  // namespace synthetics::api
