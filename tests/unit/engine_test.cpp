#include "state/engine/engine.hpp"

#include <algorithm>
#include <filesystem>

#include "state/engine/advance.hpp"
#include "state/sqlite/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_host.hpp"
#include "tests/support/scratch.hpp"

using namespace synthetics::state;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using synthetics::tests::kNewYear;
using synthetics::tests::ManualHost;
using synthetics::tests::ScratchDirectory;

namespace {

const Scope kScope{.account = "123456789012", .region = "us-east-1"};

Beginning Frozen(Profile profile = Profile::kInstant) {
  return {.mode = ClockMode::kFrozen, .now = kNewYear, .speed = 1, .seed = 1, .profile = profile};
}

Beginning Running(double speed = 1) {
  return {.mode = ClockMode::kRunning,
          .now = {},
          .speed = speed,
          .seed = 1,
          .profile = Profile::kInstant};
}

// A world in a database file or in memory, and what tests ask it.
struct Fixture {
  explicit Fixture(const Beginning& beginning = Frozen(), const std::string& path = {})
      : database(path.empty() ? sqlite::Database::InMemory() : sqlite::Database::InFile(path)),
        engine((sqlite::Migrate(database), database), host, beginning, {}) {}

  Canary Create(const std::string& expression = "rate(1 minute)", seconds duration = seconds{0}) {
    Canary canary;
    canary.scope = kScope;
    canary.name = "shop";
    canary.schedule = {.expression = expression, .duration = duration};
    canary.timeout = seconds{60};
    canary.runtime_version = "syn-nodejs-puppeteer-9.1";
    canary.artifact_location = "bucket";
    Engine::Change change(engine);
    REQUIRE(engine.Create(canary, {}, {}, {}));
    change.Commit();
    return canary;
  }

  void Apply(Trigger trigger) {
    Canary canary = Shop();
    Engine::Change change(engine);
    engine.Apply(canary, trigger);
    change.Commit();
  }

  void StartShop(const std::string& expression = "rate(1 minute)", seconds duration = seconds{0}) {
    Create(expression, duration);
    Apply(Trigger::kStart);
  }

  Tally AdvanceTo(const Goal& goal) {
    Advance advance(engine, goal, {engine.world().clock.mode, engine.world().clock.speed});
    while (!advance.Step(100)) {
    }
    return advance.tally();
  }
  Tally AdvanceBy(Duration duration) { return AdvanceTo(engine.now() + duration); }

  bool HasShop() { return engine.store().canaries.Find(kScope, "shop").has_value(); }
  Canary Shop() { return engine.store().canaries.Find(kScope, "shop").value(); }
  CanaryState State() { return Shop().status.state; }

  // All runs, the oldest first.
  std::vector<Run> Runs() {
    auto runs = engine.store().runs.Page(Shop().key, {}, {}, {}, 1'000'000);
    std::ranges::reverse(runs);
    return runs;
  }

  ManualHost host;
  sqlite::Database database;
  Engine engine;
};

}  // namespace

TEST_CASE(
    "Engine: a day at a run a minute has a run at each full minute, none missing, none twice") {
  Fixture fixture;
  fixture.StartShop();
  const Tally tally = fixture.AdvanceBy(hours{24});
  REQUIRE(tally.runs_started == 1440);
  const auto runs = fixture.Runs();
  REQUIRE(runs.size() == 1441);
  for (std::size_t index = 0; index < runs.size(); ++index) {
    REQUIRE(runs[index].started == kNewYear + minutes{index});
  }
  REQUIRE(fixture.engine.now() == kNewYear + hours{24});
}

TEST_CASE("Engine: the same seed gives the same day, another one another") {
  const auto ids_and_times = [](std::uint64_t seed) {
    Beginning beginning = Frozen();
    beginning.seed = seed;
    Fixture fixture(beginning);
    fixture.StartShop();
    fixture.AdvanceBy(hours{24});
    std::string all;
    for (const Run& run : fixture.Runs()) {
      all += run.id + ToIso(run.started) + std::to_string(run.outcome.duration.count());
    }
    return all;
  };
  REQUIRE(ids_and_times(5) == ids_and_times(5));
  REQUIRE(ids_and_times(5) != ids_and_times(6));
}

TEST_CASE("Engine: how an advance is cut into slices and calls changes nothing") {
  Fixture at_once;
  at_once.StartShop();
  at_once.AdvanceBy(hours{3});
  Fixture in_steps;
  in_steps.StartShop();
  for (int step = 0; step < 180 * 6; ++step) in_steps.AdvanceBy(seconds{10});
  REQUIRE(at_once.Runs().size() == in_steps.Runs().size());
  REQUIRE(at_once.Runs().back().id == in_steps.Runs().back().id);
}

TEST_CASE("Engine: a running clock leaves the rows that an advance would have left") {
  Fixture frozen;
  frozen.StartShop();
  frozen.AdvanceBy(hours{1});
  Fixture running(Running());
  running.StartShop();
  for (int minute = 0; minute < 60; ++minute) {
    running.host.now += minutes{1};
    while (!running.engine.CatchUp(10)) {
    }
  }
  const auto expected = frozen.Runs();
  const auto found = running.Runs();
  REQUIRE(found.size() == expected.size());
  for (std::size_t index = 0; index < found.size(); ++index) {
    REQUIRE(found[index].id == expected[index].id);
    REQUIRE(found[index].started == expected[index].started);
    REQUIRE(found[index].completed == expected[index].completed);
  }
}

TEST_CASE("Engine: a run takes its time, and is completed on its own instant") {
  Fixture fixture;
  fixture.StartShop();
  REQUIRE_FALSE(fixture.Runs().front().completed);
  fixture.AdvanceBy(seconds{5});
  const Run run = fixture.Runs().front();
  REQUIRE(run.completed == run.started + run.outcome.duration);
}

TEST_CASE("Engine: a transitional state ends when its time is over, and not before") {
  Fixture fixture(Frozen(Profile::kFast));
  fixture.Create();
  const Duration stay = fixture.engine.world().transitions.TimeIn(CanaryState::kCreating);
  REQUIRE(fixture.Shop().status.code == StateReasonCode::kCreatePending);
  fixture.AdvanceBy(stay - Duration{1});
  REQUIRE(fixture.State() == CanaryState::kCreating);
  REQUIRE(fixture.Shop().status.code == StateReasonCode::kCreateInProgress);
  REQUIRE(fixture.Shop().timeline.last_modified == kNewYear);
  fixture.AdvanceBy(Duration{1});
  REQUIRE(fixture.State() == CanaryState::kReady);
  REQUIRE(fixture.Shop().timeline.last_modified == kNewYear + stay);
}

TEST_CASE("Engine: on the instant profile nobody sees a transitional state") {
  Fixture fixture;
  fixture.Create();
  REQUIRE(fixture.State() == CanaryState::kReady);
  fixture.Apply(Trigger::kStart);
  REQUIRE(fixture.State() == CanaryState::kRunning);
  fixture.Apply(Trigger::kStop);
  REQUIRE(fixture.State() == CanaryState::kStopped);
  fixture.Apply(Trigger::kDelete);
  REQUIRE_FALSE(fixture.HasShop());
}

TEST_CASE("Engine: a run-once canary stops by itself when its run is over") {
  Fixture fixture;
  fixture.StartShop("rate(0 hour)");
  REQUIRE(fixture.State() == CanaryState::kRunning);
  fixture.AdvanceBy(hours{2});
  REQUIRE(fixture.State() == CanaryState::kStopped);
  REQUIRE(fixture.Runs().size() == 1);
  REQUIRE(fixture.Shop().timeline.last_stopped == fixture.Runs().front().completed);
}

TEST_CASE("Engine: a canary with a duration stops by itself after it, without a run at its end") {
  Fixture fixture;
  fixture.StartShop("rate(1 minute)", seconds{600});
  fixture.AdvanceBy(seconds{599});
  REQUIRE(fixture.State() == CanaryState::kRunning);
  fixture.AdvanceBy(seconds{1});
  REQUIRE(fixture.State() == CanaryState::kStopped);
  REQUIRE(fixture.Runs().size() == 10);
  fixture.AdvanceBy(hours{1});
  REQUIRE(fixture.Runs().size() == 10);
}

TEST_CASE("Engine: a stop leaves the run that is under way unrecorded, and starts no other") {
  Fixture fixture;
  fixture.StartShop();
  fixture.AdvanceBy(minutes{2});
  REQUIRE(fixture.Runs().size() == 3);
  fixture.Apply(Trigger::kStop);
  REQUIRE(fixture.Runs().size() == 2);
  fixture.AdvanceBy(hours{1});
  REQUIRE(fixture.Runs().size() == 2);
  REQUIRE(fixture.engine.store().timeline.Count() == 0);
}

TEST_CASE("Engine: a restart after a stop begins a new grid at its own instant") {
  Fixture fixture;
  fixture.StartShop();
  fixture.AdvanceBy(seconds{90});
  fixture.Apply(Trigger::kStop);
  fixture.AdvanceBy(seconds{5});
  fixture.Apply(Trigger::kStart);
  fixture.AdvanceBy(seconds{60});
  const auto runs = fixture.Runs();
  REQUIRE(runs.size() == 4);
  REQUIRE(runs[2].started == kNewYear + seconds{95});
  REQUIRE(runs[3].started == kNewYear + seconds{155});
}

TEST_CASE("Engine: an update of a running canary restarts its schedule") {
  Fixture fixture;
  fixture.StartShop();
  fixture.AdvanceBy(seconds{90});
  Canary canary = fixture.Shop();
  Engine::Change change(fixture.engine);
  fixture.engine.Update(canary, {}, {});
  change.Commit();
  REQUIRE(fixture.State() == CanaryState::kRunning);
  REQUIRE(fixture.Shop().version == 2);
  fixture.AdvanceBy(seconds{60});
  const auto runs = fixture.Runs();
  REQUIRE(runs.size() == 4);
  REQUIRE(runs[2].started == kNewYear + seconds{90});
  REQUIRE(runs[3].started == kNewYear + seconds{150});
}

TEST_CASE("Engine: settled is where no state ends by itself any more") {
  Fixture fixture(Frozen(Profile::kRealistic));
  fixture.Create();
  fixture.AdvanceTo(Until::kSettled);
  REQUIRE(fixture.State() == CanaryState::kReady);
  REQUIRE(fixture.engine.now() == kNewYear + Duration{7'100});
  fixture.AdvanceTo(Until::kSettled);
  REQUIRE(fixture.engine.now() == kNewYear + Duration{7'100});
}

TEST_CASE("Engine: the next run is where one has completed, and none where nothing is pending") {
  Fixture fixture(Frozen(Profile::kFast));
  fixture.Create("rate(1 hour)");
  REQUIRE(fixture.AdvanceTo(Until::kNextRun).runs_completed() == 0);
  fixture.Apply(Trigger::kStart);
  REQUIRE(fixture.AdvanceTo(Until::kNextRun).runs_completed() == 1);
  const Tally second = fixture.AdvanceTo(Until::kNextRun);
  REQUIRE(second.runs_completed() == 1);
  REQUIRE(second.runs_started == 1);
  REQUIRE(fixture.engine.now() == fixture.Runs().back().completed);
}

TEST_CASE("Engine: an advance gives up after a year in which its goal was not reached") {
  Fixture fixture(Frozen(Profile::kFast));
  Transitions slow(Profile::kFast);
  slow.RuleOf(CanaryState::kCreating).time = hours{24 * 400 * 4};
  Engine::Change change(fixture.engine);
  fixture.engine.SetTransitions(slow);
  change.Commit();
  fixture.Create();
  Advance advance(fixture.engine, Until::kSettled, {});
  while (!advance.Step(10)) {
  }
  REQUIRE(advance.ending() == Advance::Ending::kGaveUp);
}

TEST_CASE("Engine: the host's clock can be set back, the emulator's does not follow") {
  Fixture fixture(Running());
  fixture.host.now += hours{1};
  fixture.engine.CatchUp(10);
  const Instant reached = fixture.engine.now();
  fixture.host.now -= hours{2};
  fixture.engine.CatchUp(10);
  REQUIRE(fixture.engine.now() == reached);
  // It does not wait either.
  fixture.host.now += minutes{1};
  fixture.engine.CatchUp(10);
  REQUIRE(fixture.engine.now() == reached + minutes{1});
}

TEST_CASE("Engine: runs that were due while the host slept happen, or are skipped where told so") {
  const bool skips = GENERATE(false, true);
  const std::string expression = GENERATE("rate(7 minutes)", "cron(0/7 * * * ? *)");
  CAPTURE(skips, expression);
  Fixture fixture(Running());
  if (skips) fixture.engine.SkipMissedRuns();
  fixture.StartShop(expression);
  fixture.host.now += minutes{30};
  while (!fixture.engine.CatchUp(10)) {
  }
  // Not a sleep yet.
  const auto before = std::ssize(fixture.Runs());
  REQUIRE(before >= 4);
  fixture.host.now += hours{8};
  while (!fixture.engine.CatchUp(10)) {
  }
  REQUIRE(fixture.engine.now() == fixture.host.now);
  const auto next = fixture.engine.store().timeline.NextRunOf(fixture.Shop().key).value();
  REQUIRE(next > fixture.engine.now());
  REQUIRE(next - fixture.engine.now() <= minutes{7});
  if (skips) {
    REQUIRE(std::ssize(fixture.Runs()) == before);
  } else {
    REQUIRE(std::ssize(fixture.Runs()) >= before + 8 * 60 / 7);
  }
  if (expression.starts_with("rate")) REQUIRE((next - kNewYear) % minutes{7} == Duration{0});
  fixture.host.now = next + minutes{8};
  while (!fixture.engine.CatchUp(10)) {
  }
  REQUIRE(fixture.Runs().back().started >= next);
}

TEST_CASE("Engine: what began before a sleep that skips runs ends at its own instant") {
  Fixture fixture({.mode = ClockMode::kRunning, .now = {}, .seed = 1, .profile = Profile::kFast});
  fixture.engine.SkipMissedRuns();
  fixture.Create();
  fixture.host.now += hours{8};
  while (!fixture.engine.CatchUp(10)) {
  }
  REQUIRE(fixture.State() == CanaryState::kReady);
  REQUIRE(fixture.Shop().timeline.last_modified < kNewYear + minutes{1});
}

TEST_CASE("Engine: runs that no retention keeps are gone") {
  Fixture fixture;
  fixture.StartShop();
  Canary shop = fixture.Shop();
  shop.success_retention_days = 1;
  shop.failure_retention_days = 2;
  {
    Engine::Change change(fixture.engine);
    fixture.engine.store().canaries.Save(shop);
    change.Commit();
  }
  constexpr std::int64_t kDay = 24 * 60;
  for (int day = 1; day <= 5; ++day) {
    fixture.AdvanceBy(hours{24});
    const std::int64_t runs = fixture.engine.store().runs.Count(shop.key);
    REQUIRE(runs >= std::min<std::int64_t>(day, 2) * kDay);
    // A few more than that: they are looked for now and then.
    REQUIRE(runs <= 2 * kDay + kDay / 4);
  }
}

TEST_CASE(
    "Engine: a clock that is too fast for what happens on it waits, and time never goes back") {
  Fixture fixture(Running(kHighestSpeed));
  fixture.StartShop();
  // Each slice of 10 events takes 100 ms, in which the clock would gain 10,000 seconds.
  Instant before = fixture.engine.now();
  int slices = 0;
  fixture.host.now += seconds{1};
  for (; !fixture.engine.CatchUp(10); ++slices) {
    fixture.host.now += Duration{100};
    REQUIRE(fixture.engine.now() >= before);
    REQUIRE(slices < 10);
    before = fixture.engine.now();
  }
  REQUIRE(slices > 1);
  REQUIRE(fixture.engine.Reading() == fixture.engine.now());
  REQUIRE(fixture.engine.store().timeline.Earliest()->at > fixture.engine.now());
  REQUIRE(fixture.engine.now() < kNewYear + hours{1});
}

namespace {

// Time passes while the engine works.
class MovingHost : public HostClock {
 public:
  Instant Now() const override { return now_ += Duration{1}; }

 private:
  mutable Instant now_ = kNewYear;
};

}  // namespace

TEST_CASE("Engine: a run keeps its instant, however late and slowly it is worked on") {
  const MovingHost host;
  auto database = sqlite::Database::InMemory();
  sqlite::Migrate(database);
  Engine engine(database, host, Running(20'000), {});
  Canary canary;
  canary.scope = kScope;
  canary.name = "shop";
  canary.schedule.expression = "rate(1 minute)";
  canary.timeout = seconds{60};
  Engine::Change change(engine);
  REQUIRE(engine.Create(canary, {}, {}, {}));
  engine.Apply(canary, Trigger::kStart);
  change.Commit();
  for (int look = 0; look < 2'000; ++look) engine.CatchUp(3);
  const auto runs = engine.store().runs.Page(canary.key, {}, {}, {}, 10'000);
  REQUIRE(runs.size() > 500);
  for (std::size_t index = 1; index < runs.size(); ++index) {
    REQUIRE(runs[index - 1].started - runs[index].started == minutes{1});
  }
}

TEST_CASE("Engine: every state that ends by itself is one that settling waits for") {
  for (const CanaryState state : kTransitionalStates) {
    Fixture fixture;
    Canary canary = fixture.Create();
    REQUIRE_FALSE(fixture.engine.store().timeline.AnyTransition());
    fixture.engine.SetTransitions(Transitions(Profile::kFast));
    fixture.engine.Force(canary, {.state = state, .code = FirstCodeIn(state)}, {});
    REQUIRE(fixture.engine.store().timeline.AnyTransition());
  }
}

TEST_CASE("Engine: a clock in real time does not wait, however much is due") {
  Fixture fixture(Running());
  fixture.StartShop();
  fixture.host.now += hours{24};
  while (!fixture.engine.CatchUp(10)) fixture.host.now += Duration{100};
  REQUIRE(fixture.engine.now() == fixture.host.now);
  REQUIRE(fixture.Runs().size() == 1441);
}

TEST_CASE(
    "Engine: a running clock that was stopped in the middle of an advance goes on from there") {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("a.db");
  Instant reached;
  {
    Fixture fixture(Running(), path);
    fixture.StartShop();
    Advance advance(fixture.engine, kNewYear + hours{24}, {ClockMode::kRunning, 1});
    REQUIRE_FALSE(advance.Step(100));
    reached = fixture.engine.now();
    REQUIRE(reached > kNewYear);
  }
  const Instant later = kNewYear + seconds{5};
  for (const Instant host : {kNewYear, later}) {
    Fixture again(Running(), path);
    again.host.now = host;
    REQUIRE(again.engine.Reading() == reached + (host - kNewYear));
  }
}

TEST_CASE("Engine: after an advance a running clock goes on from where that led") {
  Fixture fixture(Running(60));
  fixture.AdvanceBy(hours{24});
  REQUIRE(fixture.engine.Reading() == kNewYear + hours{24});
  fixture.host.now += seconds{1};
  REQUIRE(fixture.engine.Reading() == kNewYear + hours{24} + minutes{1});
}

TEST_CASE(
    "Engine: a change that is not committed leaves no trace, not even in what is drawn next") {
  Fixture fixture;
  const World before = fixture.engine.world();
  {
    Engine::Change change(fixture.engine);
    Canary canary;
    canary.scope = kScope;
    canary.name = "shop";
    canary.schedule.expression = "rate(1 minute)";
    fixture.engine.Create(canary, {}, {}, {});
  }
  REQUIRE(fixture.engine.world() == before);
  REQUIRE_FALSE(fixture.HasShop());
}

namespace {

// A world in a file that two canaries have joined, and what a crash would leave of it.
struct JoinedFixture {
  JoinedFixture() {
    Join("one");
    Join("two");
  }

  void Join(const std::string& name) {
    Engine::Change change(fixture.engine);
    Put(name);
    change.Join();
  }
  void Put(const std::string& name) {
    Canary canary;
    canary.scope = kScope;
    canary.name = name;
    canary.schedule.expression = "rate(1 minute)";
    REQUIRE(fixture.engine.Create(canary, {}, {}, {}));
  }
  bool Has(const std::string& name) {
    return fixture.engine.store().canaries.Find(kScope, name).has_value();
  }

  bool IsStored(const std::string& name) {
    for (const std::string file : {"a.db", "a.db-wal"}) {
      std::filesystem::copy_file(scratch.File(file), scratch.File("after-crash-" + file),
                                 std::filesystem::copy_options::overwrite_existing);
    }
    Fixture crashed(Frozen(), scratch.File("after-crash-a.db"));
    return crashed.engine.store().canaries.Find(kScope, name).has_value();
  }

  ScratchDirectory scratch;
  Fixture fixture{Frozen(), scratch.File("a.db")};
};

}  // namespace

TEST_CASE("Engine: changes that join are seen at once, and stored together") {
  JoinedFixture joined;
  REQUIRE(joined.Has("one"));
  REQUIRE(joined.Has("two"));
  REQUIRE_FALSE(joined.IsStored("one"));
  REQUIRE_FALSE(joined.IsStored("two"));
  const std::int64_t group = joined.fixture.engine.Unsettled();
  joined.fixture.engine.Settle(group);
  REQUIRE(joined.fixture.engine.Unsettled() == 0);
  REQUIRE(joined.IsStored("one"));
  REQUIRE(joined.IsStored("two"));
  // Others of the group need do nothing.
  joined.fixture.engine.Settle(group);
}

TEST_CASE("Engine: a change that is taken back takes nothing with it of what has joined") {
  JoinedFixture joined;
  {
    const Engine::Change change(joined.fixture.engine);
    joined.Put("three");
  }
  REQUIRE(joined.Has("one"));
  REQUIRE_FALSE(joined.Has("three"));
  joined.fixture.engine.Settle(joined.fixture.engine.Unsettled());
  REQUIRE(joined.IsStored("two"));
  REQUIRE_FALSE(joined.IsStored("three"));
}

TEST_CASE("Engine: what has joined and cannot be stored has not been, and each of it is told") {
  JoinedFixture joined;
  Engine& engine = joined.fixture.engine;
  const std::int64_t group = engine.Unsettled();
  // As SQLite does when the disk is full.
  joined.fixture.database.Execute("ROLLBACK");
  REQUIRE_THROWS(engine.Settle(group));
  REQUIRE_THROWS(engine.Settle(group));
  REQUIRE_FALSE(joined.Has("one"));
  REQUIRE(engine.store().timeline.Count() == 0);
  joined.Join("three");
  engine.Settle(engine.Unsettled());
  REQUIRE(joined.IsStored("three"));
}

TEST_CASE("Engine: a clearing that is taken back has not been") {
  Fixture fixture;
  fixture.StartShop();
  {
    const Engine::Change change(fixture.engine);
    fixture.engine.Clear({}, {});
    REQUIRE(fixture.engine.store().timeline.Count() == 0);
    REQUIRE_FALSE(fixture.HasShop());
  }
  REQUIRE(fixture.State() == CanaryState::kRunning);
  REQUIRE(fixture.AdvanceBy(seconds{60}).runs_completed() == 1);
}

TEST_CASE("Engine: the plan of a transition that is taken back is that of no other") {
  Fixture fixture(Frozen(Profile::kFast));
  Canary canary;
  canary.scope = kScope;
  canary.name = "shop";
  canary.schedule.expression = "rate(0 hour)";
  {
    const Engine::Change change(fixture.engine);
    REQUIRE(fixture.engine.Create(canary, {}, {}, "vpc-1"));
    REQUIRE(fixture.engine.store().transitions.PlanOf(canary.key).vpc == "vpc-1");
  }
  REQUIRE(fixture.engine.store().transitions.PlanOf(canary.key) == TransitionPlan{});
  fixture.Create();
  REQUIRE(fixture.engine.store().transitions.PlanOf(canary.key) == TransitionPlan{});
}

TEST_CASE("Engine: after a restart everything goes on where it was") {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("a.db");
  Fixture whole;
  whole.StartShop();
  whole.AdvanceBy(hours{2});
  {
    Fixture first(Frozen(), path);
    first.StartShop();
    first.AdvanceBy(minutes{61});
  }
  Beginning other = Frozen(Profile::kRealistic);
  other.seed = 99;
  Fixture second(other, path);
  REQUIRE(second.engine.now() == kNewYear + minutes{61});
  second.AdvanceTo(kNewYear + hours{2});
  REQUIRE(second.engine.world().transitions.profile() == Profile::kInstant);
  REQUIRE(second.Runs().size() == 121);
  REQUIRE(second.Runs().back().id == whole.Runs().back().id);
}

TEST_CASE("Engine: a reset begins the same world again") {
  Fixture fixture;
  fixture.StartShop();
  fixture.AdvanceBy(hours{1});
  const std::string id = fixture.Shop().id;
  fixture.engine.Reset();
  REQUIRE_FALSE(fixture.HasShop());
  REQUIRE(fixture.engine.now() == kNewYear);
  REQUIRE(fixture.engine.store().timeline.Count() == 0);
  fixture.Create();
  REQUIRE(fixture.Shop().id == id);
}

TEST_CASE("Engine: a reset ends the advance that is under way") {
  Fixture fixture;
  fixture.StartShop();
  Advance advance(fixture.engine, kNewYear + hours{24}, {});
  REQUIRE_FALSE(advance.Step(10));
  fixture.engine.Reset();
  REQUIRE(advance.Step(10));
  REQUIRE(advance.ending() == Advance::Ending::kCancelled);
  REQUIRE(fixture.engine.now() == kNewYear);
}

TEST_CASE("Engine: a retry that is under way when the next run is due makes the schedule skip it") {
  Fixture fixture;
  fixture.StartShop();
  fixture.AdvanceBy(seconds{30});
  Canary shop = fixture.Shop();
  shop.schedule.max_retries = 1;
  fixture.engine.store().canaries.Save(shop);
  Run retry;
  retry.canary = shop.key;
  retry.attempt = 1;
  retry.max_retries = 1;
  retry.started = fixture.engine.now();
  fixture.engine.store().runs.Insert(retry);
  fixture.engine.store().timeline.Push(kNewYear + seconds{90}, EventKind::kCompletion, retry.canary,
                                       retry.key);
  REQUIRE(fixture.AdvanceBy(seconds{45}).runs_started == 0);
  const Tally tally = fixture.AdvanceBy(minutes{1});
  REQUIRE(tally.runs_started == 1);
  REQUIRE(fixture.Runs().back().started == kNewYear + minutes{2});
}
