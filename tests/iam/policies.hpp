// Policies and requests as the tests of this folder write them.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "api/iam/evaluate.hpp"

namespace synthetics::tests {

using Keys = std::vector<std::pair<std::string, std::string>>;

inline api::iam::ConditionKeys ToConditionKeys(const Keys& keys) {
  return {keys.begin(), keys.end()};
}

inline const std::string kCanaries = "arn:aws:synthetics:eu-west-1:123456789012:canary:";

// `{"Effect":"Allow",…}` as a document of the present version.
inline std::string Document(const std::string& statement) {
  return R"({"Version":"2012-10-17","Statement":)" + statement + "}";
}

// A document that allows everything on this condition.
inline std::string If(const std::string& condition) {
  return Document(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{)" + condition +
                  "}}");
}

inline std::vector<api::iam::Policy> Parse(const std::vector<std::string>& documents) {
  std::vector<api::iam::Policy> policies;
  for (const std::string& document : documents) {
    policies.push_back(api::iam::ParsePolicy(document).value());
  }
  return policies;
}

// Of one document, on a condition that only keys decide.
inline bool IsAllowed(const std::string& document, const Keys& keys) {
  const auto decision = api::iam::Evaluate(Parse({document}), {.action = "synthetics:GetCanary",
                                                               .resource = kCanaries + "shop",
                                                               .keys = ToConditionKeys(keys)});
  return decision.outcome == api::iam::Outcome::kAllowed;
}

}  // namespace synthetics::tests
