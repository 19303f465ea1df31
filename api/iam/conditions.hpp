// The conditions of policies: operators, and what becomes of several values or of none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/iam/variables.hpp"

namespace synthetics::api::iam {

// An operator without `IfExists` and quantifier (IAM guide, "Condition operators").
struct Operator {
  // Whether a value of the request is, or is like, one of the policy.
  using Match = bool (*)(const Pattern& wanted, std::string_view value);
  // Whether a policy may have this value.
  using Check = bool (*)(std::string_view wanted);

  std::string_view name;
  Match matches = nullptr;  // none of `Null`, which only asks whether there is a value
  Check is_value = nullptr;
  std::string_view kind = {};  // what a value has to be, for messages
  bool is_negated = false;
  bool has_wildcards = false;
  bool has_variables = false;
};

std::span<const Operator> Operators();

// Which of a key's values in the request have to match.
enum class Quantifier { kNone, kForAnyValue, kForAllValues };

// One operator on one key.
struct Condition {
  const Operator* rule = nullptr;
  Quantifier quantifier = Quantifier::kNone;
  bool if_exists = false;
  std::string key;
  std::vector<Template> values;  // one that matches is enough
};

// Reads `ForAnyValue:StringLikeIfExists` and the like. Nothing for an operator that there is not.
std::optional<Condition> ParseOperator(std::string_view name);

// Reads a value for the condition's operator; variables only where the policy's version has them.
boost::system::result<Template, TemplateError> ParseConditionValue(const Operator& rule,
                                                                   std::string_view text,
                                                                   bool with_variables);

bool Holds(const Condition& condition, const ConditionKeys& keys);

}  // namespace synthetics::api::iam
