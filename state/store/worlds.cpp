#include "state/store/worlds.hpp"

#include <bit>
#include <stdexcept>

#include "state/store/transitions.hpp"

namespace synthetics::state {

std::optional<World> Worlds::Load() const {
  auto row = database_.Prepare(
      "SELECT now, clock_mode, clock_speed, clock_anchor, clock_host_anchor, seed, random,"
      " profile, events FROM world");
  if (!row.Step()) return {};
  World world;
  world.now = row.Next<Instant>();
  const auto mode = ParseClockMode(row.Next<std::string>());
  world.clock.speed = row.Next<double>();
  world.clock.anchor = row.Next<Instant>();
  world.clock.host_anchor = row.Next<Instant>();
  world.seed = std::bit_cast<std::uint64_t>(row.Next<std::int64_t>());
  world.random = Random(std::bit_cast<std::uint64_t>(row.Next<std::int64_t>()));
  const auto profile = ParseProfile(row.Next<std::string>());
  world.events = row.Next<std::int64_t>();
  if (!mode || !profile) throw std::logic_error("the world's row has a value that is none");
  world.clock.mode = *mode;
  world.transitions = Transitions(*profile);
  TransitionStore(database_).LoadRules(world.transitions);
  return world;
}

void Worlds::Save(const World& world) {
  database_
      .Prepare(
          "INSERT OR REPLACE INTO world (one, now, clock_mode, clock_speed, clock_anchor,"
          " clock_host_anchor, seed, random, profile, events) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?)")
      .Bind(world.now, Name(world.clock.mode), world.clock.speed, world.clock.anchor,
            world.clock.host_anchor, std::bit_cast<std::int64_t>(world.seed),
            std::bit_cast<std::int64_t>(world.random.state()), Name(world.transitions.profile()),
            world.events)
      .Run();
}

}  // namespace synthetics::state
