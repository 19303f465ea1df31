#include "state/engine/cron.hpp"

#include <algorithm>
#include <bit>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace synthetics::state {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;

using Set = std::uint64_t;
using ParsedSet = boost::system::result<Set, std::string>;

// Bits of the days of a month, besides 1 to 31: `L`, and `nW` at kNearest + n.
constexpr int kLast = 0;
constexpr int kNearest = 32;
// Bits of the days of a week, besides 1 to 7: `d#n` at n * kWhich + d.
constexpr int kWhich = 8;

// In minutes; also what stands for the step of a set that has none.
constexpr int kDay = 24 * 60;
constexpr int kNever = 1'000'000;

constexpr Set Bit(int value) { return Set{1} << value; }
constexpr Set Span(int first, int last) { return Bit(last + 1) - Bit(first); }
constexpr Set From(Set set, int first) { return set >> first << first; }
constexpr int Lowest(Set set) { return std::countr_zero(set); }
constexpr int Highest(Set set) { return 63 - std::countl_zero(set); }

int ShortestStep(Set set) {
  int shortest = kNever;
  for (int value = Lowest(set); value < Highest(set);) {
    const int next = Lowest(From(set, value + 1));
    shortest = std::min(shortest, next - value);
    value = next;
  }
  return shortest;
}

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
  std::optional<Set> (*special)(const Field& field, std::string_view text);
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

std::optional<Set> NoSpecial(const Field& /*field*/, std::string_view /*text*/) { return {}; }

std::optional<Set> SpecialDayOfMonth(const Field& field, std::string_view text) {
  if (text == "L") return Bit(kLast);
  if (!text.ends_with('W')) return {};
  const auto day = ValueIn(field, text.substr(0, text.size() - 1));
  return day ? std::optional(Bit(kNearest + *day)) : std::nullopt;
}

std::optional<Set> SpecialDayOfWeek(const Field& field, std::string_view text) {
  if (text == "L") return Bit(field.last);
  const auto [name, number] = SplitAt(text, '#');
  const auto weekday = ValueIn(field, name);
  const auto which = NumberIn(number.value_or(""));
  if (!weekday || !which || *which < 1 || *which > 5) return {};
  return Bit(*which * kWhich + *weekday);
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
  Set set = 0;
  // A step beyond the field leaves the first value, whatever its length.
  for (int value = *first; value <= *last; value += std::min(by, 60)) set |= Bit(value);
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
  if (text == "?") return Set{0};
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char letter) {
    return static_cast<char>(std::toupper(letter));
  });
  if (const auto special = field.special(field, upper)) return *special;
  return ParseRange(field, upper);
}

ParsedSet ParseField(const Field& field, std::string_view text) {
  const auto elements = Split(text, ',');
  Set set = 0;
  for (const std::string_view element : elements) {
    const ParsedSet parsed = ParseElement(field, element, elements.size() == 1);
    if (!parsed) return Quoted(field.name, element) + ": " + parsed.error();
    set |= *parsed;
  }
  return set;
}

// 28 years in a row have each kind of year, of seven first weekdays with and without a leap day,
// and each pair of kinds that may follow each other.
constexpr std::chrono::year kFirstYear{2000};
constexpr std::chrono::years kCycle{28};

// A weekday is 1 to 7, from Sunday on.
int NearestWorkday(int day, int weekday, int length) {
  if (weekday == 7) return day == 1 ? 3 : day - 1;
  if (weekday == 1) return day == length ? day - 2 : day + 1;
  return day;
}

}  // namespace

Cron::Cron(const std::array<Set, 5>& fields)
    : minutes_(fields[0]),
      hours_(fields[1]),
      days_of_month_(fields[2]),
      months_(fields[3]),
      days_of_week_(fields[4]) {}

boost::system::result<Cron, std::string> Cron::Parse(std::string_view fields) {
  auto texts = Split(fields, ' ');
  std::erase(texts, "");
  if (texts.size() != kFields.size() + 1) {
    return "expected the six fields minutes, hours, day-of-month, month, day-of-week and year, "
           "not " +
           std::to_string(texts.size()) + ".";
  }
  std::array<Set, kFields.size()> sets{};
  for (std::size_t index = 0; index < sets.size(); ++index) {
    const ParsedSet parsed = ParseField(kFields[index], texts[index]);
    if (!parsed) return parsed.error();
    sets[index] = *parsed;
  }
  if (texts[5] != "*") return Quoted("year", texts[5]) + ": must be '*'.";
  const std::string both_days =
      Quoted("day-of-month", texts[2]) + ", " + Quoted("day-of-week", texts[4]);
  if ((texts[2] == "?") == (texts[4] == "?")) {
    return both_days + ": exactly one of the two must be '?'.";
  }
  const Cron cron(sets);
  if (!cron.RunsEveryYear()) {
    return both_days + ", " + Quoted("month", texts[3]) +
           ": no match within a year, in some years or in all.";
  }
  return cron;
}

Instant Cron::Next(Instant previous) const {
  const auto from = std::chrono::floor<minutes>(previous) + minutes{1};
  const auto today = std::chrono::floor<days>(from);
  if (FirstDay(today) == today) {
    const minutes time = FirstTime(from - today);
    if (time < days{1}) return today + time;
  }
  return FirstDay(today + days{1}) + FirstTime(minutes{0});
}

minutes Cron::ShortestGap() const {
  const int within_hour = Highest(minutes_) - Lowest(minutes_);
  const int within_day = (Highest(hours_) - Lowest(hours_)) * 60 + within_hour;
  const int gap = std::min(ShortestStep(minutes_), ShortestStep(hours_) * 60 - within_hour);
  // Spares most expressions the days of 28 years.
  if (kDay - within_day >= gap) return minutes{gap};
  return minutes{std::min(gap, ShortestStepOfDays() * kDay - within_day)};
}

bool Cron::RunsEveryYear() const {
  for (auto year = kFirstYear; year < kFirstYear + kCycle; ++year) {
    year_month month = year / 1;
    while (month.year() == year && DaysIn(month) == 0) month += months{1};
    if (month.year() != year) return false;
  }
  return true;
}

Cron::Set Cron::DaysIn(year_month month) const {
  if ((months_ & Bit(static_cast<int>(unsigned{month.month()}))) == 0) return 0;
  const auto length = static_cast<int>(unsigned{(month / std::chrono::last).day()});
  const auto first = static_cast<int>(std::chrono::weekday{month / 1}.c_encoding());
  Set found = days_of_month_;
  if ((days_of_month_ & Bit(kLast)) != 0) found |= Bit(length);
  for (int day = 1; day <= length; ++day) {
    const int weekday = (first + day - 1) % 7 + 1;
    const int which = (day - 1) / 7 + 1;
    if ((days_of_week_ & (Bit(weekday) | Bit(which * kWhich + weekday))) != 0) found |= Bit(day);
    if ((days_of_month_ & Bit(kNearest + day)) != 0) {
      found |= Bit(NearestWorkday(day, weekday, length));
    }
  }
  return found & Span(1, length);
}

sys_days Cron::FirstDay(sys_days from) const {
  const std::chrono::year_month_day date{from};
  year_month month = date.year() / date.month();
  Set found = From(DaysIn(month), static_cast<int>(unsigned{date.day()}));
  while (found == 0) found = DaysIn(month += months{1});
  return month / Lowest(found);
}

minutes Cron::FirstTime(minutes from) const {
  const auto hour = static_cast<int>(from.count() / 60);
  const Set left = From(minutes_, static_cast<int>(from.count() % 60));
  if ((hours_ & Bit(hour)) != 0 && left != 0) return minutes{hour * 60 + Lowest(left)};
  // The lowest of no hours is 64.
  return minutes{Lowest(From(hours_, hour + 1)) * 60 + Lowest(minutes_)};
}

int Cron::ShortestStepOfDays() const {
  int shortest = kNever;
  for (sys_days day = FirstDay(sys_days{kFirstYear / 1 / 1});
       day < sys_days{(kFirstYear + kCycle) / 1 / 1} && shortest > 1;) {
    const sys_days next = FirstDay(day + days{1});
    shortest = std::min(shortest, static_cast<int>((next - day).count()));
    day = next;
  }
  return shortest;
}

}  // namespace synthetics::state
