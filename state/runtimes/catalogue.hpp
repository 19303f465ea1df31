// The runtime versions of the service: which there are, since when, and until when.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "state/instant.hpp"

namespace synthetics::state {

struct RuntimeVersion {
  std::string_view name;
  Instant released;
  std::optional<Instant> deprecated;  // from then on no canary can be created on it
  std::string_view description;

  bool IsDeprecatedAt(Instant now) const { return deprecated && *deprecated <= now; }
};

// All versions, deprecated ones too, in the order in which the service lists them.
std::span<const RuntimeVersion> RuntimeVersions();

// Null for a name that is no runtime version.
const RuntimeVersion* FindRuntimeVersion(std::string_view name);

}  // namespace synthetics::state
