#include "api/arn.hpp"

#include <array>
#include <cstdint>

namespace synthetics::api {
namespace {

std::string ArnOf(std::string_view service, const state::Scope& scope, std::string_view type,
                  std::string_view name) {
  std::string arn = "arn:";
  arn.append(PartitionOf(scope.region)).append(":").append(service);
  arn.append(":").append(scope.region).append(":").append(scope.account);
  return arn.append(":").append(type).append(":").append(name);
}

}  // namespace

std::string_view PartitionOf(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  if (region.starts_with("us-gov-")) return "aws-us-gov";
  return "aws";
}

std::optional<ResourceArn> ParseResourceArn(std::string_view arn) {
  std::array<std::string_view, 7> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = &part == &parts.back() ? std::string_view::npos : arn.find(':');
    part = arn.substr(0, end);
    arn.remove_prefix(end == std::string_view::npos ? arn.size() : end + 1);
  }
  const auto& [prefix, partition, service, region, account, type, name] = parts;
  const bool is_resource = type == "canary" || type == "group";
  if (prefix != "arn" || partition != PartitionOf(region) || service != "synthetics" ||
      !is_resource || name.empty()) {
    return {};
  }
  return ResourceArn{.account = std::string(account),
                     .region = std::string(region),
                     .type = std::string(type),
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

std::string LambdaArn(const state::Scope& scope, std::string_view type, std::string_view name,
                      std::int64_t version) {
  return ArnOf("lambda", scope, type, name) + ":" + std::to_string(version);
}

}  // namespace synthetics::api
