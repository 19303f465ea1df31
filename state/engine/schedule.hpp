// What a schedule expression means.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include <boost/system/result.hpp>

#include "state/engine/cron.hpp"
#include "state/instant.hpp"

namespace synthetics::state {

// When runs begin: at a rate from the start on, or at the minutes of a cron expression.
class Schedule {
 public:
  // An interval of 0 is one run, at the start.
  explicit Schedule(std::chrono::seconds interval) : timing_(interval) {}
  explicit Schedule(const Cron& cron) : timing_(cron) {}

  bool IsOnce() const;

  // At a rate the start itself (documented), otherwise the first minute after it (our reading).
  Instant First(Instant start) const;
  // Not for a schedule of one run.
  Instant Next(Instant previous) const;
  // The first that follows and is not before `from`.
  Instant NextFrom(Instant from, Instant previous) const;

  // Between two runs that follow each other; nothing where there is one run.
  std::optional<std::chrono::seconds> ShortestGap() const;

 private:
  std::variant<std::chrono::seconds, Cron> timing_;
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
// reading). Or reads `cron(0 10 * * ? *)`, see `Cron::Parse`.
boost::system::result<Schedule, ScheduleError> ParseSchedule(std::string_view expression);

// Any form of "once" comes back from the service as `rate(0 hour)` (seen by Terraform's live
// tests).
std::string CanonicalExpression(std::string_view expression);

}  // namespace synthetics::state
