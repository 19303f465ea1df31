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
  kFailed,   // a transitional state has lasted its time, and was to fail
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
  kResume,         // the schedule begins again where the state is RUNNING again
  kPublishAndResume,
  kRemove,  // the canary is gone
};

// Which times of the canary become the instant of the change. The service moves `LastModified` on
// each call and each arrival, and sets `LastStarted` and `LastStopped` to the very same instant.
enum class Stamp { kNone, kModified, kStarted, kStopped };

// Moves the times that the stamp names.
void Touch(CanaryTimeline& timeline, Stamp stamp, Instant now);

struct Edge {
  CanaryState from = CanaryState::kCreating;
  StateReasonCode from_code = StateReasonCode::kNone;
  Trigger trigger = Trigger::kElapsed;
  std::optional<CanaryState> to;  // none: back to the state before, or gone
  StateReasonCode to_code = StateReasonCode::kNone;
  Stamp stamp = Stamp::kNone;
  Effect effect = Effect::kNone;
  int percent = 0;  // on kElapsed: how much of the state's whole time has to pass with `from_code`
};

// Whether following it ends the state, and is not only a change of the code.
inline bool Leaves(const Edge& edge) { return edge.to != edge.from; }

// Every edge of the state machine. A pair of state and trigger without a row is a conflict.
std::span<const Edge> Edges();

// The edge that leaves this status by the trigger; nothing where that is a conflict.
const Edge* FindEdge(const CanaryStatus& status, Trigger trigger);

// Whether there is a way for a state that ends by itself to fail.
bool CanFail(CanaryState state);

// The code with which a state begins that ends by itself; none for the others.
StateReasonCode FirstCodeIn(CanaryState state);

}  // namespace synthetics::state
