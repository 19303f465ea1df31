// The host's time, handed in from outside: nothing in this room asks the system for it.
#pragma once

#include "state/instant.hpp"

namespace synthetics::state {

class HostClock {
 public:
  HostClock() = default;
  HostClock(const HostClock&) = delete;
  HostClock& operator=(const HostClock&) = delete;
  virtual ~HostClock() = default;

  virtual Instant Now() const = 0;
};

}  // namespace synthetics::state
