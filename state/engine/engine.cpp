#include "state/engine/engine.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "state/engine/announce.hpp"
#include "state/engine/code.hpp"
#include "state/engine/schedule.hpp"
#include "state/sqlite/snapshot.hpp"

namespace synthetics::state {
namespace {

void Touch(CanaryTimeline& timeline, Stamp stamp, Instant now) {
  if (stamp == Stamp::kNone) return;
  timeline.last_modified = now;
  if (stamp == Stamp::kStarted) timeline.last_started = now;
  if (stamp == Stamp::kStopped) timeline.last_stopped = now;
}

// On arrival in a state by no edge.
Stamp StampOn(CanaryState state) {
  return state == CanaryState::kStopped ? Stamp::kStopped : Stamp::kModified;
}

// Where an edge leads, which a failure that was told may know better.
CanaryStatus Arrival(const Canary& canary, const Edge& edge, const TransitionPlan& plan) {
  CanaryStatus status{.state = edge.to.value_or(canary.state_before), .code = edge.to_code};
  if (edge.trigger != Trigger::kFailed || !plan.failure) return status;
  status.reason = plan.failure->reason;
  if (plan.failure->state) status.state = *plan.failure->state;
  const bool is_stuck = status.state == CanaryState::kError;
  if (is_stuck && edge.from == CanaryState::kUpdating) {
    status.code = StateReasonCode::kRollbackFailed;
  }
  if (plan.failure->code) status.code = *plan.failure->code;
  return status;
}

// How long a clock faster than real time may be ahead of what happens on it, in the host's time.
constexpr Duration kPatience{250};

// A stored expression has been read before it was stored.
Schedule ScheduleOf(const Canary& canary) {
  return ParseSchedule(canary.schedule.expression).value();
}

}  // namespace

Engine::Change::Change(Engine& engine)
    : engine_(engine),
      transaction_(engine.database_),
      before_(engine.world_),
      finished_before_(engine.finished_) {}

Engine::Change::~Change() {
  if (committed_) return;
  engine_.world_ = before_;
  engine_.finished_ = finished_before_;
  engine_.store_.Forget();
}

void Engine::Change::Commit() {
  const World& world = engine_.world_;
  if (!(world == before_) || !(world.clock == engine_.saved_clock_)) engine_.SaveWorld();
  transaction_.Commit();
  committed_ = true;
}

Engine::Engine(sqlite::Database& database, const HostClock& host, const Beginning& beginning,
               std::span<const RuntimeVersion> runtimes)
    : database_(database), host_(host), beginning_(beginning), store_(database) {
  // A frozen clock that was given no instant stands at the start of the process, also after a
  // reset.
  if (beginning_.mode == ClockMode::kFrozen && !beginning_.now) beginning_.now = host_.Now();
  if (auto kept = store_.worlds.Load()) {
    world_ = *kept;
    // A reset begins the same future again.
    beginning_.seed = world_.seed;
    // The last process ended in the middle of an advance: the clock goes on from where that got.
    if (world_.clock.At(host_.Now()) < world_.now) SetClock(world_.clock.mode, world_.clock.speed);
  } else {
    world_ = NewWorld();
  }
  Change change(*this);
  store_.runtimes.Replace(runtimes);
  SaveWorld();
  change.Commit();
}

void Engine::SaveWorld() {
  store_.worlds.Save(world_);
  saved_clock_ = world_.clock;
}

World Engine::NewWorld() const {
  World world;
  world.clock.mode = beginning_.mode;
  world.clock.speed = beginning_.speed;
  world.clock.host_anchor = host_.Now();
  world.clock.anchor = beginning_.now.value_or(world.clock.host_anchor);
  world.now = world.clock.anchor;
  world.seed = beginning_.seed;
  world.random = Random(world.seed);
  world.transitions = Transitions(beginning_.profile);
  return world;
}

Instant Engine::Reading() const {
  // The host's clock may have been set back; ours never goes back.
  return is_advancing() ? now() : std::max(world_.clock.At(host_.Now()), now());
}

Instant Engine::Shown() const {
  const auto next = store_.timeline.Earliest();
  const Instant reading = Reading();
  return next && next->at <= reading ? now() : reading;
}

bool Engine::CatchUp(int budget) {
  if (is_advancing()) return true;
  // Read once: what falls due while this works keeps its own instant.
  const Instant target = Reading();
  if (ApplyDue(target, budget)) {
    behind_since_.reset();
    world_.now = target;
    return true;
  }
  if (!behind_since_) behind_since_ = host_.Now();
  const bool is_hopeless = world_.clock.speed > 1 && host_.Now() - *behind_since_ > kPatience;
  if (!is_hopeless) return false;
  behind_since_.reset();
  Change change(*this);
  ApplyDueNow();
  SetClock(world_.clock.mode, world_.clock.speed);
  change.Commit();
  return true;
}

bool Engine::ApplyDue(Instant target, int budget) {
  const auto next = store_.timeline.Earliest();
  if (!next || next->at > target) return true;
  Change change(*this);
  Tally unused;
  int applied = 0;
  while (applied < budget && ApplyNext(target, unused)) ++applied;
  change.Commit();
  return applied < budget;
}

std::optional<Duration> Engine::UntilNextDue() const {
  if (is_advancing()) return {};
  const auto next = store_.timeline.Earliest();
  if (!next) return {};
  return world_.clock.UntilShows(next->at, host_.Now());
}

bool Engine::ApplyNext(Instant limit, Tally& tally) {
  const auto event = store_.timeline.Earliest();
  if (!event || event->at > limit) return false;
  world_.now = event->at;
  ApplyEvent(*event, tally);
  return true;
}

void Engine::MoveTo(Instant target) { world_.now = std::max(target, world_.now); }

void Engine::GoBackTo(Instant past) { world_.now = std::min(past, world_.now); }

void Engine::SetClock(ClockMode mode, double speed) {
  world_.clock = {.mode = mode, .speed = speed, .anchor = world_.now, .host_anchor = host_.Now()};
}

void Engine::SetTransitions(const Transitions& transitions) {
  world_.transitions = transitions;
  store_.transitions.SaveRules(transitions);
}

void Engine::Reset() {
  EndAdvance();
  const sqlite::ForeignKeysOff foreign_keys_off(database_);
  Change change(*this);
  Clear({}, {});
  store_.faults.Reset();
  finished_ = {};
  world_ = NewWorld();
  store_.transitions.SaveRules(world_.transitions);
  change.Commit();
}

std::string Engine::Snapshot() {
  Change change(*this);
  // A world to which nothing happens moves on without being stored.
  SaveWorld();
  change.Commit();
  return sqlite::Serialize(database_);
}

void Engine::Adopt(sqlite::Database& other) {
  Store store(other);
  World world = store.worlds.Load().value();
  world.clock.anchor = world.now;
  world.clock.host_anchor = host_.Now();
  // Made complete over there, so that it comes here in one step.
  sqlite::Transaction transaction(other);
  store.runtimes.Replace(store_.runtimes.Page({}, std::numeric_limits<std::int64_t>::max()));
  store.worlds.Save(world);
  transaction.Commit();
  sqlite::Copy(other, database_);
  store_.Forget();
  EndAdvance();
  behind_since_.reset();
  world_ = world;
  saved_clock_ = world.clock;
}

void Engine::Clear(std::string_view account, std::string_view region) {
  store_.outcomes.Clear(account, region);
  store_.groups.Clear(account, region);
  store_.canaries.Clear(account, region);
  store_.events.Clear(account, region);
}

bool Engine::Create(Canary& canary, const CanaryCode& code, const TagMap& tags,
                    std::string_view vpc) {
  canary.id = world_.random.Uuid();
  canary.status = {.state = CanaryState::kCreating, .code = StateReasonCode::kCreatePending};
  canary.timeline.created = now();
  canary.timeline.last_modified = now();
  if (!store_.canaries.Insert(canary)) return false;
  store_.canaries.SaveCode(canary.key, code);
  store_.canary_tags.Put(canary.key, tags);
  AnnounceState(store_, world_, canary, {}, {});
  TransitionPlan plan = NewPlan(canary.status.state);
  plan.vpc = vpc;
  store_.transitions.SavePlan(canary.key, plan);
  ScheduleElapse(canary);
  ApplyDueNow();
  canary = store_.canaries.FindByKey(canary.key).value();
  return true;
}

void Engine::Update(Canary& canary, const std::optional<CanaryCode>& code, const Move& move) {
  store_.dry_runs.Remove(canary.key);
  store_.runs.RemoveDryRunsUnderWay(canary.key);
  TransitionPlan plan = NewPlan(CanaryState::kUpdating);
  plan.vpc_before = move.from;
  plan.vpc = move.to;
  if (plan.failure) {
    // Everything stays as it was, and so nothing has to be rolled back.
    canary = store_.canaries.FindByKey(canary.key).value();
  } else if (code) {
    store_.canaries.SaveCode(canary.key, *code);
    canary.code_fault.reset();
  } else if (canary.code_fault) {
    // A dry run's code has been looked into, and takes the place of what there was.
    store_.canaries.RemoveCode(canary.key);
  }
  Begin(canary, *FindEdge(canary.status, Trigger::kUpdate), plan);
}

bool Engine::Release(Canary& canary) {
  if (!store_.transitions.PlanOf(canary.key).is_held) return false;
  Tally unused;
  Elapse(canary, unused);
  ApplyDueNow();
  return true;
}

void Engine::NoteRead(const Canary& canary) {
  if (!IsTransitional(canary.status.state)) return;
  TransitionPlan plan = store_.transitions.PlanOf(canary.key);
  if (!plan.reads) return;
  if (--*plan.reads > 0) return store_.transitions.SavePlan(canary.key, plan);
  Tally unused;
  Elapse(canary, unused);
  ApplyDueNow();
}

bool Engine::CanBe(const CanaryStatus& status) {
  return !IsTransitional(status.state) || FindEdge(status, Trigger::kElapsed) != nullptr;
}

void Engine::Force(Canary& canary, const CanaryStatus& status) {
  const CanaryState from = canary.status.state;
  const bool begins = status.state == CanaryState::kRunning && from != CanaryState::kRunning;
  store_.timeline.Cancel(canary.key, EventKind::kTransition);
  if (from == CanaryState::kRunning && !(status.state == from)) {
    ApplyEffect(canary, Effect::kEndSchedule);
  }
  const Before before{.state = from, .version = canary.version};
  canary.state_before = IsTransitional(from) ? CanaryState::kReady : from;
  // Whatever is not being created has been.
  if (status.state != CanaryState::kCreating && canary.version == 0) canary.version = 1;
  canary.status = status;
  Touch(canary.timeline, begins ? Stamp::kStarted : StampOn(status.state), now());
  store_.canaries.Save(canary);
  if (from != status.state) AnnounceState(store_, world_, canary, before, {});
  if (begins) BeginSchedule(canary);
  store_.transitions.SavePlan(canary.key, NewPlan(status.state));
  ScheduleElapse(canary);
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
  if (!store_.groups.Insert(group)) return false;
  store_.group_tags.Put(group.key, tags);
  return true;
}

bool Engine::CanApply(const Canary& canary, Trigger trigger) {
  return FindEdge(canary.status, trigger) != nullptr;
}

void Engine::Apply(Canary& canary, Trigger trigger) {
  const Edge* const edge = FindEdge(canary.status, trigger);
  if (edge == nullptr) throw std::logic_error("a trigger without an edge was applied");
  Begin(canary, *edge, NewPlan(edge->to.value()));
}

void Engine::Begin(Canary& canary, const Edge& edge, const TransitionPlan& plan) {
  Tally unused;
  Follow(canary, edge, unused, plan);
  ApplyDueNow();
}

TransitionPlan Engine::NewPlan(CanaryState state) {
  TransitionPlan plan;
  if (!IsTransitional(state)) return plan;
  const StateRule& rule = world_.transitions.RuleOf(state);
  plan.reads = rule.reads;
  plan.is_held = rule.is_held;
  if (!rule.failure) return plan;
  plan.failure = rule.failure;
  if (!rule.times) return plan;
  Transitions spent = world_.transitions;
  StateRule& left = spent.RuleOf(state);
  if (--*left.times == 0) {
    left.failure.reset();
    left.times.reset();
  }
  SetTransitions(spent);
  return plan;
}

void Engine::ApplyDueNow() {
  Tally unused;
  while (ApplyNext(now(), unused)) {
  }
}

void Engine::ApplyEvent(const Event& event, Tally& tally) {
  store_.timeline.Remove(event.sequence);
  auto canary = store_.canaries.FindByKey(event.canary).value();
  switch (event.kind) {
    case EventKind::kTransition:
      Elapse(canary, tally);
      return;
    case EventKind::kExpiry:
      if (const Edge* edge = FindEdge(canary.status, Trigger::kRanOut)) {
        Follow(canary, *edge, tally, NewPlan(edge->to.value()));
      }
      return;
    case EventKind::kRun:
      StartScheduledRun(canary, tally);
      return;
    case EventKind::kCompletion:
      FinishRun(canary, event.run.value(), tally);
      return;
  }
}

void Engine::Elapse(Canary canary, Tally& tally) {
  const Edge* edge = FindEdge(canary.status, Trigger::kElapsed);
  if (edge == nullptr) return;
  if (!Leaves(*edge)) return Follow(canary, *edge, tally);
  const TransitionPlan plan = store_.transitions.PlanOf(canary.key);
  const Edge* const failure = FindEdge(canary.status, Trigger::kFailed);
  if (plan.failure && failure != nullptr) edge = failure;
  store_.transitions.RemovePlan(canary.key);
  Follow(canary, *edge, tally, plan);
}

void Engine::Follow(Canary& canary, const Edge& edge, Tally& tally, const TransitionPlan& plan) {
  const Before before{.state = canary.status.state, .version = canary.version};
  canary.status = Arrival(canary, edge, plan);
  Touch(canary.timeline, edge.stamp, now());
  ApplyEffect(canary, edge.effect);
  if (Leaves(edge)) ++tally.transitions;
  if (edge.effect == Effect::kRemove) return;
  if (Leaves(edge)) {
    AnnounceState(store_, world_, canary, before, plan);
    if (IsTransitional(canary.status.state)) {
      canary.state_before = *before.state;
      store_.transitions.SavePlan(canary.key, plan);
    }
  }
  store_.canaries.Save(canary);
  ScheduleElapse(canary);
}

void Engine::ApplyEffect(Canary& canary, Effect effect) {
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
      store_.runs.RemoveUnderWay(canary.key);
      [[fallthrough]];
    case Effect::kPauseSchedule:
      store_.runs.EndRetries(canary.key);
      store_.timeline.Cancel(canary.key, EventKind::kRun);
      store_.timeline.Cancel(canary.key, EventKind::kExpiry);
      return;
    case Effect::kPublishAndResume:
      ++canary.version;
      [[fallthrough]];
    case Effect::kResume:
      if (canary.status.state == CanaryState::kRunning) BeginSchedule(canary);
      return;
    case Effect::kRemove:
      store_.canaries.Remove(canary.key);
      return;
  }
}

void Engine::BeginSchedule(const Canary& canary) {
  if (canary.schedule.duration.count() > 0) {
    // Before the run: a canary whose time is over does not run once more.
    const Instant expiry = *canary.timeline.last_started + canary.schedule.duration;
    store_.timeline.Push(std::max(expiry, now()), EventKind::kExpiry, canary.key);
  }
  store_.timeline.Push(ScheduleOf(canary).First(now()), EventKind::kRun, canary.key);
}

void Engine::ScheduleElapse(const Canary& canary) {
  if (!IsTransitional(canary.status.state)) return;
  const Edge* const edge = FindEdge(canary.status, Trigger::kElapsed);
  if (edge == nullptr) throw std::logic_error("a transitional state has no end");
  const TransitionPlan plan = store_.transitions.PlanOf(canary.key);
  const bool waits = plan.is_held || plan.reads;
  // Of a state that waits for somebody, the last step is what lasts.
  if (waits && Leaves(*edge)) return;
  const Duration time = waits ? Duration{0} : world_.transitions.TimeIn(canary.status.state);
  const Duration stay = time * edge->percent / 100;
  store_.timeline.Push(now() + stay, EventKind::kTransition, canary.key);
}

void Engine::StartScheduledRun(const Canary& canary, Tally& tally) {
  // A schedule passes over a run whose turn comes while the one before is still being retried.
  if (canary.schedule.max_retries == 0 || !store_.runs.AnyRetryUnderWay(canary.key)) {
    tally.runs_started += StartRuns(store_, canary, now(), world_.random);
  }
  const Schedule schedule = ScheduleOf(canary);
  if (schedule.IsOnce()) return;
  store_.timeline.Push(schedule.Next(now()), EventKind::kRun, canary.key);
}

void Engine::FinishRun(const Canary& canary, std::int64_t key, Tally& tally) {
  const Run run = store_.runs.Complete(key, now());
  ++tally.runs_completed;
  ++(run.outcome.state == RunState::kFailed ? finished_.failed : finished_.passed);
  if (!run.dry_run.empty()) return FinishDryRun(canary, run);
  AnnounceRun(store_, world_, canary, run);
  ++tally.scheduled_runs_completed;
  if (run.outcome.state == RunState::kFailed && run.attempt < run.max_retries) {
    StartRetry(store_, canary, run, now(), world_.random);
    ++tally.runs_started;
    return;
  }
  if (!ScheduleOf(canary).IsOnce() || store_.runs.AnyUnderWay(canary.key)) return;
  Canary finished = canary;
  if (const Edge* edge = FindEdge(finished.status, Trigger::kRanOnce)) {
    Follow(finished, *edge, tally);
  }
}

void Engine::FinishDryRun(const Canary& canary, const Run& run) {
  const RunState state = store_.runs.StateOfDryRun(canary.key, run.dry_run);
  store_.dry_runs.SetState(canary.key, run.dry_run, state);
}

}  // namespace synthetics::state
