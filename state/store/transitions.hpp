// The rules for the states that end by themselves, and the plans of the transitions under way.
#pragma once

#include <cstdint>
#include <map>

#include "state/sqlite/database.hpp"
#include "state/transitions.hpp"

namespace synthetics::state {

class TransitionStore {
 public:
  explicit TransitionStore(sqlite::Database& database) : database_(database) {}

  // The rules only: the profile is in the world's row.
  void SaveRules(const Transitions& transitions);
  void LoadRules(Transitions& transitions) const;

  // A plan with nothing in it takes no row, and that is what a canary without one has. It is kept
  // back until the transaction ends: of a state that ends at once the database never hears.
  void SavePlan(std::int64_t canary, const TransitionPlan& plan);
  TransitionPlan PlanOf(std::int64_t canary) const;
  void RemovePlan(std::int64_t canary) { SavePlan(canary, {}); }

  // Stores what has been kept back. Call before a transaction is committed.
  void Save();
  // Call after a rollback, or after the table was changed behind this object's back.
  void Forget() { kept_back_.clear(); }

 private:
  void Store(std::int64_t canary, const TransitionPlan& plan);

  sqlite::Database& database_;
  std::map<std::int64_t, TransitionPlan> kept_back_;
};

}  // namespace synthetics::state
