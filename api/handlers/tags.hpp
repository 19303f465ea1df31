// The tag operations.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/tag.hpp"

namespace synthetics::api {

Result<Empty> TagResource(Context& context, const TagResourceRequest& request);
Result<Empty> UntagResource(Context& context, const UntagResourceRequest& request);
Result<ListTagsForResourceResponse> ListTagsForResource(Context& context,
                                                        const ListTagsForResourceRequest& request);

}  // namespace synthetics::api
