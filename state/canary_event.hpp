// What the service tells the world (through EventBridge) of a canary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "state/canary.hpp"
#include "state/instant.hpp"
#include "state/scope.hpp"

namespace synthetics::state {

enum class CanaryEventType { kStatusChange, kRunSuccessful, kRunFailure };

// Function and layer have a new version where the two versions differ.
struct StatusChange {
  CanaryState state = CanaryState::kCreating;
  std::optional<CanaryState> state_before;  // none: the canary is new
  std::int64_t version = 0;
  std::int64_t version_before = 0;
  std::string vpc;  // empty: none
  std::string vpc_before;
};

// A run that is over.
struct RunResult {
  std::string run;  // its id
  Instant started;
  std::string artifact_location;  // empty where there is none
  std::string reason;             // empty unless it failed
};

struct CanaryEvent {
  std::int64_t id = 0;  // from 1, the how-manieth of this world it is
  Instant at;           // when it happened
  CanaryEventType type = CanaryEventType::kStatusChange;
  Scope scope;
  std::string canary;
  std::string canary_id;
  std::variant<StatusChange, RunResult> detail;
};

}  // namespace synthetics::state
