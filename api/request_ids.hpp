// The ids of requests, `x-amzn-RequestId`.
#pragma once

#include <bit>

#include "state/world.hpp"

namespace synthetics::api {

// They are drawn beside the world's own chance, which reads would otherwise have to store again,
// but from where that stands when they begin: the same session has the same ids, and one that goes
// on in another process has others.
inline state::Random RequestIds(const state::World& world) {
  constexpr std::uint64_t kSalt = 0x5265715f49645f31;
  return state::Random(world.seed ^ kSalt ^ std::rotl(world.random.state(), 32));
}

}  // namespace synthetics::api
