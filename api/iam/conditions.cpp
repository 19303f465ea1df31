#include "api/iam/conditions.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "api/base64.hpp"
#include "api/iam/addresses.hpp"
#include "api/iam/numbers.hpp"
#include "api/letters.hpp"

namespace synthetics::api::iam {
namespace {

bool IsText(const Pattern& wanted, std::string_view value) { return wanted.text == value; }

bool IsTextInAnyCase(const Pattern& wanted, std::string_view value) {
  return EqualsIgnoringCase(wanted.text, value);
}

bool IsLike(const Pattern& wanted, std::string_view value) { return Matches(wanted, value); }

// Both read as what `kParse` reads, and compared. What cannot be read is neither.
template <auto kParse, class Compare>
bool Compares(const Pattern& wanted, std::string_view value) {
  const auto left = kParse(value);
  const auto right = kParse(wanted.text);
  return left && right && Compare{}(*left, *right);
}

template <auto kParse>
bool Reads(std::string_view text) {
  return kParse(text).has_value();
}

bool IsWithin(const Pattern& wanted, std::string_view value) {
  const auto network = ParseNetwork(wanted.text);
  const auto address = ParseAddress(value);
  return network && address && Contains(*network, *address);
}

bool IsBoolean(std::string_view text) {
  return EqualsIgnoringCase(text, "true") || EqualsIgnoringCase(text, "false");
}

// One that has a variable in it is known only when it is asked for.
bool IsBooleanOrVariable(std::string_view text) {
  return IsBoolean(text) || text.starts_with("${");
}

constexpr Operator Text(std::string_view name, Operator::Match match, bool is_negated) {
  return {.name = name, .matches = match, .is_negated = is_negated, .has_variables = true};
}

constexpr Operator Wild(std::string_view name, Operator::Match match, bool is_negated) {
  Operator rule = Text(name, match, is_negated);
  rule.has_wildcards = true;
  return rule;
}

template <class Compare>
constexpr Operator Number(std::string_view name, bool is_negated = false) {
  return {.name = name,
          .matches = &Compares<ParseNumber, Compare>,
          .is_value = &Reads<ParseNumber>,
          .kind = "a number",
          .is_negated = is_negated};
}

template <class Compare>
constexpr Operator Date(std::string_view name, bool is_negated = false) {
  return {.name = name,
          .matches = &Compares<ParseDate, Compare>,
          .is_value = &Reads<ParseDate>,
          .kind = "a date",
          .is_negated = is_negated};
}

constexpr Operator Address(std::string_view name, bool is_negated) {
  return {.name = name,
          .matches = &IsWithin,
          .is_value = &Reads<ParseNetwork>,
          .kind = "an IP address or a range of them",
          .is_negated = is_negated};
}

constexpr bool kNegated = true;
constexpr bool kPlain = false;

constexpr std::array kOperators{
    Text("StringEquals", &IsText, kPlain),
    Text("StringNotEquals", &IsText, kNegated),
    Text("StringEqualsIgnoreCase", &IsTextInAnyCase, kPlain),
    Text("StringNotEqualsIgnoreCase", &IsTextInAnyCase, kNegated),
    Wild("StringLike", &IsLike, kPlain),
    Wild("StringNotLike", &IsLike, kNegated),
    Number<std::equal_to<>>("NumericEquals"),
    Number<std::equal_to<>>("NumericNotEquals", kNegated),
    Number<std::less<>>("NumericLessThan"),
    Number<std::less_equal<>>("NumericLessThanEquals"),
    Number<std::greater<>>("NumericGreaterThan"),
    Number<std::greater_equal<>>("NumericGreaterThanEquals"),
    Date<std::equal_to<>>("DateEquals"),
    Date<std::equal_to<>>("DateNotEquals", kNegated),
    Date<std::less<>>("DateLessThan"),
    Date<std::less_equal<>>("DateLessThanEquals"),
    Date<std::greater<>>("DateGreaterThan"),
    Date<std::greater_equal<>>("DateGreaterThanEquals"),
    Operator{.name = "Bool",
             .matches = &IsTextInAnyCase,
             .is_value = &IsBooleanOrVariable,
             .kind = "true or false",
             .has_variables = true},
    Operator{.name = "BinaryEquals",
             .matches = &Compares<DecodeBase64, std::equal_to<>>,
             .is_value = &Reads<DecodeBase64>,
             .kind = "base64"},
    Address("IpAddress", kPlain),
    Address("NotIpAddress", kNegated),
    Wild("ArnEquals", &MatchesArn, kPlain),
    Wild("ArnLike", &MatchesArn, kPlain),
    Wild("ArnNotEquals", &MatchesArn, kNegated),
    Wild("ArnNotLike", &MatchesArn, kNegated),
    Operator{.name = "Null", .is_value = &IsBoolean, .kind = "true or false"},
};

bool MatchesOne(const Condition& condition, const ConditionKeys& keys, std::string_view value) {
  return std::ranges::any_of(condition.values, [&](const Template& text) {
    const auto wanted = Fill(text, keys);
    return wanted && condition.rule->matches(*wanted, value);
  });
}

bool IsAbsentAsWanted(const Condition& condition, bool is_absent) {
  return std::ranges::any_of(condition.values, [&](const Template& wanted) {
    return EqualsIgnoringCase(std::get<Pattern>(wanted.parts.front()).text,
                              is_absent ? "true" : "false");
  });
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::span<const Operator> Operators() { return kOperators; }

std::optional<Condition> ParseOperator(std::string_view name) {
  constexpr std::string_view kIfExists = "IfExists";
  Condition condition;
  if (TakePrefix(name, "ForAnyValue:")) {
    condition.quantifier = Quantifier::kForAnyValue;
  } else if (TakePrefix(name, "ForAllValues:")) {
    condition.quantifier = Quantifier::kForAllValues;
  }
  condition.if_exists = name.ends_with(kIfExists);
  if (condition.if_exists) name.remove_suffix(kIfExists.size());
  const auto* const row = std::ranges::find(kOperators, name, &Operator::name);
  if (row == kOperators.end() || (row->matches == nullptr && condition.if_exists)) return {};
  condition.rule = row;
  return condition;
}

boost::system::result<Template, TemplateError> ParseConditionValue(const Operator& rule,
                                                                   std::string_view text,
                                                                   bool with_variables) {
  if (rule.is_value != nullptr && !rule.is_value(text)) {
    return TemplateError{"'" + std::string(text) + "' is not " + std::string(rule.kind)};
  }
  return ParseTemplate(
      text, {.wildcards = rule.has_wildcards, .variables = rule.has_variables && with_variables});
}

bool Holds(const Condition& condition, const ConditionKeys& keys) {
  const auto [first, last] = keys.equal_range(condition.key);
  const bool is_absent = first == last;
  if (condition.rule->matches == nullptr) return IsAbsentAsWanted(condition, is_absent);
  if (is_absent && condition.if_exists) return true;

  const bool is_negated = condition.rule->is_negated;
  const auto passes = [&](const auto& entry) {
    return MatchesOne(condition, keys, entry.second) != is_negated;
  };
  // To a quantifier, values that are all empty are no values (IAM guide, "Set operators").
  const auto is_empty = [](const auto& entry) { return entry.second.empty(); };
  const bool has_none = std::all_of(first, last, is_empty);
  switch (condition.quantifier) {
    case Quantifier::kForAnyValue:
      return !has_none && std::any_of(first, last, passes);
    case Quantifier::kForAllValues:
      return has_none || std::all_of(first, last, passes);
    case Quantifier::kNone:
      break;
  }
  // What is negated is so as a whole: it holds where there is no value, and fails for one that
  // matches.
  return is_negated ? std::all_of(first, last, passes) : std::any_of(first, last, passes);
}

}  // namespace synthetics::api::iam
