#include "api/auth/asking.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "api/arn.hpp"
#include "api/handlers/find_group.hpp"
#include "api/json.hpp"
#include "api/shapes/constraints.hpp"
#include "state/store/store.hpp"

namespace synthetics::api {
namespace {

using iam::ConditionKeys;
using iam::ResourceKind;

// What is acted upon. Its tags are those that it has, if it is there.
struct Resource {
  std::string arn = "*";
  state::TagMap tags;
};

Resource CanaryIn(const Context& context, const state::Scope& scope, const std::string& name) {
  const state::Store& store = context.engine.store();
  Resource canary{.arn = CanaryArn(scope, name), .tags = {}};
  if (const auto key = store.canaries.FindKey(scope, name)) {
    canary.tags = store.canary_tags.Of(*key);
  }
  return canary;
}

// A group is known to IAM by its id. One that is not there is known as it was called.
Resource GroupIn(Context& context, const std::string& identifier) {
  if (const auto group = FindGroup(context, identifier)) {
    const state::Scope home{.account = context.scope.account, .region = group->home_region};
    return {.arn = GroupArn(home, group->id),
            .tags = context.engine.store().group_tags.Of(group->key)};
  }
  return {.arn = ParseResourceArn(identifier) ? identifier : GroupArn(context.scope, identifier),
          .tags = {}};
}

Resource ResourceOf(const Asked& asked, ResourceKind kind) {
  if (kind == ResourceKind::kNone) return {};
  const std::string& named = asked.call.parameters.labels.front().second;
  const auto arn = ParseResourceArn(named);
  if (kind == ResourceKind::kGroup || (arn && arn->type == ResourceType::kGroup)) {
    return GroupIn(asked.context, named);
  }
  state::Scope scope = asked.context.scope;
  if (!arn) return CanaryIn(asked.context, scope, named);
  if (!arn->account.empty()) scope.account = arn->account;
  scope.region = arn->region;
  return CanaryIn(asked.context, scope, arn->name);
}

void AddTags(ConditionKeys& keys, const std::string& prefix, const state::TagMap& tags) {
  for (const auto& [key, value] : tags) keys.emplace(prefix + key, value);
}

state::TagMap SentTags(const Json& body) {
  state::TagMap tags;
  const Json* const sent = FindMember(body, "Tags");
  if (sent == nullptr || !sent->IsObject()) return tags;
  for (const auto& [key, value] : sent->GetObject()) {
    if (value.IsString()) tags.emplace(Text(key), Text(value));
  }
  return tags;
}

std::vector<std::string> SentNames(const Json& body) {
  std::vector<std::string> names;
  const Json* const sent = FindMember(body, "Names");
  if (sent == nullptr || !sent->IsArray()) return names;
  for (const Json& name : sent->GetArray()) {
    // More are refused, whatever they are.
    if (std::ssize(names) > kNames.max) break;
    if (name.IsString()) names.emplace_back(Text(name));
  }
  return names;
}

void AddTagKeys(ConditionKeys& keys, const state::TagMap& sent) {
  for (const auto& [key, value] : sent) keys.emplace("aws:TagKeys", key);
}

void AddTagKeys(ConditionKeys& keys, const Parameters& parameters) {
  for (const auto& [name, value] : parameters.query) {
    if (name == "tagKeys") keys.emplace("aws:TagKeys", value);
  }
}

// What `aws:PrincipalType` says of an ARN with that in it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPrincipalTypes{{
    {":assumed-role/", "AssumedRole"},
    {":federated-user/", "FederatedUser"},
    {":root", "Account"},
}};

std::string PrincipalType(std::string_view arn) {
  const auto* const row = std::ranges::find_if(kPrincipalTypes, [&](const auto& type) {
    return arn.find(type.first) != std::string_view::npos;
  });
  return std::string(row == kPrincipalTypes.end() ? "User" : row->second);
}

// The role's where it is that of a session of one (IAM guide, "aws:PrincipalArn").
std::string OwnArn(const std::string& arn) {
  constexpr std::string_view kService = ":sts:";
  constexpr std::string_view kType = ":assumed-role/";
  const auto service = arn.find(kService);
  const auto type = arn.find(kType);
  if (service == std::string::npos || type == std::string::npos || type < service) return arn;
  const auto account = service + kService.size();
  const auto name = type + kType.size();
  std::string own = arn.substr(0, service);
  own.append(":iam:").append(arn, account, type - account);
  return own.append(":role/").append(arn, name, arn.find('/', name) - name);
}

// What is known of every request (IAM guide, "Global condition context keys"). The time is the
// emulator's, so that a test can see a policy end.
ConditionKeys GlobalKeys(const Asked& asked) {
  const Principal& principal = asked.principal;
  const std::string arn = PrincipalArn(principal, asked.context.scope);
  const state::Instant now = asked.context.engine.now();
  ConditionKeys keys{
      {"aws:PrincipalArn", OwnArn(arn)},
      {"aws:PrincipalType", PrincipalType(arn)},
      {"aws:PrincipalIsAWSService", "false"},
      {"aws:ViaAWSService", "false"},
      {"aws:PrincipalAccount", asked.context.scope.account},
      {"aws:RequestedRegion", asked.context.scope.region},
      {"aws:CurrentTime", state::ToIso(now)},
      {"aws:EpochTime", std::to_string(state::ToMilliseconds(now) / 1000)},
      {"aws:SecureTransport", asked.request.is_secure ? "true" : "false"},
  };
  if (principal.user_name) keys.emplace("aws:username", *principal.user_name);
  if (principal.tags) AddTags(keys, "aws:PrincipalTag/", *principal.tags);
  if (!asked.request.peer.empty()) keys.emplace("aws:SourceIp", asked.request.peer);
  if (!asked.request.user_agent.empty()) keys.emplace("aws:UserAgent", asked.request.user_agent);
  return keys;
}

}  // namespace

std::string PrincipalArn(const Principal& principal, const state::Scope& scope) {
  if (principal.arn) return *principal.arn;
  return "arn:" + std::string(PartitionOf(scope.region)) + ":iam::" + scope.account + ":user/" +
         principal.user_name.value_or(principal.access_key_id);
}

Asking AskingOf(const Asked& asked, const iam::Action& action) {
  const Resource resource = ResourceOf(asked, action.resource);
  Asking asking{.context = {.action = "synthetics:" + std::string(action.operation),
                            .resource = resource.arn,
                            .keys = GlobalKeys(asked)},
                .names = {}};
  ConditionKeys& keys = asking.context.keys;
  // A body that cannot be read is refused where it is answered.
  const auto body = ParseJson(asked.call.body);
  const state::TagMap sent = body ? SentTags(*body) : state::TagMap{};
  if (action.has_request_tags) AddTags(keys, "aws:RequestTag/", sent);
  if (action.has_tag_keys && action.has_request_tags) AddTagKeys(keys, sent);
  if (action.has_tag_keys && !action.has_request_tags) AddTagKeys(keys, asked.call.parameters);
  if (action.has_resource_tags) AddTags(keys, "aws:ResourceTag/", resource.tags);
  if (action.has_names && body) asking.names = SentNames(*body);
  return asking;
}

}  // namespace synthetics::api
