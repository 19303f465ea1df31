// Where the one world is kept.
#pragma once

#include <optional>

#include "state/sqlite/database.hpp"
#include "state/world.hpp"

namespace synthetics::state {

class Worlds {
 public:
  explicit Worlds(sqlite::Database& database) : database_(database) {}

  // Nothing in a database that has just been made.
  std::optional<World> Load() const;

  // Everything but the times of single states, which change so much less often.
  void Save(const World& world);

  void SaveTransitions(const Transitions& transitions);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
