// All stores of one database.
#pragma once

#include "state/sqlite/database.hpp"
#include "state/store/canaries.hpp"
#include "state/store/runs.hpp"
#include "state/store/tags.hpp"
#include "state/store/timeline.hpp"
#include "state/store/worlds.hpp"

namespace synthetics::state {

struct Store {
  explicit Store(sqlite::Database& database)
      : canaries(database), runs(database), tags(database), timeline(database), worlds(database) {}

  Canaries canaries;
  Runs runs;
  Tags tags;
  Timeline timeline;
  Worlds worlds;
};

}  // namespace synthetics::state
