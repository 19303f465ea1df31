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

  // Everything but the rules of single states, which `TransitionStore` keeps.
  void Save(const World& world);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
