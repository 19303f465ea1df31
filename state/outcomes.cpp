#include "state/outcomes.hpp"

#include <charconv>

#include "state/names.hpp"

namespace synthetics::state {
namespace {

template <class Number>
std::optional<Number> NumberIn(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) return {};
  return number;
}

bool ApplyOutcomeTag(OutcomeRule& rule, std::string_view value) {
  constexpr std::string_view kEvery = "fail-every-";
  constexpr std::string_view kRate = "fail-rate-";
  if (value == "FAILED") rule.failure_rate = 1;
  if (value == "PASSED" || value == "FAILED") return true;
  if (value.starts_with(kEvery)) {
    rule.fail_every = NumberIn<std::int64_t>(value.substr(kEvery.size()));
    return rule.fail_every && *rule.fail_every > 0;
  }
  if (!value.starts_with(kRate)) return false;
  rule.failure_rate = NumberIn<double>(value.substr(kRate.size())).value_or(-1);
  return rule.failure_rate >= 0 && rule.failure_rate <= 1;
}

bool ApplyDurationTag(OutcomeRule& rule, std::string_view value) {
  const auto milliseconds = NumberIn<std::int64_t>(value);
  if (!milliseconds || *milliseconds < 0 || *milliseconds > kLongestOutcome.count()) return false;
  rule.shortest = Duration{*milliseconds};
  rule.longest = rule.shortest;
  return true;
}

}  // namespace

std::string_view Name(Then then) { return NameIn(kThenNames, then); }
std::optional<Then> ParseThen(std::string_view name) { return ValueIn(kThenNames, name); }

std::optional<OutcomeRule> RuleOfTags(std::string_view outcome, std::string_view duration_ms) {
  OutcomeRule by_outcome;
  const bool has_outcome = ApplyOutcomeTag(by_outcome, outcome);
  OutcomeRule rule = has_outcome ? by_outcome : OutcomeRule{};
  const bool has_duration = ApplyDurationTag(rule, duration_ms);
  if (!has_outcome && !has_duration) return {};
  return rule;
}

}  // namespace synthetics::state
