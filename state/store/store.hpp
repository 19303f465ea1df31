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
  ~Store() = default;

  // Removes a canary with all that belongs to it.
  void Remove(const Canary& canary) {
    runs.Save();
    timeline.CancelAll(canary.key);
    canary_tags.Forget(canary.key);
    canaries.Remove(canary);
  }

  // The canary's runs of that kind that are under way do not end: they have not been.
  void RemoveRunsUnderWay(const Canary& canary, RunKind kind) {
    timeline.CancelRuns(canary.key, runs.RemoveUnderWay(canary.key, kind));
  }

  // Stores what some of them have kept back. Call before a transaction is committed.
  void Save() {
    canaries.Save();
    runs.Save();
    timeline.Save();
    transitions.Save();
  }
  // Call after it was committed,
  void Keep() { timeline.Keep(); }
  // or rolled back; `has_written`: after something was stored.
  void TakeBack(bool has_written) {
    timeline.TakeBack();
    runs.Forget();
    transitions.Forget();
    if (has_written || canaries.HasKeptBack()) ForgetRows();
  }

  // What they remember need not be so any more: the database was replaced.
  void Forget() {
    timeline.Forget();
    runs.Forget();
    transitions.Forget();
    ForgetRows();
  }

  // Of what they remember, the rows.
  void ForgetRows() {
    canaries.Forget();
    canary_tags.Forget();
    group_tags.Forget();
    faults.Forget();
    outcomes.Forget();
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
