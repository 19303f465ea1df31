// The operations on canaries.
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/canary.hpp"

namespace synthetics::api {

Result<CanaryResponse> CreateCanary(Context& context, const CreateCanaryRequest& request);
Result<CanaryResponse> GetCanary(Context& context, const GetCanaryRequest& request);
Result<Empty> UpdateCanary(Context& context, const UpdateCanaryRequest& request);
Result<Empty> DeleteCanary(Context& context, const DeleteCanaryRequest& request);
Result<Empty> StartCanary(Context& context, const StartCanaryRequest& request);
Result<Empty> StopCanary(Context& context, const StopCanaryRequest& request);
Result<DescribeCanariesResponse> DescribeCanaries(Context& context,
                                                  const DescribeCanariesRequest& request);

}  // namespace synthetics::api
