// The operations on runs.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/run.hpp"

namespace synthetics::api {

// The newest run first (clients take the first for the latest). `Canary not found` for a name that
// the world does not have; invalid for a dry run's id where dry runs are left out.
Result<GetCanaryRunsResponse> GetCanaryRuns(Context& context, const GetCanaryRunsRequest& request);

// The newest run of each canary that has one, in the order of DescribeCanaries.
Result<DescribeCanariesLastRunResponse> DescribeCanariesLastRun(
    Context& context, const DescribeCanariesLastRunRequest& request);

}  // namespace synthetics::api
