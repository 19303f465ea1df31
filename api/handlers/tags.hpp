// The tag operations. Each answers `not found` for an ARN of another account, of what there is not,
// or of a canary in another region; a group is found from every region. Tagging moves no time stamp
// and is possible in every state.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/tag.hpp"

namespace synthetics::api {

// Adds and overwrites. Invalid where the resource would have more than 50 tags.
Result<Empty> TagResource(Context& context, const TagResourceRequest& request);

// Keys that the resource does not have are passed over.
Result<Empty> UntagResource(Context& context, const UntagResourceRequest& request);

Result<ListTagsForResourceResponse> ListTagsForResource(Context& context,
                                                        const ListTagsForResourceRequest& request);

}  // namespace synthetics::api
