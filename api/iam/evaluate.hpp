// Whether policies let a request through, by IAM's logic: a statement that denies, one that allows,
// or none of either.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "api/iam/policy.hpp"

namespace synthetics::api::iam {

enum class Outcome { kAllowed, kExplicitlyDenied, kImplicitlyDenied };

struct Decision {
  Outcome outcome = Outcome::kImplicitlyDenied;
  // Which of the policies decided, and its statement's label; of an implicit denial neither.
  std::size_t policy = 0;
  std::string statement;
};

Decision Evaluate(std::span<const Policy> policies, const RequestContext& request);

// As DescribeCanaries and DescribeCanariesLastRun are decided: once for each name, with
// `synthetics:Names` being that one, until one is not allowed. Without names once without the key.
// The service's documents fit together only so (each name has to be allowed, and the published
// policies say `ForAnyValue`).
Decision EvaluateNames(std::span<const Policy> policies, RequestContext request,
                       const std::vector<std::string>& names);

}  // namespace synthetics::api::iam
