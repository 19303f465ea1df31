// A version of the runtime that canaries execute on.
#pragma once

#include <optional>
#include <string>

#include "state/instant.hpp"

namespace synthetics::state {

struct RuntimeVersion {
  std::string name;
  Instant released;
  std::optional<Instant> deprecated;  // from then on no canary can be created on it
  std::string description;

  bool IsDeprecatedAt(Instant now) const { return deprecated && *deprecated <= now; }
};

}  // namespace synthetics::state
