// The ids of requests, `x-amzn-RequestId`.
#pragma once

#include "state/random.hpp"

namespace synthetics::api {

// They are drawn beside the world's own chance, which reads would otherwise have to store again,
// but from the same seed, so that the same session has the same ids.
inline state::Random RequestIds(std::uint64_t seed) {
  constexpr std::uint64_t kSalt = 0x5265715f49645f31;
  return state::Random(seed ^ kSalt);
}

}  // namespace synthetics::api
