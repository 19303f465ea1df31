// Keeps what the service would tell the world.
#pragma once

#include <optional>

#include "state/canary.hpp"
#include "state/run.hpp"
#include "state/store/store.hpp"
#include "state/world.hpp"

namespace synthetics::state {

// A canary's new state, but for DELETING, of which there are no events (documented). `before` is
// none for a new canary; the version is that before its function was published, if it was.
struct PreviousStatus {
  std::optional<CanaryState> state;
  std::int64_t version = 0;
};
void AnnounceState(Store& store, World& world, const Canary& canary, const PreviousStatus& before,
                   const TransitionPlan& plan);

// A run's result; none of a dry run (our choice: nothing is on record).
void AnnounceRun(Store& store, World& world, const Canary& canary, const Run& run);

}  // namespace synthetics::state
