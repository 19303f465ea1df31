// Amazon resource names of Synthetics, Lambda and their partitions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "state/scope.hpp"

namespace synthetics::api {

// `aws`, `aws-cn`, `aws-us-gov` and so on, by the region.
std::string_view PartitionOf(std::string_view region);

enum class ResourceType { kCanary, kGroup };

struct ResourceArn {
  std::string account;  // empty where a client left it out, as Terraform can
  std::string region;
  ResourceType type = ResourceType::kCanary;
  std::string name;  // a canary's name, a group's id
};

// Reads `arn:<partition>:synthetics:<region>:<account>:canary|group:<name>`.
std::optional<ResourceArn> ParseResourceArn(std::string_view arn);

// An ARN without an account means the caller's own.
bool IsOwnAccount(const ResourceArn& arn, const state::Scope& scope);

// `arn:<partition>:synthetics:<region>:<account>:canary:<name>`, and `:group:<id>`, where the
// region is the group's home.
std::string CanaryArn(const state::Scope& scope, std::string_view name);
std::string GroupArn(const state::Scope& scope, std::string_view id);

// `arn:<partition>:lambda:<region>:<account>:function|layer:cwsyn-<name>-<id>:<version>`, of the
// functions that run a canary, one a browser, and of the layer with its code.
std::string FunctionArn(const state::Scope& scope, std::string_view canary, std::string_view id,
                        std::int64_t version, std::size_t browser_index = 0);
std::string LayerArn(const state::Scope& scope, std::string_view canary, std::string_view id,
                     std::int64_t version);

}  // namespace synthetics::api
