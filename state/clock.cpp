#include "state/clock.hpp"

#include <algorithm>
#include <cmath>

#include "state/names.hpp"

namespace synthetics::state {

std::string_view Name(ClockMode mode) { return NameIn(kClockModeNames, mode); }
std::optional<ClockMode> ParseClockMode(std::string_view name) {
  return ValueIn(kClockModeNames, name);
}

Instant Clock::At(Instant host) const {
  if (mode == ClockMode::kFrozen) return anchor;
  const double elapsed = static_cast<double>((host - host_anchor).count()) * speed;
  const auto left = static_cast<double>((kEndOfTime - anchor).count());
  if (elapsed >= left) return kEndOfTime;
  return anchor + Duration{static_cast<std::int64_t>(elapsed)};
}

std::optional<Duration> Clock::UntilShows(Instant target, Instant host) const {
  if (mode == ClockMode::kFrozen) return {};
  const double wait = static_cast<double>((target - At(host)).count()) / speed;
  return Duration{static_cast<std::int64_t>(std::ceil(std::max(wait, 0.0)))};
}

}  // namespace synthetics::state
