// The operation on runtime versions.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/runtime.hpp"

namespace synthetics::api {

Result<DescribeRuntimeVersionsResponse> DescribeRuntimeVersions(
    Context& context, const DescribeRuntimeVersionsRequest& request);

}  // namespace synthetics::api
