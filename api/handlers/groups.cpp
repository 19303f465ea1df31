#include "api/handlers/groups.hpp"

#include "api/arn.hpp"
#include "api/handlers/pages.hpp"

namespace synthetics::api {
namespace {

ApiError OverQuota(const std::string& what, std::int64_t quota, const std::string& name) {
  return {ErrorKind::kQuotaExceeded,
          what + " can have at most " + std::to_string(quota) + ": " + name};
}

std::string ArnOf(const state::Group& group) {
  return GroupArn({.account = group.account, .region = group.home_region}, group.id);
}

GroupResponse Shown(Context& context, const state::Group& group) {
  return {{.id = group.id,
           .name = group.name,
           .arn = ArnOf(group),
           .tags = context.engine.store().group_tags.Of(group.key),
           .created_time = group.created,
           .last_modified_time = group.last_modified}};
}

std::optional<state::Group> FindByIdentifier(Context& context, const std::string& identifier) {
  const state::Groups& groups = context.engine.store().groups;
  const std::string& account = context.scope.account;
  if (auto group = groups.FindByName(account, identifier)) return group;
  if (auto group = groups.FindById(account, identifier)) return group;
  const auto arn = ParseResourceArn(identifier);
  if (!arn || arn->type != "group" || !IsOwnAccount(*arn, context.scope)) return {};
  auto group = groups.FindById(account, arn->name);
  if (group && group->home_region != arn->region) return {};
  return group;
}

Result<state::Group> FindGroup(Context& context, const std::string& identifier) {
  auto group = FindByIdentifier(context, identifier);
  if (!group) return ApiError{ErrorKind::kNotFound, "Group not found: " + identifier};
  return *std::move(group);
}

ApiError CanaryNotFound(const std::string& arn) {
  return {ErrorKind::kNotFound, "Canary not found: " + arn};
}

// The name in an ARN of a canary of the account and the region in which it is asked for.
Result<std::string> NameIn(const Context& context, const std::string& arn) {
  const auto parsed = ParseResourceArn(arn);
  const bool is_here =
      parsed && IsOwnAccount(*parsed, context.scope) && parsed->region == context.scope.region;
  if (!is_here) return CanaryNotFound(arn);
  return parsed->name;
}

Result<state::Canary> FindMember(Context& context, const std::string& arn) {
  const auto name = NameIn(context, arn);
  if (!name) return name.error();
  auto canary = context.engine.store().canaries.Find(context.scope, *name);
  if (!canary) return CanaryNotFound(arn);
  return *std::move(canary);
}

GroupSummaries Summarize(std::vector<state::Group> groups, std::int64_t limit,
                         std::string_view listing) {
  GroupSummaries response;
  response.next_token = EndPage(groups, limit, listing, [](const auto& row) { return row.id; });
  for (const state::Group& group : groups) {
    response.groups.push_back({.id = group.id, .name = group.name, .arn = ArnOf(group)});
  }
  return response;
}

}  // namespace

Result<GroupResponse> CreateGroup(Context& context, const CreateGroupRequest& request) {
  const std::int64_t quota = context.options.quotas.groups;
  const state::Groups& groups = context.engine.store().groups;
  const ApiError taken{ErrorKind::kConflict, "Group already exists: " + request.name};
  if (groups.FindByName(context.scope.account, request.name)) return taken;
  if (groups.Count(context.scope.account) >= quota) {
    return OverQuota("The number of groups is exceeded: an account", quota, context.scope.account);
  }
  state::Group group;
  group.account = context.scope.account;
  group.home_region = context.scope.region;
  group.name = request.name;
  context.engine.CreateGroup(group, request.tags.value_or(state::TagMap{}));
  return Shown(context, group);
}

Result<GroupResponse> GetGroup(Context& context, const GetGroupRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  return Shown(context, *group);
}

Result<Empty> DeleteGroup(Context& context, const DeleteGroupRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  if (context.options.groups_die_at_home && group->home_region != context.scope.region) {
    return ApiError{ErrorKind::kInvalid,
                    "A group can be deleted in its home region only, which is " +
                        group->home_region + ": " + group->name};
  }
  context.engine.store().groups.Remove(group->key);
  return Empty{};
}

Result<GroupSummaries> ListGroups(Context& context, const ListGroupsRequest& request) {
  const std::int64_t limit = request.max_results.value_or(kPageOfGroups.max);
  const std::string listing = ListingName("ListGroups", context.scope);
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();
  const state::Groups& groups = context.engine.store().groups;
  return Summarize(groups.Page(context.scope.account, *after, limit + 1), limit, listing);
}

Result<ListGroupResourcesResponse> ListGroupResources(Context& context,
                                                      const ListGroupResourcesRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const std::int64_t limit = request.max_results.value_or(kPageOfGroups.max);
  const std::string listing = ListingName("ListGroupResources", context.scope, {group->id});
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();
  const state::Groups& groups = context.engine.store().groups;
  auto members = groups.PageOfMembers(group->key, *after, limit + 1);
  ListGroupResourcesResponse response;
  response.next_token = EndPage(members, limit, listing, [](const auto& row) { return row.id; });
  for (const state::Member& member : members) {
    response.resources.push_back(CanaryArn(member.scope, member.name));
  }
  return response;
}

Result<GroupSummaries> ListAssociatedGroups(Context& context,
                                            const ListAssociatedGroupsRequest& request) {
  const auto canary = FindMember(context, request.resource_arn);
  if (!canary) return canary.error();
  const std::int64_t limit = request.max_results.value_or(kPageOfGroups.max);
  const std::string listing = ListingName("ListAssociatedGroups", context.scope, {canary->id});
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();
  const state::Groups& groups = context.engine.store().groups;
  return Summarize(groups.PageOfCanary(canary->key, *after, limit + 1), limit, listing);
}

Result<Empty> AssociateResource(Context& context, const AssociateResourceRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const auto canary = FindMember(context, request.resource_arn);
  if (!canary) return canary.error();
  state::Groups& groups = context.engine.store().groups;
  if (!groups.AddMember(group->key, canary->key)) return Empty{};
  const Quotas& quotas = context.options.quotas;
  if (groups.CountMembers(group->key) > quotas.canaries_of_group) {
    return OverQuota("The number of canaries is exceeded: a group", quotas.canaries_of_group,
                     group->name);
  }
  if (groups.CountOfCanary(canary->key) > quotas.groups_of_canary) {
    return OverQuota("The number of groups is exceeded: a canary", quotas.groups_of_canary,
                     canary->name);
  }
  groups.SetModified(group->key, context.engine.now());
  return Empty{};
}

Result<Empty> DisassociateResource(Context& context, const DisassociateResourceRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const auto name = NameIn(context, request.resource_arn);
  if (!name) return name.error();
  state::Groups& groups = context.engine.store().groups;
  const auto canary = context.engine.store().canaries.Find(context.scope, *name);
  if (!canary || !groups.RemoveMember(group->key, canary->key)) {
    return ApiError{ErrorKind::kInvalid,
                    "Canary " + request.resource_arn + " does not exist in group " + group->name};
  }
  groups.SetModified(group->key, context.engine.now());
  return Empty{};
}

}  // namespace synthetics::api
