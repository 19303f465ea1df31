#include "state/engine/cron.hpp"

#include <cctype>
#include <cstdlib>
#include <random>
#include <vector>

#include "state/engine/schedule.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::state;
using std::string;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

namespace {

string After(const string& fields, const string& previous) {
  const auto cron = Cron::Parse(fields);
  if (!cron) return cron.error();
  return ToIso(cron->Next(ParseIso(previous).value()));
}

// What a month's days are, as numbers.
std::vector<unsigned> DaysIn(const string& day_fields, int year, unsigned month) {
  const auto cron = Cron::Parse("0 0 " + day_fields + " *");
  if (!cron) throw std::logic_error(cron.error());
  const auto from = std::chrono::year{year} / std::chrono::month{month};
  std::vector<unsigned> found;
  Instant at = cron->Next(sys_days{from / 1} - Duration{1});
  for (; at < sys_days{(from + months{1}) / 1}; at = cron->Next(at)) {
    found.push_back(unsigned{year_month_day{std::chrono::floor<days>(at)}.day()});
  }
  return found;
}

string Refused(const string& fields) {
  const auto cron = Cron::Parse(fields);
  return cron ? "not refused" : cron.error();
}

using Days = std::vector<unsigned>;

}  // namespace

TEST_CASE("Cron: the documented examples") {
  const auto [fields, previous, next] = GENERATE(table<string, string, string>({
      {"0 10 * * ? *", "2026-01-01T00:00:00Z", "2026-01-01T10:00:00Z"},
      {"0 10 * * ? *", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"},
      {"15 12 * * ? *", "2026-12-31T12:15:00.001Z", "2027-01-01T12:15:00Z"},
      {"0 18 ? * MON-FRI *", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00Z"},
      {"0 8 1 * ? *", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"},
      {"0/10 * ? * MON-SAT *", "2026-01-03T23:49:59.999Z", "2026-01-03T23:50:00Z"},
      {"0/10 * ? * MON-SAT *", "2026-01-03T23:50:00Z", "2026-01-05T00:00:00Z"},
      {"0/5 8-17 ? * MON-FRI *", "2026-01-05T17:54:00Z", "2026-01-05T17:55:00Z"},
      {"0/5 8-17 ? * MON-FRI *", "2026-01-05T17:55:00Z", "2026-01-06T08:00:00Z"},
  }));
  CAPTURE(fields, previous);
  REQUIRE(After(fields, previous) == next);
}

TEST_CASE("Cron: lists, ranges and steps of minutes, hours and months") {
  const auto [fields, previous, next] = GENERATE(table<string, string, string>({
      {"5,50 * * * ? *", "2026-01-01T00:05:00Z", "2026-01-01T00:50:00Z"},
      {"5,50 * * * ? *", "2026-01-01T00:50:00Z", "2026-01-01T01:05:00Z"},
      {"10-12 3 * * ? *", "2026-01-01T03:11:59Z", "2026-01-01T03:12:00Z"},
      {"10-12 3 * * ? *", "2026-01-01T03:12:00Z", "2026-01-02T03:10:00Z"},
      {"50/4 * * * ? *", "2026-01-01T00:54:00Z", "2026-01-01T00:58:00Z"},
      {"50/4 * * * ? *", "2026-01-01T00:58:00Z", "2026-01-01T01:50:00Z"},
      {"*/25 * * * ? *", "2026-01-01T00:50:00Z", "2026-01-01T01:00:00Z"},
      {"7/2147483647 * * * ? *", "2026-01-01T00:07:00Z", "2026-01-01T01:07:00Z"},
      {"0 1-9/4,22 * * ? *", "2026-01-01T05:00:00Z", "2026-01-01T09:00:00Z"},
      {"0 1-9/4,22 * * ? *", "2026-01-01T09:00:00Z", "2026-01-01T22:00:00Z"},
      {"59 23 31 12 ? *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"},
      {"0 0 1 feb,Nov ? *", "2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z"},
      {"0 0 1 JAN-MAR/2 ? *", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"},
      {"0 0 1 */6 ? *", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"},
      {"  0   10 *  * ? *  ", "2026-01-01T00:00:00Z", "2026-01-01T10:00:00Z"},
  }));
  CAPTURE(fields, previous);
  REQUIRE(After(fields, previous) == next);
}

// 2026: January and August begin on a Thursday and a Saturday, February and March on a Sunday.
TEST_CASE("Cron: days of a month") {
  REQUIRE(DaysIn("1/10 * ?", 2026, 1) == Days{1, 11, 21, 31});
  REQUIRE(DaysIn("*/15 * ?", 2026, 2) == Days{1, 16});
  REQUIRE(DaysIn("2-8/3,30 * ?", 2026, 2) == Days{2, 5, 8});
  REQUIRE(DaysIn("L * ?", 2026, 2) == Days{28});
  REQUIRE(DaysIn("L * ?", 2028, 2) == Days{29});
  REQUIRE(DaysIn("1,l * ?", 2100, 2) == Days{1, 28});
  REQUIRE(DaysIn("29 * ?", 2026, 2).empty());
}

TEST_CASE("Cron: nW is the weekday nearest the n-th, in the same month") {
  REQUIRE(DaysIn("15W * ?", 2026, 1) == Days{15});   // a Thursday
  REQUIRE(DaysIn("3W * ?", 2026, 1) == Days{2});     // a Saturday
  REQUIRE(DaysIn("4W * ?", 2026, 1) == Days{5});     // a Sunday
  REQUIRE(DaysIn("1W * ?", 2026, 8) == Days{3});     // a Saturday
  REQUIRE(DaysIn("1W * ?", 2026, 2) == Days{2});     // a Sunday
  REQUIRE(DaysIn("31W * ?", 2026, 5) == Days{29});   // a Sunday
  REQUIRE(DaysIn("31W * ?", 2026, 1) == Days{30});   // a Saturday
  REQUIRE(DaysIn("29W,5 * ?", 2026, 2) == Days{5});  // there is none
  REQUIRE(DaysIn("28w,L,1 * ?", 2026, 2) == Days{1, 27, 28});
}

TEST_CASE("Cron: days of a week") {
  REQUIRE(DaysIn("? * 1", 2026, 1) == Days{4, 11, 18, 25});
  REQUIRE(DaysIn("? * fri-SAT", 2026, 2) == Days{6, 7, 13, 14, 20, 21, 27, 28});
  REQUIRE(DaysIn("? * L", 2026, 1) == Days{3, 10, 17, 24, 31});
  REQUIRE(DaysIn("? * 3#2", 2026, 1) == Days{13});
  REQUIRE(DaysIn("? * THU#5,SUN#1", 2026, 1) == Days{4, 29});
  REQUIRE(DaysIn("? * THU#5,SUN#1", 2026, 2) == Days{1});
  REQUIRE(DaysIn("? 2 *", 2026, 2).size() == 28);
}

TEST_CASE("Cron: what is refused is named") {
  const auto [fields, sentence] = GENERATE(table<string, string>({
      {"60 * * * ? *", "minutes '60': expected 0 to 59."},
      {"-1 * * * ? *", "minutes '-1': expected 0 to 59."},
      {"+1 * * * ? *", "minutes '+1': expected 0 to 59."},
      {"1.5 * * * ? *", "minutes '1.5': expected 0 to 59."},
      {"99999999999 * * * ? *", "minutes '99999999999': expected 0 to 59."},
      {"1,,2 * * * ? *", "minutes '': expected 0 to 59."},
      {"L * * * ? *", "minutes 'L': expected 0 to 59."},
      {"? * * * ? *", "minutes '?': '?' is not known in this field."},
      {"*,5 * * * ? *", "minutes '*': must stand alone."},
      {"*-5 * * * ? *", "minutes '*-5': expected 0 to 59."},
      {"5/0 * * * ? *", "minutes '5/0': a step must be a number from 1 on."},
      {"5/ * * * ? *", "minutes '5/': a step must be a number from 1 on."},
      {"5/-1 * * * ? *", "minutes '5/-1': a step must be a number from 1 on."},
      {"1-5-7 * * * ? *", "minutes '1-5-7': expected 0 to 59."},
      {"0 24 * * ? *", "hours '24': expected 0 to 23."},
      {"0 22-4 * * ? *", "hours '22-4': a range must run upwards."},
      {"0 10 0 * ? *", "day-of-month '0': expected 1 to 31, 1W to 31W or L."},
      {"0 10 32W * ? *", "day-of-month '32W': expected 1 to 31, 1W to 31W or L."},
      {"0 10 1-15W * ? *", "day-of-month '1-15W': expected 1 to 31, 1W to 31W or L."},
      {"0 10 LW * ? *", "day-of-month 'LW': expected 1 to 31, 1W to 31W or L."},
      {"0 10 1,? * 2 *", "day-of-month '?': must stand alone."},
      {"0 10 3#2 * ? *", "day-of-month '3#2': '#' is not known in this field."},
      {"0 10 * 13 ? *", "month '13': expected 1 to 12 or JAN to DEC."},
      {"0 10 * ANF ? *", "month 'ANF': expected 1 to 12 or JAN to DEC."},
      {"0 10 * MON ? *", "month 'MON': expected 1 to 12 or JAN to DEC."},
      {"0 10 ? * 0 *",
       "day-of-week '0': expected 1 to 7 or SUN to SAT, these with #1 to #5, or L."},
      {"0 10 ? * MON#6 *",
       "day-of-week 'MON#6': expected 1 to 7 or SUN to SAT, these with #1 to #5, or L."},
      {"0 10 ? * MON-FRI#2 *",
       "day-of-week 'MON-FRI#2': expected 1 to 7 or SUN to SAT, these with #1 to #5, or L."},
      {"0 10 ? * 2W *",
       "day-of-week '2W': expected 1 to 7 or SUN to SAT, these with #1 to #5, or L."},
      {"0 10 ? * SUN,MON/2 *", "day-of-week 'MON/2': '/' is not known in this field."},
      {"0 10 ? * FRI-MON *", "day-of-week 'FRI-MON': a range must run upwards."},
      {"0 10 * * ? 2026", "year '2026': must be '*'."},
      {"0 10 * * ? ?", "year '?': must be '*'."},
      {"0 10 * * * *", "day-of-month '*', day-of-week '*': exactly one of the two must be '?'."},
      {"0 10 1 * MON *",
       "day-of-month '1', day-of-week 'MON': exactly one of the two must be '?'."},
      {"0 10 ? * ? *", "day-of-month '?', day-of-week '?': exactly one of the two must be '?'."},
  }));
  CAPTURE(fields);
  REQUIRE(Refused(fields) == sentence);
}

TEST_CASE("Cron: six fields, no more and no fewer") {
  const auto [fields, count] = GENERATE(table<string, string>(
      {{"", "0"}, {"  ", "0"}, {"0 10 * * ?", "5"}, {"0 0 10 * * ? *", "7"}}));
  REQUIRE(Refused(fields) ==
          "expected the six fields minutes, hours, day-of-month, month, day-of-week and year, "
          "not " +
              count + ".");
}

TEST_CASE("Cron: what some year would not run has no match within a year") {
  const auto* const never =
      GENERATE("30 FEB ?", "31 4,6 ?", "29 2 ?", "29W 2 ?", "31W 11 ?", "? 2 MON#5", "? 1 WED#5");
  REQUIRE(Refused(string("0 0 ") + never + " *").find("no match within a year") != string::npos);
  const auto* const always = GENERATE("28,29 2 ?", "L 2 ?", "28W 2 ?", "? * MON#5", "? 2 MON#4");
  REQUIRE(Refused(string("0 0 ") + always + " *") == "not refused");
}

TEST_CASE("Cron: up to the end of time and beyond") {
  REQUIRE(After("0 0 1 1 ? *", ToIso(kEndOfTime)) == "9000-01-01T00:00:00Z");
  REQUIRE(After("0 0 ? 2 MON#1 *", ToIso(kEndOfTime)) == "9000-02-03T00:00:00Z");
}

TEST_CASE("Cron: the shortest gap is the shortest time between two that follow each other") {
  const auto [fields, gap] = GENERATE(table<string, int>({
      {"* * * * ? *", 1},
      {"0/10 * ? * MON-SAT *", 10},
      {"0/7 * * * ? *", 4},             // 56 to 0 of the next hour
      {"0/7 */2 * * ? *", 7},           // there is no next hour
      {"0,59 23,0 * * ? *", 1},         // across midnight
      {"0,59 23,0 1 * ? *", 59},        // the days are apart
      {"0,59 23,0 1,L * ? *", 1},       // from month to month
      {"0,59 23,0 ? * SUN,SAT *", 1},   // from week to week
      {"0,59 23,0 ? * SUN,TUE *", 59},  //
      {"5 8,18 * * ? *", 600},
      {"0 10 * * ? *", 1440},
      {"0 10 ? * MON *", 7 * 1440},
      {"0 0 1 * ? *", 28 * 1440},
      {"0 0 1 1 ? *", 365 * 1440},
  }));
  CAPTURE(fields);
  REQUIRE(Cron::Parse(fields)->ShortestGap() == minutes{gap});
}

// What follows reads the text of the fields anew for each value and each day, and tries one after
// the other.
namespace {

const string kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
const string kWeekdays = "SUNMONTUEWEDTHUFRISAT";

std::vector<string> Parts(const string& text, char sign) {
  std::vector<string> parts(1);
  for (const char c : text) {
    if (c == sign) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

int ToNumber(const string& text) {
  if (std::isdigit(text.front()) != 0) return std::atoi(text.c_str());
  string upper;
  for (const char c : text) upper += static_cast<char>(std::toupper(c));
  const auto& names = kMonths.find(upper) != string::npos ? kMonths : kWeekdays;
  return static_cast<int>(names.find(upper) / 3) + 1;
}

bool IsInElement(const string& element, int value, int lowest, int highest) {
  const auto steps = Parts(element, '/');
  const auto ends = Parts(steps[0], '-');
  const int from = steps[0] == "*" ? lowest : ToNumber(ends[0]);
  int to = from;
  if (steps[0] == "*" || steps.size() > 1) to = highest;
  if (ends.size() > 1) to = ToNumber(ends[1]);
  const int by = steps.size() > 1 ? ToNumber(steps[1]) : 1;
  return value >= from && value <= to && (value - from) % by == 0;
}

bool IsIn(const string& field, int value, int lowest, int highest) {
  for (const string& element : Parts(field, ',')) {
    if (IsInElement(element, value, lowest, highest)) return true;
  }
  return false;
}

std::chrono::month MonthOf(sys_days day) { return year_month_day{day}.month(); }
int DayOf(sys_days day) { return static_cast<int>(unsigned{year_month_day{day}.day()}); }
bool IsWorkday(sys_days day) {
  const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
  return weekday < 6;
}

bool IsNearestWorkday(sys_days day, int wanted) {
  const sys_days middle = day + days{wanted - DayOf(day)};
  if (MonthOf(middle) != MonthOf(day) || !IsWorkday(day)) return false;
  for (sys_days other = day - days{4}; other <= day + days{4}; other += days{1}) {
    if (MonthOf(other) == MonthOf(day) && IsWorkday(other) &&
        std::chrono::abs(other - middle) < std::chrono::abs(day - middle)) {
      return false;
    }
  }
  return true;
}

bool FitsMonthDay(const string& element, sys_days day) {
  if (element == "L") return MonthOf(day + days{1}) != MonthOf(day);
  if (element.back() == 'W') return IsNearestWorkday(day, std::atoi(element.c_str()));
  return IsInElement(element, DayOf(day), 1, 31);
}

bool FitsWeekday(const string& element, sys_days day) {
  const int weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding()) + 1;
  if (element == "L") return weekday == 7;
  const auto parts = Parts(element, '#');
  if (parts.size() == 1) return IsInElement(element, weekday, 1, 7);
  const int which = std::atoi(parts[1].c_str());
  return ToNumber(parts[0]) == weekday && MonthOf(day - days{7 * which}) != MonthOf(day) &&
         MonthOf(day - days{7 * (which - 1)}) == MonthOf(day);
}

bool FitsDay(const std::vector<string>& fields, sys_days day) {
  for (const string& element : Parts(fields[2], ',')) {
    if (element != "?" && FitsMonthDay(element, day)) return true;
  }
  for (const string& element : Parts(fields[4], ',')) {
    if (element != "?" && FitsWeekday(element, day)) return true;
  }
  return false;
}

bool FitsMonth(const std::vector<string>& fields, sys_days day) {
  return IsIn(fields[3], static_cast<int>(unsigned{MonthOf(day)}), 1, 12);
}

// The first day that fits in [from, end), or `end`.
sys_days TryDays(const std::vector<string>& fields, sys_days from, sys_days end) {
  for (sys_days day = from; day < end;) {
    const sys_days next_month =
        sys_days{(year_month_day{day}.year() / MonthOf(day) + months{1}) / 1};
    if (FitsMonth(fields, day)) {
      for (; day < next_month && day < end; day += days{1}) {
        if (FitsDay(fields, day)) return day;
      }
    }
    day = next_month;
  }
  return end;
}

Instant TryNext(const std::vector<string>& fields, Instant previous) {
  const auto today = std::chrono::floor<days>(previous);
  for (sys_days day = today;; day += days{1}) {
    day = TryDays(fields, day, today + days{800});
    if (day == today + days{800}) return {};
    for (int hour = 0; hour < 24; ++hour) {
      if (!IsIn(fields[1], hour, 0, 23)) continue;
      for (int minute = 0; minute < 60; ++minute) {
        const Instant at = day + std::chrono::hours{hour} + minutes{minute};
        if (at > previous && IsIn(fields[0], minute, 0, 59)) return at;
      }
    }
  }
}

bool TryEveryYear(const std::vector<string>& fields) {
  for (int year = 2000; year < 2028; ++year) {
    const auto from = sys_days{std::chrono::year{year} / 1 / 1};
    const auto end = sys_days{std::chrono::year{year + 1} / 1 / 1};
    if (TryDays(fields, from, end) == end) return false;
  }
  return true;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  int Number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  std::vector<string> Fields() {
    const bool is_by_month = Chance(2);
    return {List(0, 59, {}, true),
            List(0, 23, {}, true),
            is_by_month ? List(1, 31, {}, true) : "?",
            List(1, 12, kMonths, true),
            is_by_month ? "?" : List(1, 7, kWeekdays, false),
            "*"};
  }

  // Few days, which some years may not have.
  std::vector<string> RareFields() {
    const bool is_by_month = Chance(2);
    const string late = std::to_string(Number(27, 31)) + (Chance(2) ? "W" : "");
    const string fifth = Value(1, 7, kWeekdays) + "#" + std::to_string(Number(4, 5));
    return {"0",
            "0",
            is_by_month ? late : "?",
            Value(1, 12, kMonths) + (Chance(3) ? "," + Value(1, 12, kMonths) : ""),
            is_by_month ? "?" : fifth,
            "*"};
  }

  // Anywhere, but half of the time near the end of a minute, near the end of a month.
  Instant Start() {
    auto anywhere = std::uniform_int_distribution<std::int64_t>(0, ToMilliseconds(kEndOfTime));
    const Instant start = FromMilliseconds(anywhere(random_));
    if (Chance(2)) return start;
    const int year = Number(1970, 8999);
    const int century_or_not = Chance(4) ? year / 100 * 100 + 100 * (year < 2000) : year;
    const auto month = std::chrono::month{static_cast<unsigned>(Chance(2) ? Number(1, 3) : 12)};
    const auto end = sys_days{std::chrono::year{century_or_not} / month / std::chrono::last};
    return end + days{Number(-1, 1)} + minutes{Number(0, 2) * 720} + Duration{Number(-1, 1)};
  }

 private:
  bool Chance(int of) { return Number(1, of) == 1; }

  string Value(int lowest, int highest, const string& names) {
    const int value = Number(lowest, highest);
    if (names.empty() || Chance(2)) return std::to_string(value);
    string name = names.substr(static_cast<std::size_t>(value - 1) * 3, 3);
    if (Chance(2)) name[1] = static_cast<char>(std::tolower(name[1]));
    return name;
  }

  string Element(int lowest, int highest, const string& names, bool has_steps) {
    const int kind = Number(0, 7);
    if (kind == 0 && highest == 31) return "L";
    if (kind == 1 && highest == 31) return std::to_string(Number(1, 31)) + "W";
    if (kind == 0 && highest == 7) return "L";
    if (kind < 3 && highest == 7) return Value(1, 7, names) + "#" + std::to_string(Number(1, 5));
    const string step = "/" + std::to_string(Number(1, highest + 3));
    if (kind == 3 && has_steps) return Value(lowest, highest, names) + step;
    if (kind == 4 && has_steps) return "*" + step;
    if (kind < 5) return Value(lowest, highest, names);
    const int middle = Number(lowest, highest);
    return Value(lowest, middle, names) + "-" + Value(middle, highest, names) +
           (kind == 5 && has_steps ? step : "");
  }

  string List(int lowest, int highest, const string& names, bool has_steps) {
    if (Chance(4)) return "*";
    string list = Element(lowest, highest, names, has_steps);
    while (Chance(2)) list += "," + Element(lowest, highest, names, has_steps);
    return list;
  }

  std::mt19937 random_;
};

string Joined(const std::vector<string>& fields) {
  string text;
  for (const string& field : fields) text += (text.empty() ? "" : " ") + field;
  return text;
}

}  // namespace

TEST_CASE("Cron: agrees with trying days and minutes one by one") {
  Generator generator(GENERATE(range(1u, 5u)));
  for (int round = 0; round < 1000; ++round) {
    const auto fields = generator.Fields();
    CAPTURE(Joined(fields));
    const auto cron = Cron::Parse(Joined(fields));
    if (!cron) {
      REQUIRE_FALSE(TryEveryYear(fields));
      continue;
    }
    Instant at = generator.Start();
    for (int run = 0; run < 2; ++run) {
      CAPTURE(ToIso(at));
      const Instant next = cron->Next(at);
      REQUIRE(ToIso(next) == ToIso(TryNext(fields, at)));
      at = next;
    }
  }
}

TEST_CASE("Cron: is refused exactly where trying each day of some year finds none") {
  Generator generator(1);
  for (int round = 0; round < 300; ++round) {
    const auto fields = generator.RareFields();
    CAPTURE(Joined(fields));
    REQUIRE(Cron::Parse(Joined(fields)).has_value() == TryEveryYear(fields));
  }
}

TEST_CASE(
    "Cron: no two that follow each other are closer than the shortest gap, and some are not") {
  Generator generator(2);
  for (int round = 0; round < 60; ++round) {
    auto fields = generator.Fields();
    // Few a day, so that all of 28 years are walked quickly.
    fields[0] = std::to_string(generator.Number(0, 59));
    fields[1] = generator.Number(0, 1) == 0 ? "0,23" : "7";
    fields[3] = generator.Number(0, 2) == 0 ? "1,12" : "2-4/2";
    CAPTURE(Joined(fields));
    const auto cron = Cron::Parse(Joined(fields));
    if (!cron) continue;
    Instant at = cron->Next(sys_days{std::chrono::year{2000} / 1 / 1} - Duration{1});
    auto shortest = Duration::max();
    while (at < sys_days{std::chrono::year{2028} / 1 / 1}) {
      const Instant next = cron->Next(at);
      shortest = std::min(shortest, next - at);
      at = next;
    }
    REQUIRE(cron->ShortestGap() == shortest);
  }
}
