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

}  // namespace

boost::system::result<Rate, ScheduleError> ParseSchedule(std::string_view expression) {
  if (expression.starts_with("cron(")) {
    return Refusal(expression, "this version of the emulator knows rate expressions only.");
  }
  constexpr std::string_view kForm = "expected rate(<number> minute|minutes|hour).";
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
  return Rate{std::chrono::seconds{number * seconds}};
}

std::string CanonicalExpression(std::string_view expression) {
  const auto rate = ParseSchedule(expression);
  return rate && rate->IsOnce() ? "rate(0 hour)" : std::string(expression);
}

}  // namespace synthetics::state
