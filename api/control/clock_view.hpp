// The clock as the control plane shows it.
#pragma once

#include "api/control/shapes.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::api {

inline ClockResponse ShowClock(const state::Engine& engine) {
  const state::Clock& clock = engine.world().clock;
  return {.now = {engine.Shown()}, .mode = std::string(Name(clock.mode)), .speed = clock.speed};
}

}  // namespace synthetics::api
