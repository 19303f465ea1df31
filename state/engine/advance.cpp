#include "state/engine/advance.hpp"

#include <algorithm>

namespace synthetics::state {
namespace {

// A year, whichever, and what begins at its end.
constexpr std::chrono::days kLongestWait{367};

}  // namespace

Advance::Advance(Engine& engine, Goal goal, ClockAfter after)
    : engine_(engine),
      number_(engine.BeginAdvance()),
      goal_(goal),
      after_(after),
      limit_(std::min<Instant>(engine.now() + kLongestWait, kEndOfTime)) {
  if (const auto* target = std::get_if<Instant>(&goal_)) limit_ = *target;
}

Advance::~Advance() {
  if (!engine_.IsAdvancing(number_)) return;
  // Cut short by a fault: the clock goes on as it was, from where the advance got.
  const Clock& clock = engine_.world().clock;
  engine_.SetClock(clock.mode, clock.speed);
  engine_.EndAdvance();
}

bool Advance::Step(int budget) {
  if (!engine_.IsAdvancing(number_)) {
    ending_ = Ending::kCancelled;
    return true;
  }
  Engine::Change change(engine_);
  bool over = false;
  for (int applied = 0; applied < budget && !over; ++applied) over = StepOnce();
  if (over) engine_.SetClock(after_.mode, after_.speed);
  change.Commit();
  if (over) engine_.EndAdvance();
  return over;
}

bool Advance::StepOnce() {
  // What else is due at the very instant belongs to it.
  if (IsReached()) return !Apply(engine_.now());
  if (Apply(limit_)) return false;
  if (std::holds_alternative<Instant>(goal_)) {
    engine_.MoveTo(limit_);
  } else {
    // Where nothing is pending, there is nothing to wait for.
    if (!engine_.store().timeline.Earliest()) return true;
    engine_.MoveTo(limit_);
    ending_ = Ending::kGaveUp;
  }
  return true;
}

bool Advance::Apply(Instant limit) {
  const Tally before = engine_.tally();
  const bool is_applied = engine_.ApplyNext(limit);
  // Only what the advance brought about: between its slices calls are answered.
  tally_ = tally_ + (engine_.tally() - before);
  return is_applied;
}

bool Advance::IsReached() const {
  const auto* until = std::get_if<Until>(&goal_);
  if (until == nullptr) return false;
  switch (*until) {
    case Until::kSettled:
      // A state that is held, or waits to be read, does not end by itself.
      return !engine_.store().timeline.AnyTransition() && !engine_.store().dry_runs.AnyUnderWay();
    case Until::kNextRun:
      return tally_.scheduled_runs_completed > 0;
  }
  return true;
}

}  // namespace synthetics::state
