// The group operations. A group is its account's, in all regions; it is named by name, id or ARN,
// and one that there is not is not found.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/group.hpp"

namespace synthetics::api {

// The request's region becomes the group's home. A conflict for a name that the account has in any
// region; over quota where it has as many groups as it can have (options.hpp).
Result<GroupResponse> CreateGroup(Context& context, const CreateGroupRequest& request);

Result<GroupResponse> GetGroup(Context& context, const GetGroupRequest& request);

// The group need not be empty; its canaries stay. Where the options say so it is invalid outside
// the group's home region.
Result<Empty> DeleteGroup(Context& context, const DeleteGroupRequest& request);

// This one and the next two list ascending by id (our choice: no order is on record).
Result<GroupSummaries> ListGroups(Context& context, const ListGroupsRequest& request);
Result<ListGroupResourcesResponse> ListGroupResources(Context& context,
                                                      const ListGroupResourcesRequest& request);

// The canary has to be in the request's region, here and in the next two (service model); else it
// is not found.
Result<GroupSummaries> ListAssociatedGroups(Context& context,
                                            const ListAssociatedGroupsRequest& request);

// Nothing happens where the canary is in the group already (our choice). Over a quota where the
// group has as many canaries, or the canary is in as many groups, as it can.
Result<Empty> AssociateResource(Context& context, const AssociateResourceRequest& request);

// Invalid, with the words that Terraform looks for, where the canary is not in the group or is no
// more.
Result<Empty> DisassociateResource(Context& context, const DisassociateResourceRequest& request);

}  // namespace synthetics::api
