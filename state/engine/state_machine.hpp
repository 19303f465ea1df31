// What becomes of canaries and runs, by the lifecycle's table: where calls and events lead, and
// what else happens with it.
#pragma once

#include "state/engine/lifecycle.hpp"
#include "state/engine/tally.hpp"
#include "state/store/store.hpp"
#include "state/world.hpp"

namespace synthetics::state {

// Notes the state that a canary leaves, where it worked in it.
void KeepStateBefore(Canary& canary, CanaryState from);

// Works at the instant that the world has reached.
class StateMachine {
 public:
  StateMachine(Store& store, World& world) : store_(store), world_(world) {}

  // What has happened since the process began, or the last reset. Settable, as a transaction that
  // is rolled back has not happened.
  Tally& tally() { return tally_; }
  const Tally& tally() const { return tally_; }

  // How a transition ends that begins now, by the rule of its state; one failure of those that were
  // told is spent. A plan with nothing in it for other states.
  TransitionPlan NewPlan(CanaryState state);

  // The canary is in its state from now on, and leaves it as planned where it does so by itself.
  void Enter(const Canary& canary, const TransitionPlan& plan);

  // Takes the canary along an edge of its status; `plan` is that of the state that it comes into
  // or, where it comes out of one, of that.
  void Follow(Canary& canary, const Edge& edge, const TransitionPlan& plan);

  // A state that ends by itself does so now, whatever the clock says.
  void EndState(Canary canary);

  // Runs are due from now on, or none any more, those under way included.
  void BeginSchedule(const Canary& canary);
  void EndSchedule(const Canary& canary);
  // The same, but those under way end as they would have.
  void PauseSchedule(const Canary& canary);

  // Runs by a schedule that are due before then are passed over.
  void SkipRunsBefore(Instant instant) { runs_from_ = instant; }

  // What was due happens, and is due no more.
  void Apply(const Event& event);

 private:
  void ApplyEffect(Canary& canary, Effect effect);
  // The next step of a state that ends by itself.
  void Elapse(Canary& canary);
  void ScheduleSteps(const Canary& canary, const TransitionPlan& plan);
  void StartScheduledRun(const Canary& canary);
  void FinishRun(const Canary& canary, std::int64_t key);
  void FinishDryRun(const Canary& canary, const Run& run);

  Store& store_;
  World& world_;
  Tally tally_;
  Instant runs_from_ = Instant::min();
};

}  // namespace synthetics::state
