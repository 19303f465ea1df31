// Numbers of the service that more than one place needs.
#pragma once

#include <chrono>
#include <cstdint>

#include "api/shapes/constraints.hpp"

namespace synthetics::api {

inline constexpr std::chrono::seconds kLongestTimeout{kTimeout.max};

// As long as runs can be kept and shown, in days, although the shape allows 1024.
inline constexpr std::int64_t kLongestRetention = 455;

// What a canary gets that asks for no memory, in MB: since August 2025, and before (both observed).
// Neither is a multiple of 64, which a request's own figure has to be.
inline constexpr std::int64_t kDefaultMemory = 1500;
inline constexpr std::int64_t kFormerDefaultMemory = 1000;

}  // namespace synthetics::api
