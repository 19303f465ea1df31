// What a schedule expression means.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace synthetics::state {

// `rate(n unit)`: from its start, a run every `interval`; 0 means one run.
struct Rate {
  std::chrono::seconds interval{0};

  bool IsOnce() const { return interval.count() == 0; }
};

// Why an expression is none, as a sentence.
struct ScheduleError {
  std::string message;
};

// Lets `result::value()` throw where there is none.
[[noreturn]] inline void throw_exception_from_error(  // NOLINT(readability-identifier-naming)
    const ScheduleError& error, const boost::source_location& /*where*/) {
  throw std::logic_error(error.message);
}

// Reads `rate(5 minutes)`: 1 minute to 1 hour, or 0 of either for one run. The unit is `minute`,
// `minutes` or `hour`, with any number (service model; that number and unit need not agree is our
// reading). `cron(...)` is refused so far.
boost::system::result<Rate, ScheduleError> ParseSchedule(std::string_view expression);

// Any form of "once" comes back from the service as `rate(0 hour)` (seen by Terraform's live
// tests).
std::string CanonicalExpression(std::string_view expression);

}  // namespace synthetics::state
