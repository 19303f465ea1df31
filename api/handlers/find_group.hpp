// The group that a request names, whatever the region of the request.
#pragma once

#include <optional>
#include <string>

#include "api/arn.hpp"
#include "api/context.hpp"
#include "api/error.hpp"
#include "api/explain.hpp"
#include "state/group.hpp"

namespace synthetics::api {

// Nothing for an ARN of another account or another home region.
inline std::optional<state::Group> FindGroupByArn(Context& context, const ResourceArn& arn) {
  if (arn.type != ResourceType::kGroup || !IsOwnAccount(arn, context.scope)) return {};
  auto group = context.engine.store().groups.FindById(context.scope.account, arn.name);
  if (group && group->home_region != arn.region) return {};
  return group;
}

// By its ARN, its name or its id; in this order, where one group's name is another one's id or ARN.
inline Result<state::Group> FindGroup(Context& context, const std::string& identifier) {
  const state::Groups& groups = context.engine.store().groups;
  const auto arn = ParseResourceArn(identifier);
  auto group = arn ? FindGroupByArn(context, *arn) : std::nullopt;
  if (!group) group = groups.FindByName(context.scope.account, identifier);
  if (!group) group = groups.FindById(context.scope.account, identifier);
  if (!group) {
    return ApiError{ErrorKind::kNotFound, "Group not found: " + identifier,
                    ExplainNoGroup(context, identifier)};
  }
  return *std::move(group);
}

}  // namespace synthetics::api
