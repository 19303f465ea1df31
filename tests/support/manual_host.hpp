// A host whose time a test sets.
#pragma once

#include "state/host_clock.hpp"

namespace synthetics::tests {

// 2026-01-01T00:00:00Z
inline constexpr state::Instant kNewYear{state::Duration{1'767'225'600'000}};

class ManualHost : public state::HostClock {
 public:
  state::Instant Now() const override { return now; }

  state::Instant now = kNewYear;
};

}  // namespace synthetics::tests
