#include "state/engine/cron.hpp"

#include <algorithm>
#include <bit>

namespace synthetics::state {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;

// In minutes; also what stands for the step of a set that has none.
constexpr int kDay = 24 * 60;
constexpr int kNever = 1'000'000;

constexpr CronSet Span(int first, int last) { return CronBit(last + 1) - CronBit(first); }
constexpr CronSet From(CronSet set, int first) { return set >> first << first; }
constexpr int Lowest(CronSet set) { return std::countr_zero(set); }
constexpr int Highest(CronSet set) { return 63 - std::countl_zero(set); }

int ShortestStep(CronSet set) {
  int shortest = kNever;
  for (int value = Lowest(set); value < Highest(set);) {
    const int next = Lowest(From(set, value + 1));
    shortest = std::min(shortest, next - value);
    value = next;
  }
  return shortest;
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

Cron::Cron(const std::array<CronSet, 5>& fields)
    : minutes_(fields[0]),
      hours_(fields[1]),
      days_of_month_(fields[2]),
      months_(fields[3]),
      days_of_week_(fields[4]) {}

boost::system::result<Cron, std::string> Cron::Parse(std::string_view fields) {
  const auto parsed = ParseCronFields(fields);
  if (!parsed) return parsed.error();
  const Cron cron(parsed->sets);
  if (!cron.RunsEveryYear()) {
    return parsed->days + ": no match within a year, in some years or in all.";
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

CronSet Cron::DaysIn(year_month month) const {
  if ((months_ & CronBit(static_cast<int>(unsigned{month.month()}))) == 0) return 0;
  const auto length = static_cast<int>(unsigned{(month / std::chrono::last).day()});
  const auto first = static_cast<int>(std::chrono::weekday{month / 1}.c_encoding());
  CronSet found = days_of_month_;
  if ((days_of_month_ & CronBit(kLastDay)) != 0) found |= CronBit(length);
  for (int day = 1; day <= length; ++day) {
    const int weekday = (first + day - 1) % 7 + 1;
    const int which = (day - 1) / 7 + 1;
    if ((days_of_week_ & (CronBit(weekday) | CronBit(which * kNthWeekday + weekday))) != 0)
      found |= CronBit(day);
    if ((days_of_month_ & CronBit(kNearestWorkday + day)) != 0) {
      found |= CronBit(NearestWorkday(day, weekday, length));
    }
  }
  return found & Span(1, length);
}

sys_days Cron::FirstDay(sys_days from) const {
  const std::chrono::year_month_day date{from};
  year_month month = date.year() / date.month();
  CronSet found = From(DaysIn(month), static_cast<int>(unsigned{date.day()}));
  while (found == 0) found = DaysIn(month += months{1});
  return month / Lowest(found);
}

minutes Cron::FirstTime(minutes from) const {
  const auto hour = static_cast<int>(from.count() / 60);
  const CronSet left = From(minutes_, static_cast<int>(from.count() % 60));
  if ((hours_ & CronBit(hour)) != 0 && left != 0) return minutes{hour * 60 + Lowest(left)};
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
