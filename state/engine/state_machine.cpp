#include "state/engine/state_machine.hpp"

#include <algorithm>
#include <stdexcept>

#include "state/engine/announce.hpp"
#include "state/engine/runner.hpp"
#include "state/engine/schedule.hpp"

namespace synthetics::state {
namespace {

// A stored expression has been read before it was stored.
Schedule ScheduleOf(const Canary& canary) {
  return ParseSchedule(canary.schedule.expression).value();
}

// Where an edge leads, which a failure that was told may know better.
CanaryStatus Arrival(const Canary& canary, const Edge& edge, const TransitionPlan& plan) {
  CanaryStatus status{.state = edge.to.value_or(canary.state_before), .code = edge.to_code};
  if (edge.trigger != Trigger::kFailed || !plan.failure) return status;
  const TransitionFailure& failure = *plan.failure;
  status.reason = failure.reason;
  if (failure.state) status.state = *failure.state;
  const bool is_stuck = failure.state == CanaryState::kError;
  if (is_stuck && edge.from == CanaryState::kUpdating) {
    status.code = StateReasonCode::kRollbackFailed;
  }
  if (failure.code) status.code = *failure.code;
  return status;
}

// To where a canary comes from that did not work there, a failure leads back.
TransitionPlan PlanFrom(CanaryState from, TransitionPlan plan) {
  if (plan.failure && !plan.failure->state && from == CanaryState::kError) {
    plan.failure->state = from;
  }
  return plan;
}

// One run in 32, by its id: what is too old goes with it, so that the runs of a canary are no more
// in the end than it is said to keep.
bool IsTurnToRetire(const Run& run) {
  return run.id.ends_with('0') && run.id.at(run.id.size() - 2) < '8';
}

}  // namespace

void KeepStateBefore(Canary& canary, CanaryState from) {
  if (!IsTransitional(from) && from != CanaryState::kError) canary.state_before = from;
}

TransitionPlan StateMachine::NewPlan(CanaryState state) {
  TransitionPlan plan;
  if (!IsTransitional(state)) return plan;
  StateRule& rule = world_.transitions.RuleOf(state);
  plan.reads = rule.reads;
  plan.is_held = rule.is_held;
  plan.failure = rule.failure;
  if (!rule.failure || !rule.times) return plan;
  if (--*rule.times == 0) {
    rule.failure.reset();
    rule.times.reset();
  }
  store_.transitions.SaveRules(world_.transitions);
  return plan;
}

void StateMachine::Enter(const Canary& canary, const TransitionPlan& plan) {
  if (!IsTransitional(canary.status.state)) return store_.transitions.RemovePlan(canary.key);
  store_.transitions.SavePlan(canary.key, plan);
  ScheduleSteps(canary, plan);
}

void StateMachine::Follow(Canary& canary, const Edge& edge, const TransitionPlan& plan) {
  const PreviousStatus before{.state = canary.status.state, .version = canary.version};
  canary.status = Arrival(canary, edge, plan);
  Touch(canary.timeline, edge.stamp, world_.now);
  ApplyEffect(canary, edge.effect);
  if (Leaves(edge)) ++tally_.transitions;
  if (edge.effect == Effect::kRemove) return;
  const bool enters = Leaves(edge) && IsTransitional(canary.status.state);
  if (enters) KeepStateBefore(canary, *before.state);
  store_.canaries.Save(canary);
  if (!Leaves(edge)) return;
  AnnounceState(store_, world_, canary, before, plan);
  if (enters) Enter(canary, PlanFrom(*before.state, plan));
}

void StateMachine::Elapse(Canary& canary) {
  const Edge* edge = FindEdge(canary.status, Trigger::kElapsed);
  if (edge == nullptr) return;
  if (!Leaves(*edge)) return Follow(canary, *edge, {});
  const TransitionPlan plan = store_.transitions.PlanOf(canary.key);
  const Edge* const failure = FindEdge(canary.status, Trigger::kFailed);
  if (plan.failure && failure != nullptr) edge = failure;
  store_.transitions.RemovePlan(canary.key);
  Follow(canary, *edge, plan);
}

void StateMachine::EndState(Canary canary) {
  store_.timeline.Cancel(canary.key, EventKind::kTransition);
  const CanaryState state = canary.status.state;
  while (canary.status.state == state && FindEdge(canary.status, Trigger::kElapsed) != nullptr) {
    Elapse(canary);
  }
}

void StateMachine::ApplyEffect(Canary& canary, Effect effect) {
  switch (effect) {
    case Effect::kNone:
      return;
    case Effect::kPublish:
      ++canary.version;
      return;
    case Effect::kBeginSchedule:
      BeginSchedule(canary);
      return;
    case Effect::kEndSchedule:
      EndSchedule(canary);
      return;
    case Effect::kPauseSchedule:
      PauseSchedule(canary);
      return;
    case Effect::kPublishAndResume:
      ++canary.version;
      [[fallthrough]];
    case Effect::kResume:
      if (canary.status.state == CanaryState::kRunning) BeginSchedule(canary);
      return;
    case Effect::kRemove:
      store_.Remove(canary);
      return;
  }
}

void StateMachine::BeginSchedule(const Canary& canary) {
  if (canary.schedule.duration.count() > 0) {
    // Before the run: a canary whose time is over does not run once more.
    const Instant expiry = *canary.timeline.last_started + canary.schedule.duration;
    store_.timeline.Push(std::max(expiry, world_.now), EventKind::kExpiry, canary.key);
  }
  store_.timeline.Push(ScheduleOf(canary).First(world_.now), EventKind::kRun, canary.key);
}

void StateMachine::EndSchedule(const Canary& canary) {
  store_.RemoveRunsUnderWay(canary, RunKind::kScheduled);
  PauseSchedule(canary);
}

void StateMachine::PauseSchedule(const Canary& canary) {
  store_.runs.EndRetries(canary.key);
  store_.timeline.Cancel(canary.key, EventKind::kRun);
  store_.timeline.Cancel(canary.key, EventKind::kExpiry);
}

void StateMachine::ScheduleSteps(const Canary& canary, const TransitionPlan& plan) {
  const Duration time = world_.transitions.TimeIn(canary.status.state);
  CanaryStatus status = canary.status;
  Instant at = world_.now;
  while (true) {
    const Edge* const edge = FindEdge(status, Trigger::kElapsed);
    if (edge == nullptr) throw std::logic_error("a transitional state has no end");
    at += time * edge->percent / 100;
    // The last step of one that waits for somebody ends with that.
    if (Leaves(*edge) && (plan.is_held || plan.reads)) return;
    store_.timeline.Push(at, EventKind::kTransition, canary.key);
    if (Leaves(*edge)) return;
    status.code = edge->to_code;
  }
}

void StateMachine::Apply(const Event& event) {
  store_.timeline.Remove(event);
  auto canary = store_.canaries.FindByKey(event.canary).value();
  switch (event.kind) {
    case EventKind::kTransition:
      return Elapse(canary);
    case EventKind::kExpiry:
      if (const Edge* edge = FindEdge(canary.status, Trigger::kRanOut)) {
        Follow(canary, *edge, NewPlan(edge->to.value()));
      }
      return;
    case EventKind::kRun:
      return StartScheduledRun(canary);
    case EventKind::kCompletion:
      return FinishRun(canary, event.run.value());
  }
}

void StateMachine::StartScheduledRun(const Canary& canary) {
  const Schedule schedule = ScheduleOf(canary);
  const bool is_missed = world_.now < runs_from_ && !schedule.IsOnce();
  // A schedule passes over a run whose turn comes while the one before is still being retried.
  if (!is_missed &&
      (canary.schedule.max_retries == 0 || !store_.runs.AnyRetryUnderWay(canary.key))) {
    tally_.runs_started += StartRuns(store_, canary, world_.now, world_.random);
  }
  if (schedule.IsOnce()) return;
  store_.timeline.Push(schedule.NextFrom(runs_from_, world_.now), EventKind::kRun, canary.key);
}

void StateMachine::FinishRun(const Canary& canary, std::int64_t key) {
  const Run run = store_.runs.Complete(key, world_.now);
  const bool has_failed = run.outcome.state == RunState::kFailed;
  ++(has_failed ? tally_.runs_failed : tally_.runs_passed);
  if (!run.dry_run.empty()) return FinishDryRun(canary, run);
  if (IsTurnToRetire(run)) {
    const std::chrono::days longest{
        std::max(canary.success_retention_days, canary.failure_retention_days)};
    store_.runs.Retire(canary.key, world_.now - longest);
  }
  AnnounceRun(store_, world_, canary, run);
  if (!run.is_on_demand) ++tally_.scheduled_runs_completed;
  if (has_failed && run.attempt < run.max_retries) {
    StartRetry(store_, canary, run, world_.now, world_.random);
    ++tally_.runs_started;
    return;
  }
  if (!ScheduleOf(canary).IsOnce() || store_.runs.AnyUnderWay(canary.key)) return;
  Canary finished = canary;
  if (const Edge* edge = FindEdge(finished.status, Trigger::kRanOnce)) Follow(finished, *edge, {});
}

void StateMachine::FinishDryRun(const Canary& canary, const Run& run) {
  const RunState state = store_.runs.StateOfDryRun(canary.key, run.dry_run);
  store_.dry_runs.SetState(canary.key, run.dry_run, state);
}

}  // namespace synthetics::state
