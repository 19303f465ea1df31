// What the inside of `cron(...)` means.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

#include "state/engine/cron_fields.hpp"
#include "state/instant.hpp"

namespace synthetics::state {

// Minutes of UTC at which something begins, some of them in every calendar year.
class Cron {
 public:
  // Reads minutes, hours, day-of-month, month, day-of-week and year, with blanks between. Fields,
  // values, specials and that exactly one of the two days is `?` are documented; what is left open
  // is our reading: case does not matter, `*/b` counts from the field's lowest value, no day moves
  // out of its month, and an expression that some calendar year would not run is refused. The
  // error is a sentence that names the field.
  static boost::system::result<Cron, std::string> Parse(std::string_view fields);

  // The first of its minutes after `previous`, which is in the years 1970 to 9000.
  Instant Next(Instant previous) const;

  // The shortest time between two of its minutes that follow each other.
  std::chrono::minutes ShortestGap() const;

 private:
  explicit Cron(const std::array<CronSet, 5>& fields);
  bool RunsEveryYear() const;
  CronSet DaysIn(std::chrono::year_month month) const;
  // The first from the given one on. Where no minute is left in a day, it is 24 hours or more.
  std::chrono::sys_days FirstDay(std::chrono::sys_days from) const;
  std::chrono::minutes FirstTime(std::chrono::minutes from) const;
  // In days, between two days that follow each other.
  int ShortestStepOfDays() const;

  CronSet minutes_;
  CronSet hours_;
  CronSet days_of_month_;
  CronSet months_;
  CronSet days_of_week_;
};

}  // namespace synthetics::state
