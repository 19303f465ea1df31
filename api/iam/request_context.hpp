// What a request is, to whoever has to decide whether it may be made.
#pragma once

#include <map>
#include <string>

#include "api/iam/pattern.hpp"

namespace synthetics::api::iam {

// Condition keys such as `aws:username`, with their values. The names are found in any case. A key
// with several values stands there several times, one without any not at all.
using ConditionKeys = std::multimap<std::string, std::string, LessIgnoringCase>;

struct RequestContext {
  std::string action;    // `synthetics:GetCanary`
  std::string resource;  // its ARN, and `*` for actions that have none (`ResourceKind::kNone`)
  ConditionKeys keys;
};

}  // namespace synthetics::api::iam
