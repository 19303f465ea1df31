#include "state/engine/cron_fields.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace synthetics::state {
namespace {

using ParsedSet = boost::system::result<CronSet, std::string>;

struct Field {
  std::string_view name;
  int first;
  int last;
  std::string_view values;
  // Of `?`, `/` and `#`; all fields have the others.
  std::string_view signs;
  // Of three letters each, from `first` on.
  std::string_view names;
  // What is no value and no range.
  std::optional<CronSet> (*special)(const Field& field, std::string_view text);
};

std::optional<int> NumberIn(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || text.starts_with('-')) return {};
  return number;
}

std::optional<int> ValueIn(const Field& field, std::string_view text) {
  const std::size_t place = text.size() == 3 ? field.names.find(text) : std::string_view::npos;
  if (place != std::string_view::npos && place % 3 == 0) {
    return field.first + static_cast<int>(place / 3);
  }
  const auto number = NumberIn(text);
  return number && *number >= field.first && *number <= field.last ? number : std::nullopt;
}

// Nothing for the second part where the sign is not there.
std::pair<std::string_view, std::optional<std::string_view>> SplitAt(std::string_view text,
                                                                     char sign) {
  const std::size_t place = text.find(sign);
  if (place == std::string_view::npos) return {text, {}};
  return {text.substr(0, place), text.substr(place + 1)};
}

std::vector<std::string_view> Split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  for (std::optional<std::string_view> rest = text; rest;) {
    auto [part, others] = SplitAt(*rest, sign);
    parts.push_back(part);
    rest = others;
  }
  return parts;
}

std::optional<CronSet> NoSpecial(const Field& /*field*/, std::string_view /*text*/) { return {}; }

std::optional<CronSet> SpecialDayOfMonth(const Field& field, std::string_view text) {
  if (text == "L") return CronBit(kLastDay);
  if (!text.ends_with('W')) return {};
  const auto day = ValueIn(field, text.substr(0, text.size() - 1));
  return day ? std::optional(CronBit(kNearestWorkday + *day)) : std::nullopt;
}

std::optional<CronSet> SpecialDayOfWeek(const Field& field, std::string_view text) {
  if (text == "L") return CronBit(field.last);
  const auto [name, number] = SplitAt(text, '#');
  const auto weekday = ValueIn(field, name);
  const auto which = NumberIn(number.value_or(""));
  if (!weekday || !which || *which < 1 || *which > 5) return {};
  return CronBit(*which * kNthWeekday + *weekday);
}

constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
constexpr std::string_view kWeekdays = "SUNMONTUEWEDTHUFRISAT";

// In the order of an expression, which has the year for its sixth.
constexpr std::array<Field, 5> kFields{{
    {"minutes", 0, 59, "0 to 59", "/", {}, &NoSpecial},
    {"hours", 0, 23, "0 to 23", "/", {}, &NoSpecial},
    {"day-of-month", 1, 31, "1 to 31, 1W to 31W or L", "?/", {}, &SpecialDayOfMonth},
    {"month", 1, 12, "1 to 12 or JAN to DEC", "/", kMonths, &NoSpecial},
    {"day-of-week", 1, 7, "1 to 7 or SUN to SAT, these with #1 to #5, or L", "?#", kWeekdays,
     &SpecialDayOfWeek},
}};

std::string Quoted(std::string_view name, std::string_view text) {
  return std::string(name) + " '" + std::string(text) + "'";
}

// Values and ranges, and steps through them.
ParsedSet ParseRange(const Field& field, std::string_view text) {
  const auto [range, step] = SplitAt(text, '/');
  const auto [from, to] = SplitAt(range, '-');
  const int by = step ? NumberIn(*step).value_or(0) : 1;
  if (by < 1) return "a step must be a number from 1 on.";
  auto first = ValueIn(field, from);
  auto last = to ? ValueIn(field, *to) : step ? std::optional(field.last) : first;
  if (range == "*") {
    first = field.first;
    last = field.last;
  }
  if (!first || !last) return "expected " + std::string(field.values) + ".";
  if (*last < *first) return "a range must run upwards.";
  CronSet set = 0;
  // A step beyond the field leaves the first value, whatever its length.
  for (int value = *first; value <= *last; value += std::min(by, 60)) set |= CronBit(value);
  return set;
}

ParsedSet ParseElement(const Field& field, std::string_view text, bool is_alone) {
  for (const char sign : std::string_view("?/#")) {
    if (text.find(sign) != std::string_view::npos &&
        field.signs.find(sign) == std::string_view::npos) {
      return std::string("'") + sign + "' is not known in this field.";
    }
  }
  if (!is_alone && (text == "*" || text == "?")) return "must stand alone.";
  if (text == "?") return CronSet{0};
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char letter) {
    return static_cast<char>(std::toupper(letter));
  });
  if (const auto special = field.special(field, upper)) return *special;
  return ParseRange(field, upper);
}

ParsedSet ParseField(const Field& field, std::string_view text) {
  const auto elements = Split(text, ',');
  CronSet set = 0;
  for (const std::string_view element : elements) {
    const ParsedSet parsed = ParseElement(field, element, elements.size() == 1);
    if (!parsed) return Quoted(field.name, element) + ": " + parsed.error();
    set |= *parsed;
  }
  return set;
}

}  // namespace

boost::system::result<CronFields, std::string> ParseCronFields(std::string_view text) {
  auto texts = Split(text, ' ');
  std::erase(texts, "");
  if (texts.size() != kFields.size() + 1) {
    return "expected the six fields minutes, hours, day-of-month, month, day-of-week and year, "
           "not " +
           std::to_string(texts.size()) + ".";
  }
  CronFields fields;
  for (std::size_t index = 0; index < fields.sets.size(); ++index) {
    const ParsedSet parsed = ParseField(kFields[index], texts[index]);
    if (!parsed) return parsed.error();
    fields.sets[index] = *parsed;
  }
  if (texts[5] != "*") return Quoted("year", texts[5]) + ": must be '*'.";
  fields.days = Quoted("day-of-month", texts[2]) + ", " + Quoted("day-of-week", texts[4]);
  if ((texts[2] == "?") == (texts[4] == "?")) {
    return fields.days + ": exactly one of the two must be '?'.";
  }
  fields.days += ", " + Quoted("month", texts[3]);
  return fields;
}

}  // namespace synthetics::state
