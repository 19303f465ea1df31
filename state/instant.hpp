// Points and lengths of the emulator's time. Milliseconds are what the service shows, so finer time
// does not exist here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthetics::state {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Duration>;

// The emulator's last instant, the end of year 8999: what is reckoned from it, such as a run's end,
// still has the four digits that ISO 8601 has for years.
inline constexpr Instant kEndOfTime{Duration{221'845'391'999'999}};

// Milliseconds since 1970, the form in which instants are stored.
constexpr std::int64_t ToMilliseconds(Instant instant) {
  return instant.time_since_epoch().count();
}
constexpr Instant FromMilliseconds(std::int64_t milliseconds) {
  return Instant{Duration{milliseconds}};
}

// `2026-01-01T00:00:00Z`, with three digits of fraction where there is one.
std::string ToIso(Instant instant);

// Reads `2026-01-01T00:00:00Z` with an optional fraction (digits beyond milliseconds are cut) or an
// offset such as `+02:00` in place of `Z`. Nothing for anything else, or for years outside 1970 to
// 9999.
std::optional<Instant> ParseIso(std::string_view text);

}  // namespace synthetics::state
