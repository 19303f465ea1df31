// The narrowest policy that allows what was done.
#pragma once

#include <set>
#include <string>
#include <tuple>

namespace synthetics::api::iam {

struct UsedAction {
  std::string action;    // `synthetics:GetCanary`
  std::string resource;  // as in a request's context: an ARN, or `*`

  bool operator<(const UsedAction& other) const {
    return std::tie(action, resource) < std::tie(other.action, other.resource);
  }
};

// A policy document. Actions on the same resources share a statement; statements, actions and
// resources are in alphabetical order. Where nothing was used it has no statements, which IAM would
// not take.
std::string LeastPrivilege(const std::set<UsedAction>& used);

}  // namespace synthetics::api::iam
