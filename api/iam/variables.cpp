#include "api/iam/variables.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace synthetics::api::iam {
namespace {

constexpr std::string_view kOpen = "${";

bool IsInKey(char letter) {
  return letter != ' ' && letter != ',' && letter != '\'' && letter != '$' && letter != '{';
}

// A service's prefix, a colon, and a name.
bool IsKey(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         std::ranges::all_of(text, IsInKey);
}

// What stands between the braces. Nothing where it is no variable.
std::optional<Variable> ParseVariable(std::string_view text) {
  constexpr std::string_view kDefault = ", '";
  const std::size_t comma = text.find(',');
  Variable variable{.key = std::string(text.substr(0, comma)), .otherwise = {}};
  if (!IsKey(variable.key)) return {};
  if (comma == std::string_view::npos) return variable;
  text.remove_prefix(comma);
  if (!text.starts_with(kDefault) || !text.ends_with('\'') || text.size() <= kDefault.size()) {
    return {};
  }
  text.remove_prefix(kDefault.size());
  text.remove_suffix(1);
  variable.otherwise = text;
  return variable;
}

// The value of a key that has exactly one.
const std::string* FindValue(const ConditionKeys& keys, std::string_view key) {
  const auto [first, last] = keys.equal_range(key);
  return std::distance(first, last) == 1 ? &first->second : nullptr;
}

bool AppendValue(const Variable& variable, const ConditionKeys& keys, Pattern& pattern) {
  const std::string* value = FindValue(keys, variable.key);
  if (value == nullptr && variable.otherwise) value = &*variable.otherwise;
  if (value != nullptr) pattern.Append(*value, false);
  return value != nullptr;
}

void AppendPattern(const Pattern& part, Pattern& pattern) {
  pattern.text.append(part.text);
  pattern.is_wild.insert(pattern.is_wild.end(), part.is_wild.begin(), part.is_wild.end());
}

}  // namespace

boost::system::result<Template, TemplateError> ParseTemplate(std::string_view text,
                                                             const Reading& reading) {
  Template parsed;
  Pattern fixed;
  while (true) {
    const std::size_t open = reading.variables ? text.find(kOpen) : std::string_view::npos;
    fixed.Append(text.substr(0, open), reading.wildcards);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open + kOpen.size());
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) return TemplateError{"a variable has no closing brace"};
    const std::string_view inside = text.substr(0, close);
    text.remove_prefix(close + 1);
    if (inside == "*" || inside == "?" || inside == "$") {
      fixed.Append(inside, false);
      continue;
    }
    auto variable = ParseVariable(inside);
    if (!variable) return TemplateError{"'${" + std::string(inside) + "}' is no variable"};
    parsed.parts.emplace_back(std::exchange(fixed, {}));
    parsed.parts.emplace_back(*std::move(variable));
  }
  parsed.parts.emplace_back(std::move(fixed));
  return parsed;
}

std::optional<Pattern> Fill(const Template& text, const ConditionKeys& keys) {
  Pattern pattern;
  for (const auto& part : text.parts) {
    if (const auto* const fixed = std::get_if<Pattern>(&part)) {
      AppendPattern(*fixed, pattern);
    } else if (!AppendValue(std::get<Variable>(part), keys, pattern)) {
      return {};
    }
  }
  return pattern;
}

}  // namespace synthetics::api::iam
