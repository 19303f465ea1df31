// Lengths of time as the control plane writes them: numbers of seconds, with fractions.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include "api/error.hpp"
#include "state/instant.hpp"

namespace synthetics::api {

// As much as a clock can be moved at once, ten years.
inline constexpr double kLongestSeconds = 10.0 * 366 * 24 * 3600;

inline double ToSeconds(state::Duration duration) {
  return static_cast<double>(duration.count()) / 1000;
}

// To the nearest millisecond; nothing for less than 0 or more than `kLongestSeconds`.
inline std::optional<state::Duration> FromSeconds(double seconds) {
  if (!(seconds >= 0 && seconds <= kLongestSeconds)) return {};
  return state::Duration{std::llround(seconds * 1000)};
}

inline ApiError InvalidSeconds(const std::string& where, double seconds) {
  return {ErrorKind::kInvalid, "Value '" + std::to_string(seconds) + "' at '" + where +
                                   "': must be between 0 and ten years of seconds"};
}

}  // namespace synthetics::api
