// The emulator's clock: it runs, at some speed, or stands still.
#pragma once

#include <optional>
#include <string_view>

#include "state/instant.hpp"
#include "state/names.hpp"

namespace synthetics::state {

enum class ClockMode { kRunning, kFrozen };

inline constexpr NameTable<ClockMode, 2> kClockModeNames{{
    {ClockMode::kRunning, "running"},
    {ClockMode::kFrozen, "frozen"},
}};

std::string_view Name(ClockMode mode);
std::optional<ClockMode> ParseClockMode(std::string_view name);

// The emulator's seconds for each second of the host.
inline constexpr double kLowestSpeed = 0.001;
inline constexpr double kHighestSpeed = 100'000;
constexpr bool IsSpeed(double speed) { return speed >= kLowestSpeed && speed <= kHighestSpeed; }

// At `host_anchor` of the host's time it was `anchor` here.
struct Clock {
  ClockMode mode = ClockMode::kRunning;
  double speed = 1;
  Instant anchor;
  Instant host_anchor;

  bool operator==(const Clock&) const = default;

  // What the clock shows at an instant of the host's, at most `kEndOfTime`.
  Instant At(Instant host) const;

  // How long the host has to wait until the clock shows `target`; nothing where it never will.
  std::optional<Duration> UntilShows(Instant target, Instant host) const;
};

}  // namespace synthetics::state
