// The dry runs of all canaries.
#pragma once

#include <optional>
#include <string_view>

#include "state/dry_run.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

class DryRuns {
 public:
  explicit DryRuns(sqlite::Database& database) : database_(database) {}

  void Insert(const DryRun& dry_run);

  // A canary's dry run; `trial` is `canary` with what the dry run changes.
  std::optional<DryRun> Find(const Canary& canary, std::string_view id) const;

  void SetState(std::int64_t canary, std::string_view id, RunState state);

  // Of a canary, and of any.
  bool IsUnderWay(std::int64_t canary) const;
  bool AnyUnderWay() const;

  // Forgets all dry runs of a canary.
  void Remove(std::int64_t canary);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
