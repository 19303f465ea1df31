// The emulated world: the only code that makes time pass, and that moves canaries between states.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "state/canary.hpp"
#include "state/engine/state_machine.hpp"
#include "state/host_clock.hpp"
#include "state/runtime_version.hpp"
#include "state/sqlite/transaction.hpp"
#include "state/store/store.hpp"
#include "state/world.hpp"

namespace synthetics::state {

// How a new world begins, and begins again after a reset.
struct Beginning {
  ClockMode mode = ClockMode::kRunning;
  std::optional<Instant> now;  // the host's time where it is not set
  double speed = 1;
  std::uint64_t seed = 0;
  Profile profile = Profile::kFast;
};

// Events between two looks at the sockets: a few milliseconds.
inline constexpr int kSlice = 1024;

class Engine {
 public:
  // Goes on with the world in the database; where there is none, begins one. The runtime versions
  // that there are, in the order of their listing, are said anew each time.
  Engine(sqlite::Database& database, const HostClock& host, const Beginning& beginning,
         std::span<const RuntimeVersion> runtimes);

  // For reading, and for writing what has no consequences in time.
  Store& store() { return store_; }
  const Store& store() const { return store_; }
  const World& world() const { return world_; }

  // The instant that the world has reached: what is stamped on whatever happens now.
  Instant now() const { return world_.now; }

  class Change;

  // The number of what has joined and is not stored yet; 0: all is.
  std::int64_t Unsettled() const { return group_ ? group_->number : 0; }
  // Has the group of that number stored, with all that has joined it. Throws where it could not
  // be, now or before: then none of it has happened.
  void Settle(std::int64_t group);

  // What has happened since the process began, or the last reset.
  const Tally& tally() const { return machine_.tally(); }

  // What the clock says, to which the world gets by `CatchUp`; and what may be shown before it has:
  // while something is due, the instant that the world has reached.
  Instant Reading() const;
  Instant Shown() const;

  // Applies up to `budget` events of those that a running clock has made due, in one transaction.
  // True when none is left, and at once while an advance is under way, which has the time to
  // itself. A clock that is faster than real time, and than what happens on it can be worked off,
  // waits for it.
  bool CatchUp(int budget);

  // From here on, runs by a schedule that a running clock was not there for, as the host slept or
  // no process had the world, have not been: what is due first is late by an hour of the host's or
  // more. All else happens at its own instant.
  void SkipMissedRuns() { skips_missed_runs_ = true; }

  // The host's time until a running clock has something to do; nothing where it will not.
  std::optional<Duration> UntilNextDue() const;

  // What an advance (advance.hpp) is made of. There is one at a time; `Reset` and `Adopt` end it.
  bool is_advancing() const { return advance_ != 0; }
  bool IsAdvancing(std::int64_t advance) const { return advance_ == advance; }
  std::int64_t BeginAdvance() { return advance_ = ++advances_; }
  void EndAdvance() { advance_ = 0; }
  // Applies the earliest event if it is due at or before `limit`.
  bool ApplyNext(Instant limit);
  // Nothing is due before `target`: it is now.
  void MoveTo(Instant target);
  // It is an earlier instant, or still now. Call only within a change that comes back to where it
  // was (past.hpp). That is sound as no event is due before `now`: what happens on the way back is
  // what is put on the timeline meanwhile, and nothing else.
  void GoBackTo(Instant past);
  // How the clock goes on from here.
  void SetClock(ClockMode mode, double speed);

  // From the next step of a transition on; the step under way keeps the time that it began with.
  void SetTransitions(const Transitions& transitions);

  // Chance's word on something of this probability, 0 to 1.
  bool Happens(double probability) { return world_.random.Happens(probability); }

  // Everything of all scopes is gone and the world begins again, as at start-up. A transaction of
  // its own.
  void Reset();

  // The whole state, as the bytes of a SQLite file that has everything up to `now`.
  std::string Snapshot();
  // The state in a database of this version takes the place of this one's: all of it or, where this
  // throws, nothing. Only the runtime versions stay those of this process. The clock goes on, in
  // the other's mode and speed, from the instant that the other world had reached, however long ago
  // that was: what was not over in the snapshot is not over now. Call outside a transaction.
  void Adopt(sqlite::Database& other);

  // Everything of an account, a region or both is gone; empty: of any.
  void Clear(std::string_view account, std::string_view region);

  // A new canary in CREATING, stamped, with an id, its functions in that VPC (empty: in none).
  // False, and nothing changed, where its scope has one of that name. On return the canary is as it
  // now is.
  bool Create(Canary& canary, const CanaryCode& code, const TagMap& tags, std::string_view vpc);

  // Which VPC a canary's functions move from and to; empty: none.
  struct Move {
    std::string from;
    std::string to;
  };
  // Stores a changed configuration, unless the update is to fail, and begins the update, which all
  // dry runs of the canary end with. Call only where `CanApply` says so.
  void Update(Canary& canary, const std::optional<CanaryCode>& code, const Move& move);

  // What is held goes on. False where the canary is not held.
  bool Release(Canary& canary);

  // The canary's state has been read, which may be what ends it.
  void NoteRead(const Canary& canary);

  // Whether a canary can be put into that status: a state that ends by itself needs a code from
  // which it does.
  static bool CanBe(const CanaryStatus& status);
  // Puts a canary into any status at once, with what belongs to it: its schedule runs in RUNNING
  // and nowhere else, and a state that ends by itself does so in its time. Its functions are in
  // that VPC (empty: in none).
  void Force(Canary& canary, const CanaryStatus& status, std::string_view vpc);

  // Begins a dry run of its trial, by this code or else the canary's own, and gives it its id. Call
  // only where `CanApply` says so and none of the canary's is under way.
  void StartDryRun(DryRun& dry_run, const std::optional<CanaryCode>& code);

  // One run now, beside the schedule, that ends as it is wanted to. A run of no length is over on
  // return.
  Run StartRunNow(const Canary& canary, const std::optional<WantedOutcome>& wanted);

  // A new group, stamped, with an id. False, and nothing changed, where its account has one of that
  // name.
  bool CreateGroup(Group& group, const TagMap& tags);

  // Whether the trigger leads anywhere from the canary's state, and going there.
  static bool CanApply(const Canary& canary, Trigger trigger);
  void Apply(Canary& canary, Trigger trigger);

 private:
  // What of the world is not the database's to take back.
  struct Memory {
    World world;
    Tally tally;
    Clock saved_clock;
  };

  // Changes that have joined.
  struct Joined {
    std::int64_t number = 0;
    Memory before;
  };

  Memory Remember() const { return {world_, machine_.tally(), saved_clock_}; }
  void TakeBack(const Memory& before);
  void CommitGroup();
  void LoseGroup(const std::string& why);
  // A group that the database has taken back is lost, as soon as that is known.
  Engine& WithoutLostGroup();
  World NewWorld() const;
  // A clock that the host's has left behind goes on from where the world has got.
  void KeepClockFromGoingBack();
  bool HasSleptUntil(Instant target) const;
  // True: a running clock has nothing left to do for now.
  bool HasCaughtUp();
  // Up to `budget` events that are due by `target`. True when none is left.
  bool ApplyDue(Instant target, int budget);
  void SaveWorld();
  // What a call has made due at this very instant happens before the call returns.
  void ApplyDueNow();

  sqlite::Database& database_;
  const HostClock& host_;
  Beginning beginning_;
  Store store_;
  World world_;
  StateMachine machine_;
  Clock saved_clock_;  // as the database has it
  std::optional<Joined> group_;
  std::int64_t groups_ = 0;                          // so far
  std::map<std::int64_t, std::string> lost_groups_;  // and why
  std::optional<Instant> behind_since_;              // in the host's time
  bool skips_missed_runs_ = false;
  std::int64_t advances_ = 0;  // begun so far
  std::int64_t advance_ = 0;   // the one under way; 0: none
};

// A transaction around anything that changes the world. Neither committed nor joined, it leaves no
// trace, neither in the database nor in the engine.
class Engine::Change {
 public:
  explicit Change(Engine& engine);
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;
  ~Change();

  void Commit();
  // Is seen from here on, and stored with others by `Settle`.
  void Join();

 private:
  Engine& engine_;
  sqlite::Transaction transaction_;
  Memory before_;
  bool is_done_ = false;
};

}  // namespace synthetics::state
