// The rules for the states that end by themselves, and the plans of the transitions under way.
#pragma once

#include <cstdint>

#include "state/sqlite/database.hpp"
#include "state/transitions.hpp"

namespace synthetics::state {

class TransitionStore {
 public:
  explicit TransitionStore(sqlite::Database& database) : database_(database) {}

  // The rules only: the profile is in the world's row.
  void SaveRules(const Transitions& transitions);
  void LoadRules(Transitions& transitions) const;

  // A plan with nothing in it takes no row, and that is what a canary without one has.
  void SavePlan(std::int64_t canary, const TransitionPlan& plan);
  TransitionPlan PlanOf(std::int64_t canary) const;
  void RemovePlan(std::int64_t canary);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
