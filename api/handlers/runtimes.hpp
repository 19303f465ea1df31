// The operation on runtime versions.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/runtime.hpp"

namespace synthetics::api {

// All of them, deprecated ones with their day, in the order of the catalogue.
Result<DescribeRuntimeVersionsResponse> DescribeRuntimeVersions(
    Context& context, const DescribeRuntimeVersionsRequest& request);

}  // namespace synthetics::api
