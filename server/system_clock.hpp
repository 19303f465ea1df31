// The host's time.
#pragma once

#include "state/host_clock.hpp"

namespace synthetics::server {

class SystemClock : public state::HostClock {
 public:
  state::Instant Now() const override {
    return std::chrono::floor<state::Duration>(std::chrono::system_clock::now());
  }
};

}  // namespace synthetics::server
