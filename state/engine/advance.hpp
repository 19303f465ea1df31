// Carries the world to a later instant, a slice at a time, so that others are answered in between.
#pragma once

#include <variant>

#include "state/engine/engine.hpp"

namespace synthetics::state {

// What an advance is over with: an instant, or the first one at which something holds.
enum class Until {
  kSettled,  // no canary is in a state that ends by itself, and no dry run is under way
  kNextRun,  // a run by the schedule has completed, be it under way now or still to come
};
using Goal = std::variant<Instant, Until>;

class Advance {
 public:
  // How the clock goes on when the advance is over.
  struct ClockAfter {
    ClockMode mode = ClockMode::kFrozen;
    double speed = 1;
  };

  enum class Ending {
    kReached,
    kGaveUp,     // a year went by
    kCancelled,  // by a reset or a snapshot
  };

  // Call only while no other advance is under way.
  Advance(Engine& engine, Goal goal, ClockAfter after);
  Advance(const Advance&) = delete;
  Advance& operator=(const Advance&) = delete;
  ~Advance();

  // Applies up to `budget` events in one transaction. True when the advance is over.
  bool Step(int budget);

  Ending ending() const { return ending_; }
  const Tally& tally() const { return tally_; }

 private:
  bool StepOnce();
  bool Apply(Instant limit);
  bool IsReached() const;

  Engine& engine_;
  std::int64_t number_;
  Goal goal_;
  ClockAfter after_;
  Instant limit_;
  Tally tally_;
  Ending ending_ = Ending::kReached;
};

}  // namespace synthetics::state
