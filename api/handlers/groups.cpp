#include "api/handlers/groups.hpp"

#include "api/arn.hpp"
#include "api/handlers/find_canary.hpp"
#include "api/handlers/find_group.hpp"
#include "api/handlers/pages.hpp"

namespace synthetics::api {
namespace {

ApiError OverQuota(const std::string& whose, std::int64_t quota, const std::string& what,
                   const std::string& setting) {
  return {
      ErrorKind::kQuotaExceeded,
      whose + " has " + std::to_string(quota) + " " + what + " already, the most that it can have.",
      "The emulator was started with " + setting + " " + std::to_string(quota) +
          "; a greater one raises the quota, and fewer " + what + " keep to it."};
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

GroupSummaries Summarize(std::vector<state::Group> groups, const Page& page) {
  GroupSummaries response;
  response.next_token = EndPage(groups, page, [](const auto& row) { return row.id; });
  for (const state::Group& group : groups) {
    response.groups.push_back({.id = group.id, .name = group.name, .arn = ArnOf(group)});
  }
  return response;
}

}  // namespace

Result<GroupResponse> CreateGroup(Context& context, const CreateGroupRequest& request) {
  state::Group group;
  group.account = context.scope.account;
  group.home_region = context.scope.region;
  group.name = request.name;
  if (!context.engine.CreateGroup(group, request.tags.value_or(state::TagMap{}))) {
    return ApiError{
        ErrorKind::kConflict, "Group already exists: " + request.name,
        "A group's name is its account's once, in all regions: delete the one that account " +
            group.account + " has, or take another name."};
  }
  const std::int64_t quota = context.options.quotas.groups;
  if (context.engine.store().groups.Count(group.account) > quota) {
    return OverQuota("Account " + group.account, quota, "groups", "--quota-groups");
  }
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
    return ApiError{
        ErrorKind::kInvalid,
        "A group can be deleted in its home region only, which is " + group->home_region + ": " +
            group->name,
        "The emulator was started with --group-deletion home; --group-deletion anywhere,"
        " or credentials of region " +
            group->home_region + ", would do it."};
  }
  context.engine.store().groups.Remove(group->key);
  return Empty{};
}

Result<GroupSummaries> ListGroups(Context& context, const ListGroupsRequest& request) {
  const auto page = PageOf(context, request, "ListGroups", kPageOfGroups);
  if (!page) return page.error();
  const state::Groups& groups = context.engine.store().groups;
  return Summarize(groups.Page(context.scope.account, page->after, page->limit + 1), *page);
}

Result<ListGroupResourcesResponse> ListGroupResources(Context& context,
                                                      const ListGroupResourcesRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const auto page = PageOf(context, request, "ListGroupResources", kPageOfGroups, {group->id});
  if (!page) return page.error();
  const state::Groups& groups = context.engine.store().groups;
  auto members = groups.PageOfMembers(group->key, page->after, page->limit + 1);
  ListGroupResourcesResponse response;
  response.next_token = EndPage(members, *page, [](const auto& row) { return row.id; });
  for (const state::Member& member : members) {
    response.resources.push_back(CanaryArn(member.scope, member.name));
  }
  return response;
}

Result<GroupSummaries> ListAssociatedGroups(Context& context,
                                            const ListAssociatedGroupsRequest& request) {
  const auto canary = FindCanaryByArn(context, request.resource_arn);
  if (!canary) return canary.error();
  const auto page = PageOf(context, request, "ListAssociatedGroups", kPageOfGroups, {canary->id});
  if (!page) return page.error();
  const state::Groups& groups = context.engine.store().groups;
  return Summarize(groups.PageOfCanary(canary->key, page->after, page->limit + 1), *page);
}

Result<Empty> AssociateResource(Context& context, const AssociateResourceRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const auto canary = FindCanaryByArn(context, request.resource_arn);
  if (!canary) return canary.error();
  state::Groups& groups = context.engine.store().groups;
  if (!groups.AddMember(group->key, canary->key)) return Empty{};
  const Quotas& quotas = context.options.quotas;
  if (groups.CountMembers(group->key) > quotas.canaries_of_group) {
    return OverQuota("Group " + group->name, quotas.canaries_of_group, "canaries",
                     "--quota-group-canaries");
  }
  if (groups.CountOfCanary(canary->key) > quotas.groups_of_canary) {
    return OverQuota("Canary " + canary->name, quotas.groups_of_canary, "groups",
                     "--quota-canary-groups");
  }
  groups.SetModified(group->key, context.engine.now());
  return Empty{};
}

Result<Empty> DisassociateResource(Context& context, const DisassociateResourceRequest& request) {
  const auto group = FindGroup(context, request.group_identifier);
  if (!group) return group.error();
  const auto arn = ParseResourceArn(request.resource_arn);
  if (!arn || !IsCanaryHere(context, *arn)) return CanaryNotFound(context, request.resource_arn);
  state::Groups& groups = context.engine.store().groups;
  const auto canary = context.engine.store().canaries.Find(context.scope, arn->name);
  if (!canary || !groups.RemoveMember(group->key, canary->key)) {
    return ApiError{ErrorKind::kInvalid,
                    "Canary " + request.resource_arn + " does not exist in group " + group->name,
                    canary
                        ? "The canary is there, and in other groups at most; ListAssociatedGroups"
                          " says in which."
                        : ExplainNoCanary(context, request.resource_arn)};
  }
  groups.SetModified(group->key, context.engine.now());
  return Empty{};
}

}  // namespace synthetics::api
