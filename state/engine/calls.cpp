// What the engine's calls do at the instant that the world has reached.
#include <stdexcept>

#include "state/engine/announce.hpp"
#include "state/engine/code.hpp"
#include "state/engine/engine.hpp"
#include "state/engine/runner.hpp"

namespace synthetics::state {
namespace {

// On arrival in a state by no edge.
Stamp StampOn(CanaryState state) {
  return state == CanaryState::kStopped ? Stamp::kStopped : Stamp::kModified;
}

}  // namespace

bool Engine::Create(Canary& canary, const CanaryCode& code, const TagMap& tags,
                    std::string_view vpc) {
  canary.id = world_.random.Uuid();
  canary.status = {.state = CanaryState::kCreating, .code = StateReasonCode::kCreatePending};
  canary.timeline.created = now();
  canary.timeline.last_modified = now();
  canary.code_fault = FaultAtSight(code);
  if (!store_.canaries.Insert(canary, tags)) return false;
  store_.canary_tags.Remember(canary.key, tags);
  if (!canary.code_fault) store_.canaries.SaveCode(canary.key, code);
  AnnounceState(store_, world_, canary, {}, {});
  TransitionPlan plan = machine_.NewPlan(canary.status.state);
  plan.vpc = vpc;
  machine_.Enter(canary, plan);
  ApplyDueNow();
  canary = store_.canaries.FindByKey(canary.key).value();
  return true;
}

void Engine::Update(Canary& canary, const std::optional<CanaryCode>& code, const Move& move) {
  store_.dry_runs.Remove(canary.key);
  store_.RemoveRunsUnderWay(canary, RunKind::kDry);
  TransitionPlan plan = machine_.NewPlan(CanaryState::kUpdating);
  plan.vpc_before = move.from;
  plan.vpc = move.to;
  if (plan.failure) {
    // Everything stays as it was, and so nothing has to be rolled back.
    canary = store_.canaries.FindByKey(canary.key).value();
  } else {
    if (code) canary.code_fault = FaultAtSight(*code);
    if (canary.code_fault) {
      // Perhaps a dry run's: nobody will look into what there was any more.
      store_.canaries.RemoveCode(canary.key);
    } else if (code) {
      store_.canaries.SaveCode(canary.key, *code);
    }
  }
  machine_.Follow(canary, *FindEdge(canary.status, Trigger::kUpdate), plan);
  ApplyDueNow();
}

bool Engine::Release(Canary& canary) {
  if (!store_.transitions.PlanOf(canary.key).is_held) return false;
  machine_.EndState(canary);
  ApplyDueNow();
  return true;
}

void Engine::NoteRead(const Canary& canary) {
  if (!IsTransitional(canary.status.state)) return;
  TransitionPlan plan = store_.transitions.PlanOf(canary.key);
  if (!plan.reads) return;
  if (--*plan.reads > 0) return store_.transitions.SavePlan(canary.key, plan);
  // Read again: the copy may be older than what the reads before it have brought about.
  machine_.EndState(store_.canaries.FindByKey(canary.key).value());
  ApplyDueNow();
}

bool Engine::CanBe(const CanaryStatus& status) {
  return !IsTransitional(status.state) || FindEdge(status, Trigger::kElapsed) != nullptr;
}

void Engine::Force(Canary& canary, const CanaryStatus& status, std::string_view vpc) {
  const CanaryState from = canary.status.state;
  const bool begins = status.state == CanaryState::kRunning && from != CanaryState::kRunning;
  store_.timeline.Cancel(canary.key, EventKind::kTransition);
  if (from == CanaryState::kRunning && status.state == CanaryState::kUpdating) {
    machine_.PauseSchedule(canary);
  } else if (from == CanaryState::kRunning && status.state != from) {
    machine_.EndSchedule(canary);
  }
  const PreviousStatus before{.state = from, .version = canary.version};
  KeepStateBefore(canary, from);
  // Whatever is not being created has been.
  if (status.state != CanaryState::kCreating && canary.version == 0) canary.version = 1;
  canary.status = status;
  Touch(canary.timeline, begins ? Stamp::kStarted : StampOn(status.state), now());
  store_.canaries.Save(canary);
  TransitionPlan plan = machine_.NewPlan(status.state);
  if (IsTransitional(status.state) || IsTransitional(from)) plan.vpc = plan.vpc_before = vpc;
  if (from != status.state) AnnounceState(store_, world_, canary, before, plan);
  if (begins) machine_.BeginSchedule(canary);
  machine_.Enter(canary, plan);
  ApplyDueNow();
}

void Engine::StartDryRun(DryRun& dry_run, const std::optional<CanaryCode>& code) {
  Canary& trial = dry_run.trial;
  trial.code_fault = code ? FaultOf(*code, trial.runtime_version) : FaultOfCode(store_, trial);
  dry_run.id = world_.random.Uuid();
  store_.dry_runs.Insert(dry_run);
  StartTrialRuns(store_, dry_run, now(), world_.random);
}

Run Engine::StartRunNow(const Canary& canary, const std::optional<WantedOutcome>& wanted) {
  Run run = state::StartRunNow(store_, canary, wanted, now(), world_.random);
  ApplyDueNow();
  if (run.outcome.duration == Duration{0}) run.completed = now();
  return run;
}

bool Engine::CreateGroup(Group& group, const TagMap& tags) {
  constexpr std::size_t kIdLength = 10;
  group.id = world_.random.LettersAndDigits(kIdLength);
  group.created = now();
  group.last_modified = now();
  if (!store_.groups.Insert(group, tags)) return false;
  store_.group_tags.Remember(group.key, tags);
  return true;
}

bool Engine::CanApply(const Canary& canary, Trigger trigger) {
  return FindEdge(canary.status, trigger) != nullptr;
}

void Engine::Apply(Canary& canary, Trigger trigger) {
  const Edge* const edge = FindEdge(canary.status, trigger);
  if (edge == nullptr) throw std::logic_error("a trigger without an edge was applied");
  machine_.Follow(canary, *edge, machine_.NewPlan(edge->to.value()));
  ApplyDueNow();
}

}  // namespace synthetics::state
