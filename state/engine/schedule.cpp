#include "state/engine/schedule.hpp"

#include <charconv>

namespace synthetics::state {
namespace {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::int64_t SecondsIn(std::string_view unit) {
  if (unit == "minute" || unit == "minutes") return 60;
  if (unit == "hour") return 3600;
  return 0;
}

ScheduleError Refusal(std::string_view expression, std::string_view why) {
  return {"Invalid schedule expression '" + std::string(expression) + "': " + std::string(why)};
}

boost::system::result<Schedule, ScheduleError> ParseRate(std::string_view expression) {
  constexpr std::string_view kForm =
      "expected rate(<number> minute|minutes|hour) or cron(<six fields>).";
  if (!expression.starts_with("rate(") || !expression.ends_with(')')) {
    return Refusal(expression, kForm);
  }
  const std::string_view inside = Trim(expression.substr(5, expression.size() - 6));
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(inside.data(), inside.data() + inside.size(), number);
  const auto digits = static_cast<std::size_t>(rest - inside.data());
  const std::string_view unit = Trim(inside.substr(digits));
  const std::int64_t seconds = SecondsIn(unit);
  if (error == std::errc::invalid_argument || inside.starts_with('-') || seconds == 0 ||
      inside.substr(digits, 1) != " ") {
    return Refusal(expression, kForm);
  }
  constexpr std::int64_t kLongest = 3600;
  if (error == std::errc::result_out_of_range || number > kLongest / seconds) {
    return Refusal(expression, "the rate must be between 1 minute and 1 hour, or 0 to run once.");
  }
  return Schedule(std::chrono::seconds{number * seconds});
}

boost::system::result<Schedule, ScheduleError> ParseCron(std::string_view expression) {
  if (!expression.ends_with(')')) return Refusal(expression, "expected cron(<six fields>).");
  const auto cron = Cron::Parse(expression.substr(5, expression.size() - 6));
  if (!cron) return Refusal(expression, cron.error());
  return Schedule(*cron);
}

}  // namespace

bool Schedule::IsOnce() const {
  const auto* const interval = std::get_if<std::chrono::seconds>(&timing_);
  return interval != nullptr && interval->count() == 0;
}

Instant Schedule::First(Instant start) const {
  const auto* const cron = std::get_if<Cron>(&timing_);
  return cron != nullptr ? cron->Next(start) : start;
}

Instant Schedule::Next(Instant previous) const {
  if (const auto* const cron = std::get_if<Cron>(&timing_)) return cron->Next(previous);
  return previous + std::get<std::chrono::seconds>(timing_);
}

Instant Schedule::NextFrom(Instant from, Instant previous) const {
  const Instant next = Next(previous);
  if (next >= from) return next;
  if (const auto* const cron = std::get_if<Cron>(&timing_)) return cron->Next(from - Duration{1});
  const Duration interval = std::get<std::chrono::seconds>(timing_);
  return next + (from - next + interval - Duration{1}) / interval * interval;
}

std::optional<std::chrono::seconds> Schedule::ShortestGap() const {
  if (const auto* const cron = std::get_if<Cron>(&timing_)) return cron->ShortestGap();
  if (IsOnce()) return {};
  return std::get<std::chrono::seconds>(timing_);
}

boost::system::result<Schedule, ScheduleError> ParseSchedule(std::string_view expression) {
  return expression.starts_with("cron(") ? ParseCron(expression) : ParseRate(expression);
}

std::string CanonicalExpression(std::string_view expression) {
  const auto schedule = ParseSchedule(expression);
  return schedule && schedule->IsOnce() ? "rate(0 hour)" : std::string(expression);
}

}  // namespace synthetics::state
