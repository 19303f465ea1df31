#include "state/engine/engine.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "state/sqlite/snapshot.hpp"

namespace synthetics::state {
namespace {

// How long a clock faster than real time may be ahead of what happens on it, in the host's time.
constexpr Duration kPatience{250};

// Later than this in the host's time no process is that was there.
constexpr Duration kSleep = std::chrono::hours{1};

// Whoever waits for a group asks for it a turn later: these are more than enough to be remembered.
constexpr std::size_t kMostLost = 1'000;

}  // namespace

Engine::Change::Change(Engine& engine)
    : engine_(engine.WithoutLostGroup()),
      transaction_(engine.database_),
      before_(engine.Remember()) {}

Engine::Change::~Change() {
  if (is_done_) return;
  engine_.TakeBack(before_);
  const bool has_written = transaction_.HasWritten();
  transaction_.Rollback();
  engine_.store_.TakeBack(has_written);
  engine_.WithoutLostGroup();
}

void Engine::Change::Commit() {
  Join();
  engine_.CommitGroup();
}

void Engine::Change::Join() {
  engine_.store_.Save();
  const World& world = engine_.world_;
  if (!(world == before_.world) || !(world.clock == engine_.saved_clock_)) engine_.SaveWorld();
  transaction_.Join();
  engine_.store_.Keep();
  is_done_ = true;
  if (!engine_.group_ && engine_.database_.HasJoined()) {
    engine_.group_ = Joined{.number = ++engine_.groups_, .before = before_};
  }
}

void Engine::TakeBack(const Memory& before) {
  world_ = before.world;
  machine_.tally() = before.tally;
  saved_clock_ = before.saved_clock;
}

void Engine::CommitGroup() {
  if (!group_) return;
  try {
    database_.Commit();
  } catch (const std::exception& error) {
    LoseGroup(error.what());
    throw;
  }
  group_.reset();
}

void Engine::LoseGroup(const std::string& why) {
  database_.RollbackAll();
  TakeBack(group_->before);
  store_.Forget();
  lost_groups_.emplace(group_->number, why);
  if (lost_groups_.size() > kMostLost) lost_groups_.erase(lost_groups_.begin());
  group_.reset();
}

Engine& Engine::WithoutLostGroup() {
  if (group_ && !database_.HasJoined()) LoseGroup("it was taken back");
  return *this;
}

void Engine::Settle(std::int64_t group) {
  if (group == Unsettled()) CommitGroup();
  if (const auto lost = lost_groups_.find(group); lost != lost_groups_.end()) {
    throw std::runtime_error("what it tells of could not be stored: " + lost->second);
  }
}

Engine::Engine(sqlite::Database& database, const HostClock& host, const Beginning& beginning,
               std::span<const RuntimeVersion> runtimes)
    : database_(database),
      host_(host),
      beginning_(beginning),
      store_(database),
      machine_(store_, world_) {
  // A frozen clock that was given no instant stands at the start of the process, also after a
  // reset.
  if (beginning_.mode == ClockMode::kFrozen && !beginning_.now) beginning_.now = host_.Now();
  if (auto kept = store_.worlds.Load()) {
    world_ = *kept;
    // A reset begins the same future again.
    beginning_.seed = world_.seed;
    // The last process may have ended in the middle of an advance.
    KeepClockFromGoingBack();
  } else {
    world_ = NewWorld();
  }
  // Read now, so that what cannot be read keeps the program from starting.
  store_.timeline.Earliest();
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
  // The host's may have been set back.
  KeepClockFromGoingBack();
  // Read once: what falls due while this works keeps its own instant.
  const Instant target = Reading();
  if (skips_missed_runs_ && HasSleptUntil(target)) machine_.SkipRunsBefore(target);
  if (ApplyDue(target, budget)) {
    world_.now = target;
    return HasCaughtUp();
  }
  if (!behind_since_) behind_since_ = host_.Now();
  const bool is_hopeless = world_.clock.speed > 1 && host_.Now() - *behind_since_ > kPatience;
  if (!is_hopeless) return false;
  Change change(*this);
  ApplyDueNow();
  SetClock(world_.clock.mode, world_.clock.speed);
  change.Commit();
  return HasCaughtUp();
}

bool Engine::HasCaughtUp() {
  behind_since_.reset();
  machine_.SkipRunsBefore(Instant::min());
  return true;
}

void Engine::KeepClockFromGoingBack() {
  if (world_.clock.At(host_.Now()) < now()) SetClock(world_.clock.mode, world_.clock.speed);
}

bool Engine::HasSleptUntil(Instant target) const {
  const auto next = store_.timeline.Earliest();
  if (!next || next->at >= target) return false;
  return std::chrono::duration<double, std::milli>(target - next->at) / world_.clock.speed > kSleep;
}

bool Engine::ApplyDue(Instant target, int budget) {
  const auto next = store_.timeline.Earliest();
  if (!next || next->at > target) return true;
  Change change(*this);
  int applied = 0;
  while (applied < budget && ApplyNext(target)) ++applied;
  change.Commit();
  return applied < budget;
}

std::optional<Duration> Engine::UntilNextDue() const {
  if (is_advancing()) return {};
  const auto next = store_.timeline.Earliest();
  if (!next) return {};
  return world_.clock.UntilShows(next->at, host_.Now());
}

bool Engine::ApplyNext(Instant limit) {
  const auto event = store_.timeline.Earliest();
  if (!event || event->at > limit) return false;
  world_.now = event->at;
  machine_.Apply(*event);
  return true;
}

void Engine::ApplyDueNow() {
  while (ApplyNext(now())) {
  }
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
  CommitGroup();
  const sqlite::ForeignKeysOff foreign_keys_off(database_);
  Change change(*this);
  Clear({}, {});
  store_.faults.Reset();
  machine_.tally() = {};
  world_ = NewWorld();
  store_.transitions.SaveRules(world_.transitions);
  change.Commit();
  EndAdvance();
}

std::string Engine::Snapshot() {
  Change change(*this);
  // A world to which nothing happens moves on without being stored.
  SaveWorld();
  change.Commit();
  return sqlite::Serialize(database_);
}

void Engine::Adopt(sqlite::Database& other) {
  CommitGroup();
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
  // As after a restart with what is now kept.
  beginning_.seed = world.seed;
}

void Engine::Clear(std::string_view account, std::string_view region) {
  store_.Save();
  store_.outcomes.Clear(account, region);
  store_.groups.Clear(account, region);
  store_.canaries.Clear(account, region);
  store_.events.Clear(account, region);
  store_.Forget();
}

}  // namespace synthetics::state
