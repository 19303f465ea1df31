// The operations on runs.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/run.hpp"

namespace synthetics::api {

Result<GetCanaryRunsResponse> GetCanaryRuns(Context& context, const GetCanaryRunsRequest& request);
Result<DescribeCanariesLastRunResponse> DescribeCanariesLastRun(
    Context& context, const DescribeCanariesLastRunRequest& request);

}  // namespace synthetics::api
