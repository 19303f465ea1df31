// What of a canary is only stored and given back: the text in its row, which nothing below this
// room reads. A new member of this kind is a row here, and no migration.
#pragma once

#include "api/shapes/canary.hpp"
#include "state/canary.hpp"

namespace synthetics::api {

struct CanaryConfiguration {
  std::optional<std::string> handler;
  std::optional<std::vector<std::string>> blueprint_types;
  std::optional<std::vector<Dependency>> dependencies;
  std::string execution_role_arn;
  std::int64_t memory_in_mb = 0;
  bool active_tracing = false;
  std::int64_t ephemeral_storage = 0;
  std::map<std::string, std::string> environment_variables;
  std::optional<VpcConfigOutput> vpc_config;
  std::optional<ArtifactConfig> artifact_config;
  std::optional<VisualReference> visual_reference;
  std::optional<std::vector<VisualReference>> visual_references;
  std::string provisioned_resource_cleanup;
};
template <>
struct ShapeOf<CanaryConfiguration> {
  using Self = CanaryConfiguration;
  static constexpr std::array kFields{
      Optional<&Self::handler>("Handler"),
      Optional<&Self::blueprint_types>("BlueprintTypes"),
      Optional<&Self::dependencies>("Dependencies"),
      Required<&Self::execution_role_arn>("ExecutionRoleArn"),
      Required<&Self::memory_in_mb>("MemoryInMB"),
      Required<&Self::active_tracing>("ActiveTracing"),
      Required<&Self::ephemeral_storage>("EphemeralStorage"),
      Required<&Self::environment_variables>("EnvironmentVariables"),
      Optional<&Self::vpc_config>("VpcConfig"),
      Optional<&Self::artifact_config>("ArtifactConfig"),
      Optional<&Self::visual_reference>("VisualReference"),
      Optional<&Self::visual_references>("VisualReferences"),
      Required<&Self::provisioned_resource_cleanup>("ProvisionedResourceCleanup"),
  };
};

// What the canary was configured with. One request looks at the same several times, so the last
// one is remembered: the reference is good until the next call.
const CanaryConfiguration& ConfigurationOf(const state::Canary& canary);

}  // namespace synthetics::api
