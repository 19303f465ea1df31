// What the inside of `cron(...)` means.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

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
  // Bit n stands for the value n; what else the bits of days stand for is said in cron.cpp.
  using Set = std::uint64_t;

  explicit Cron(const std::array<Set, 5>& fields);
  bool RunsEveryYear() const;
  Set DaysIn(std::chrono::year_month month) const;
  // The first from the given one on. Where no minute is left in a day, it is 24 hours or more.
  std::chrono::sys_days FirstDay(std::chrono::sys_days from) const;
  std::chrono::minutes FirstTime(std::chrono::minutes from) const;
  // In days, between two days that follow each other.
  int ShortestStepOfDays() const;

  Set minutes_;
  Set hours_;
  Set days_of_month_;
  Set months_;
  Set days_of_week_;
};

}  // namespace synthetics::state
