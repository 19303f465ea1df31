// The shapes of StartCanaryDryRun.
#pragma once

#include "api/shapes/canary.hpp"

namespace synthetics::api {

struct StartCanaryDryRunRequest {
  std::string name;
  std::optional<CodeInput> code;
  std::optional<std::string> runtime_version;
  std::optional<RunConfigInput> run_config;
  std::optional<VpcConfigInput> vpc_config;
  std::optional<std::string> execution_role_arn;
  std::optional<std::int64_t> success_retention_period_in_days;
  std::optional<std::int64_t> failure_retention_period_in_days;
  std::optional<VisualReference> visual_reference;
  std::optional<std::string> artifact_s3_location;
  std::optional<ArtifactConfig> artifact_config;
  std::optional<std::string> provisioned_resource_cleanup;
  std::optional<std::vector<BrowserConfig>> browser_configs;
  std::optional<std::vector<VisualReference>> visual_references;
};
template <>
struct ShapeOf<StartCanaryDryRunRequest> {
  using Self = StartCanaryDryRunRequest;
  static constexpr std::array kFields{
      Label<&Self::name>("name", kCanaryName),
      Optional<&Self::code>("Code"),
      Optional<&Self::runtime_version>("RuntimeVersion", kText),
      Optional<&Self::run_config>("RunConfig"),
      Optional<&Self::vpc_config>("VpcConfig"),
      Optional<&Self::execution_role_arn>("ExecutionRoleArn", kRoleArn),
      Optional<&Self::success_retention_period_in_days>("SuccessRetentionPeriodInDays",
                                                        kRetentionDays),
      Optional<&Self::failure_retention_period_in_days>("FailureRetentionPeriodInDays",
                                                        kRetentionDays),
      Optional<&Self::visual_reference>("VisualReference"),
      Optional<&Self::artifact_s3_location>("ArtifactS3Location", kText),
      Optional<&Self::artifact_config>("ArtifactConfig"),
      Optional<&Self::provisioned_resource_cleanup>("ProvisionedResourceCleanup", kCleanup),
      Optional<&Self::browser_configs>("BrowserConfigs", kBrowserConfigs),
      Optional<&Self::visual_references>("VisualReferences", kVisualReferences),
  };
};

struct StartCanaryDryRunResponse {
  DryRunConfig dry_run_config;
};
template <>
struct ShapeOf<StartCanaryDryRunResponse> {
  static constexpr std::array kFields{
      Required<&StartCanaryDryRunResponse::dry_run_config>("DryRunConfig"),
  };
};

}  // namespace synthetics::api
