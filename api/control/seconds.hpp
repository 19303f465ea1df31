// Lengths of time as the control plane writes them: numbers of seconds, with fractions.
#pragma once

#include <cmath>

#include "state/instant.hpp"

namespace synthetics::api {

inline double ToSeconds(state::Duration duration) {
  return static_cast<double>(duration.count()) / 1000;
}

// To the nearest millisecond; call with what `kSeconds` allows.
inline state::Duration FromSeconds(double seconds) {
  return state::Duration{std::llround(seconds * 1000)};
}

}  // namespace synthetics::api
