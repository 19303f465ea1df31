// The runs of all canaries.
#pragma once

#include <optional>
#include <vector>

#include "state/run.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

// Where a page of runs goes on: after the run that started then, with that key.
struct RunPosition {
  Instant started = kEndOfTime;
  std::int64_t key = INT64_MAX;
};

class Runs {
 public:
  explicit Runs(sqlite::Database& database) : database_(database) {}

  // Stores a run that has just started, and gives it its key.
  void Insert(Run& run);

  void Complete(std::int64_t key, Instant completed);

  bool AnyUnderWay(std::int64_t canary) const;
  void RemoveUnderWay(std::int64_t canary);

  // Up to `limit` runs of a canary that come after `position`, newest first.
  std::vector<Run> Page(std::int64_t canary, const RunPosition& position, std::int64_t limit) const;

  // The newest run of a canary, in that browser where one is named.
  std::optional<Run> Last(std::int64_t canary, std::optional<Browser> browser) const;

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
