// The operations on canaries. Each is answered with `Canary not found` (not found) for a name that
// its world does not have, and with the sentence of the rule (rules.hpp) that a request breaks
// (invalid).
#pragma once

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/canary.hpp"

namespace synthetics::api {

// The canary in CREATING. A name that is taken is invalid, and no conflict: CloudFormation's
// handlers look for that.
Result<CanaryResponse> CreateCanary(Context& context, const CreateCanaryRequest& request);

Result<CanaryResponse> GetCanary(Context& context, const GetCanaryRequest& request);

// Members that are absent stay as they are. A conflict where the state machine has no such edge.
Result<Empty> UpdateCanary(Context& context, const UpdateCanaryRequest& request);

// A conflict where the state machine has no such edge, for this one and the next two. Function and
// layer are gone with the canary, whatever `deleteLambda` says: there are none.
Result<Empty> DeleteCanary(Context& context, const DeleteCanaryRequest& request);
Result<Empty> StartCanary(Context& context, const StartCanaryRequest& request);
Result<Empty> StopCanary(Context& context, const StopCanaryRequest& request);

// Ascending by id (observed); of the names asked for, those that there are.
Result<DescribeCanariesResponse> DescribeCanaries(Context& context,
                                                  const DescribeCanariesRequest& request);

}  // namespace synthetics::api
