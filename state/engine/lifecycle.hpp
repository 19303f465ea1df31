// A canary's states and what leads from one to the next, as a table.
#pragma once

#include <optional>
#include <span>

#include "state/canary.hpp"

namespace synthetics::state {

enum class Trigger {
  kStart,    // StartCanary
  kStop,     // StopCanary
  kUpdate,   // UpdateCanary
  kDelete,   // DeleteCanary
  kDryRun,   // StartCanaryDryRun, which leaves the canary as it is
  kElapsed,  // a transitional state has lasted its time
  kRanOnce,  // the single run of a run-once canary is over
  kRanOut,   // the schedule's DurationInSeconds is over
};

// What happens beside the change of state.
enum class Effect {
  kNone,
  kPublish,        // function and layer get their next version
  kBeginSchedule,  // the schedule counts from here; at a rate, the first run is due now
  kEndSchedule,    // no further runs, and those under way will not be recorded
  kPauseSchedule,  // no further runs until it begins again
  kResume,         // publish, return to the state before, and begin the schedule if that is RUNNING
  kRemove,         // the canary is gone
};

// Which times of the canary become the instant of the change. The service moves `LastModified` on
// each call and each arrival, and sets `LastStarted` and `LastStopped` to the very same instant.
enum class Stamp { kNone, kModified, kStarted, kStopped };

struct Edge {
  CanaryState from = CanaryState::kCreating;
  StateReasonCode from_code = StateReasonCode::kNone;
  Trigger trigger = Trigger::kElapsed;
  std::optional<CanaryState> to;  // none: back to the state before the update, or gone
  StateReasonCode to_code = StateReasonCode::kNone;
  Stamp stamp = Stamp::kNone;
  Effect effect = Effect::kNone;
  int percent = 0;  // on kElapsed: how much of the state's whole time has to pass with `from_code`
};

// Every edge of the state machine. A pair of state and trigger without a row is a conflict.
std::span<const Edge> Edges();

// The edge that leaves this status by the trigger; nothing where that is a conflict.
const Edge* FindEdge(const CanaryStatus& status, Trigger trigger);

// The code with which a state begins that ends by itself; none for the others.
StateReasonCode FirstCodeIn(CanaryState state);

}  // namespace synthetics::state
