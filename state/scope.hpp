// The world that a request speaks to: what one account holds in one region is invisible to all
// others.
#pragma once

#include <string>

namespace synthetics::state {

struct Scope {
  std::string account;  // 12 digits
  std::string region;

  bool operator==(const Scope&) const = default;
};

}  // namespace synthetics::state
