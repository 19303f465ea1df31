#include "state/engine/lifecycle.hpp"

#include <algorithm>
#include <array>

namespace synthetics::state {
namespace {

using enum CanaryState;
using enum Trigger;
using Code = StateReasonCode;

// A row with no code stands for every code that has no rows of its own in that state: an ERROR that
// a failed create left is a dead end but for DeleteCanary, any other can be updated.
// clang-format off
constexpr std::array kEdges{
    //   from       its code                  trigger   to         its code                  stamp             effect                  percent
    Edge{kCreating, Code::kCreatePending,     kElapsed, kCreating, Code::kCreateInProgress,  Stamp::kNone,     Effect::kNone,          25},
    Edge{kCreating, Code::kCreateInProgress,  kElapsed, kReady,    Code::kNone,              Stamp::kModified, Effect::kPublish,       75},
    Edge{kCreating, Code::kCreateInProgress,  kFailed,  kError,    Code::kCreateFailed,      Stamp::kModified, Effect::kNone},

    Edge{kReady,    Code::kNone,              kStart,   kStarting, Code::kNone,              Stamp::kModified, Effect::kNone},
    Edge{kStopped,  Code::kNone,              kStart,   kStarting, Code::kNone,              Stamp::kModified, Effect::kNone},
    Edge{kStarting, Code::kNone,              kElapsed, kRunning,  Code::kNone,              Stamp::kStarted,  Effect::kBeginSchedule, 100},

    Edge{kRunning,  Code::kNone,              kStop,    kStopping, Code::kNone,              Stamp::kModified, Effect::kEndSchedule},
    Edge{kRunning,  Code::kNone,              kRanOut,  kStopping, Code::kNone,              Stamp::kModified, Effect::kPauseSchedule},
    Edge{kRunning,  Code::kNone,              kRanOnce, kStopped,  Code::kNone,              Stamp::kStopped,  Effect::kPauseSchedule},
    Edge{kStopping, Code::kNone,              kElapsed, kStopped,  Code::kNone,              Stamp::kStopped,  Effect::kNone,          100},

    Edge{kReady,    Code::kNone,              kUpdate,  kUpdating, Code::kUpdatePending,     Stamp::kModified, Effect::kNone},
    Edge{kStopped,  Code::kNone,              kUpdate,  kUpdating, Code::kUpdatePending,     Stamp::kModified, Effect::kNone},
    Edge{kRunning,  Code::kNone,              kUpdate,  kUpdating, Code::kUpdatePending,     Stamp::kModified, Effect::kPauseSchedule},
    Edge{kError,    Code::kNone,              kUpdate,  kUpdating, Code::kUpdatePending,     Stamp::kModified, Effect::kNone},
    Edge{kUpdating, Code::kUpdatePending,     kElapsed, kUpdating, Code::kUpdateInProgress,  Stamp::kNone,     Effect::kNone,          25},
    Edge{kUpdating, Code::kUpdateInProgress,  kElapsed, {},        Code::kNone,              Stamp::kModified, Effect::kPublishAndResume, 75},
    Edge{kUpdating, Code::kUpdateInProgress,  kFailed,  {},        Code::kRollbackComplete,  Stamp::kModified, Effect::kResume},

    Edge{kReady,    Code::kNone,              kDryRun,  kReady,    Code::kNone,              Stamp::kNone,     Effect::kNone},
    Edge{kStopped,  Code::kNone,              kDryRun,  kStopped,  Code::kNone,              Stamp::kNone,     Effect::kNone},
    Edge{kRunning,  Code::kNone,              kDryRun,  kRunning,  Code::kNone,              Stamp::kNone,     Effect::kNone},

    Edge{kReady,    Code::kNone,              kDelete,  kDeleting, Code::kDeleteInProgress,  Stamp::kModified, Effect::kNone},
    Edge{kStopped,  Code::kNone,              kDelete,  kDeleting, Code::kDeleteInProgress,  Stamp::kModified, Effect::kNone},
    Edge{kError,    Code::kNone,              kDelete,  kDeleting, Code::kDeleteInProgress,  Stamp::kModified, Effect::kNone},
    Edge{kError,    Code::kCreateFailed,      kDelete,  kDeleting, Code::kDeleteInProgress,  Stamp::kModified, Effect::kNone},
    Edge{kDeleting, Code::kDeleteInProgress,  kElapsed, {},        Code::kNone,              Stamp::kNone,     Effect::kRemove,        100},
    Edge{kDeleting, Code::kDeleteInProgress,  kFailed,  {},        Code::kDeleteFailed,      Stamp::kModified, Effect::kResume},
};
// clang-format on

}  // namespace

void Touch(CanaryTimeline& timeline, Stamp stamp, Instant now) {
  if (stamp == Stamp::kNone) return;
  timeline.last_modified = now;
  if (stamp == Stamp::kStarted) timeline.last_started = now;
  if (stamp == Stamp::kStopped) timeline.last_stopped = now;
}

std::span<const Edge> Edges() { return kEdges; }

const Edge* FindEdge(const CanaryStatus& status, Trigger trigger) {
  const bool has_own_rows = std::ranges::any_of(kEdges, [&](const Edge& candidate) {
    return candidate.from == status.state && candidate.from_code == status.code;
  });
  const Code code = has_own_rows ? status.code : Code::kNone;
  const auto* const edge = std::ranges::find_if(kEdges, [&](const Edge& candidate) {
    return candidate.from == status.state && candidate.from_code == code &&
           candidate.trigger == trigger;
  });
  return edge == kEdges.end() ? nullptr : edge;
}

bool CanFail(CanaryState state) {
  return std::ranges::any_of(kEdges, [&](const Edge& candidate) {
    return candidate.from == state && candidate.trigger == kFailed;
  });
}

StateReasonCode FirstCodeIn(CanaryState state) {
  const auto* const edge = std::ranges::find_if(kEdges, [&](const Edge& candidate) {
    return candidate.from == state && candidate.trigger == kElapsed;
  });
  return edge == kEdges.end() ? Code::kNone : edge->from_code;
}

}  // namespace synthetics::state
