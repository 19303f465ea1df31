// What the fields of a cron expression allow, as sets of bits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace synthetics::state {

// Bit n stands for the value n.
using CronSet = std::uint64_t;

constexpr CronSet CronBit(int value) { return CronSet{1} << value; }

// Bits of the days of a month, besides 1 to 31: `L`, and `nW` at kNearestWorkday + n.
inline constexpr int kLastDay = 0;
inline constexpr int kNearestWorkday = 32;
// Bits of the days of a week, besides 1 to 7 from Sunday on: `d#n` at n * kNthWeekday + d.
inline constexpr int kNthWeekday = 8;

struct CronFields {
  // Minutes, hours, days of a month, months, days of a week.
  std::array<CronSet, 5> sets{};
  std::string days;  // the fields that say which days, for a message
};

// Reads the six fields, with blanks between. Each by itself is good, and exactly one of the two
// days is `?`. The error is a sentence that names the field.
boost::system::result<CronFields, std::string> ParseCronFields(std::string_view text);

}  // namespace synthetics::state
