// Texts of policies in which variables may stand: `canary:${aws:username}-*`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

#include "api/iam/request_context.hpp"

namespace synthetics::api::iam {

// `${key}`, or `${key, 'default'}`.
struct Variable {
  std::string key;
  std::optional<std::string> otherwise;
};

// A text as it stands in the policy, to be filled in for a request.
struct Template {
  std::vector<std::variant<Pattern, Variable>> parts;
};

struct TemplateError {
  std::string message;
};

// What stands for something else in a text: that depends on the policy's version, and on the
// element.
struct Reading {
  bool wildcards = false;
  bool variables = false;  // from version 2012-10-17 on; also `${*}`, `${?}` and `${$}`
};

// Refuses `${` that is not closed, and variables of another form.
boost::system::result<Template, TemplateError> ParseTemplate(std::string_view text,
                                                             const Reading& reading);

// The text for this request. Nothing where a variable has no value and no default, as nothing is
// equal to that or like it (IAM guide, "Policy variables with no value"); a key with several values
// is no variable. `*` in a value stands for itself.
std::optional<Pattern> Fill(const Template& text, const ConditionKeys& keys);

}  // namespace synthetics::api::iam
