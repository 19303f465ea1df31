#include "api/arn.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace synthetics::api {
namespace {

// Of the regions that begin so; all others are in `aws`.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPartitions{{
    {"cn-", "aws-cn"},
    {"us-gov-", "aws-us-gov"},
    {"us-iso-", "aws-iso"},
    {"us-isob-", "aws-iso-b"},
    {"us-isof-", "aws-iso-f"},
    {"eu-isoe-", "aws-iso-e"},
    {"eusc-", "aws-eusc"},
}};

std::string ArnOf(std::string_view service, const state::Scope& scope, std::string_view type,
                  std::string_view name) {
  std::string arn = "arn:";
  arn.append(PartitionOf(scope.region)).append(":").append(service);
  arn.append(":").append(scope.region).append(":").append(scope.account);
  return arn.append(":").append(type).append(":").append(name);
}

// The name of a canary's function and layer: Lambda's 64 characters leave 21 for its own name.
std::string LambdaName(std::string_view canary, std::string_view id) {
  return "cwsyn-" + std::string(canary.substr(0, 21)) + "-" + std::string(id);
}

std::string LambdaArn(const state::Scope& scope, std::string_view type, std::string_view name,
                      std::int64_t version) {
  return ArnOf("lambda", scope, type, name) + ":" + std::to_string(version);
}

}  // namespace

std::string_view PartitionOf(std::string_view region) {
  const auto* const row = std::ranges::find_if(
      kPartitions, [&](const auto& partition) { return region.starts_with(partition.first); });
  return row == kPartitions.end() ? "aws" : row->second;
}

std::optional<ResourceArn> ParseResourceArn(std::string_view arn) {
  std::array<std::string_view, 7> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = &part == &parts.back() ? std::string_view::npos : arn.find(':');
    part = arn.substr(0, end);
    arn.remove_prefix(end == std::string_view::npos ? arn.size() : end + 1);
  }
  const auto& [prefix, partition, service, region, account, type, name] = parts;
  const bool is_group = type == "group";
  if (prefix != "arn" || partition != PartitionOf(region) || service != "synthetics" ||
      (!is_group && type != "canary") || name.empty()) {
    return {};
  }
  return ResourceArn{.account = std::string(account),
                     .region = std::string(region),
                     .type = is_group ? ResourceType::kGroup : ResourceType::kCanary,
                     .name = std::string(name)};
}

bool IsOwnAccount(const ResourceArn& arn, const state::Scope& scope) {
  return arn.account.empty() || arn.account == scope.account;
}

std::string CanaryArn(const state::Scope& scope, std::string_view name) {
  return ArnOf("synthetics", scope, "canary", name);
}

std::string GroupArn(const state::Scope& scope, std::string_view id) {
  return ArnOf("synthetics", scope, "group", id);
}

std::string FunctionArn(const state::Scope& scope, std::string_view canary, std::string_view id,
                        std::int64_t version, std::size_t browser_index) {
  const std::string suffix = browser_index == 0 ? "" : "-" + std::to_string(browser_index + 1);
  return LambdaArn(scope, "function", LambdaName(canary, id) + suffix, version);
}

std::string LayerArn(const state::Scope& scope, std::string_view canary, std::string_view id,
                     std::int64_t version) {
  return LambdaArn(scope, "layer", LambdaName(canary, id), version);
}

}  // namespace synthetics::api
