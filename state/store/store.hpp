// All stores of one database.
#pragma once

#include "state/sqlite/database.hpp"
#include "state/store/canaries.hpp"
#include "state/store/dry_runs.hpp"
#include "state/store/events.hpp"
#include "state/store/faults.hpp"
#include "state/store/groups.hpp"
#include "state/store/outcomes.hpp"
#include "state/store/runs.hpp"
#include "state/store/runtimes.hpp"
#include "state/store/tags.hpp"
#include "state/store/timeline.hpp"
#include "state/store/transitions.hpp"
#include "state/store/worlds.hpp"

namespace synthetics::state {

struct Store {
  explicit Store(sqlite::Database& database)
      : canaries(database),
        runs(database),
        dry_runs(database),
        groups(database),
        canary_tags(database, Tags::kOfCanaries,
                    [this](std::int64_t canary) { canaries.DropText(canary); }),
        group_tags(database, Tags::kOfGroups),
        outcomes(database),
        runtimes(database),
        timeline(database),
        transitions(database),
        events(database),
        faults(database),
        worlds(database) {}

  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // What some of them remember need not be so any more: the database was rolled back or replaced.
  void Forget() {
    canaries.Forget();
    faults.Forget();
    outcomes.Forget();
    timeline.Forget();
  }

  Canaries canaries;
  Runs runs;
  DryRuns dry_runs;
  Groups groups;
  Tags canary_tags;
  Tags group_tags;
  OutcomeStore outcomes;
  Runtimes runtimes;
  Timeline timeline;
  TransitionStore transitions;
  CanaryEvents events;
  Faults faults;
  Worlds worlds;
};

}  // namespace synthetics::state
