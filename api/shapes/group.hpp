// The shapes of the group operations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {

struct CreateGroupRequest {
  std::string name;
  std::optional<std::map<std::string, std::string>> tags;
};
template <>
struct ShapeOf<CreateGroupRequest> {
  static constexpr std::array kFields{
      Required<&CreateGroupRequest::name>("Name", kGroupName),
      Optional<&CreateGroupRequest::tags>("Tags", kTags),
  };
};

struct GetGroupRequest {
  std::string group_identifier;
};
template <>
struct ShapeOf<GetGroupRequest> {
  static constexpr std::array kFields{
      Label<&GetGroupRequest::group_identifier>("groupIdentifier", kGroupIdentifier),
  };
};

struct DeleteGroupRequest {
  std::string group_identifier;
};
template <>
struct ShapeOf<DeleteGroupRequest> {
  static constexpr std::array kFields{
      Label<&DeleteGroupRequest::group_identifier>("groupIdentifier", kGroupIdentifier),
  };
};

struct ListGroupsRequest {
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
};
template <>
struct ShapeOf<ListGroupsRequest> {
  static constexpr std::array kFields{
      Optional<&ListGroupsRequest::next_token>("NextToken", kPaginationToken),
      Optional<&ListGroupsRequest::max_results>("MaxResults", kPageOfGroups),
  };
};

struct AssociateResourceRequest {
  std::string group_identifier;
  std::string resource_arn;
};
template <>
struct ShapeOf<AssociateResourceRequest> {
  using Self = AssociateResourceRequest;
  static constexpr std::array kFields{
      Label<&Self::group_identifier>("groupIdentifier", kGroupIdentifier),
      Required<&Self::resource_arn>("ResourceArn", kCanaryArn),
  };
};

struct DisassociateResourceRequest {
  std::string group_identifier;
  std::string resource_arn;
};
template <>
struct ShapeOf<DisassociateResourceRequest> {
  using Self = DisassociateResourceRequest;
  static constexpr std::array kFields{
      Label<&Self::group_identifier>("groupIdentifier", kGroupIdentifier),
      Required<&Self::resource_arn>("ResourceArn", kCanaryArn),
  };
};

struct ListGroupResourcesRequest {
  std::string group_identifier;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
};
template <>
struct ShapeOf<ListGroupResourcesRequest> {
  using Self = ListGroupResourcesRequest;
  static constexpr std::array kFields{
      Label<&Self::group_identifier>("groupIdentifier", kGroupIdentifier),
      Optional<&Self::next_token>("NextToken", kPaginationToken),
      Optional<&Self::max_results>("MaxResults", kPageOfGroups),
  };
};

struct ListAssociatedGroupsRequest {
  std::string resource_arn;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
};
template <>
struct ShapeOf<ListAssociatedGroupsRequest> {
  using Self = ListAssociatedGroupsRequest;
  static constexpr std::array kFields{
      Label<&Self::resource_arn>("resourceArn", kCanaryArn),
      Optional<&Self::next_token>("NextToken", kPaginationToken),
      Optional<&Self::max_results>("MaxResults", kPageOfGroups),
  };
};

struct Group {
  std::string id;
  std::string name;
  std::string arn;
  std::map<std::string, std::string> tags;
  state::Instant created_time;
  state::Instant last_modified_time;
};
template <>
struct ShapeOf<Group> {
  static constexpr std::array kFields{
      Required<&Group::id>("Id"),
      Required<&Group::name>("Name"),
      Required<&Group::arn>("Arn"),
      Required<&Group::tags>("Tags"),
      Required<&Group::created_time>("CreatedTime"),
      Required<&Group::last_modified_time>("LastModifiedTime"),
  };
};

struct GroupResponse {
  Group group;
};
template <>
struct ShapeOf<GroupResponse> {
  static constexpr std::array kFields{Required<&GroupResponse::group>("Group")};
};

struct GroupSummary {
  std::string id;
  std::string name;
  std::string arn;
};
template <>
struct ShapeOf<GroupSummary> {
  static constexpr std::array kFields{
      Required<&GroupSummary::id>("Id"),
      Required<&GroupSummary::name>("Name"),
      Required<&GroupSummary::arn>("Arn"),
  };
};

struct GroupSummaries {
  std::vector<GroupSummary> groups;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<GroupSummaries> {
  static constexpr std::array kFields{
      Required<&GroupSummaries::groups>("Groups"),
      Optional<&GroupSummaries::next_token>("NextToken"),
  };
};

struct ListGroupResourcesResponse {
  std::vector<std::string> resources;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<ListGroupResourcesResponse> {
  static constexpr std::array kFields{
      Required<&ListGroupResourcesResponse::resources>("Resources"),
      Optional<&ListGroupResourcesResponse::next_token>("NextToken"),
  };
};

}  // namespace synthetics::api
