// The runs of all canaries.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "state/run.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

// Where a page of runs goes on: after the run that started then, with that key.
struct RunPosition {
  Instant started = kEndOfTime;
  std::int64_t key = INT64_MAX;
};

// How far back runs are listed, by their outcome.
struct RunsKept {
  Instant passed_since;
  Instant failed_since;
};

enum class RunKind { kScheduled, kDry };

class Runs {
 public:
  explicit Runs(sqlite::Database& database) : database_(database) {}

  // Takes a run that has just started, and gives it its key. It is kept back until it is over, the
  // transaction ends or somebody asks: of a run that an advance sees begin and end the database
  // hears once.
  void Insert(Run& run);

  // The run as it then is.
  Run Complete(std::int64_t key, Instant completed);

  // Removes up to some of the canary's runs by the schedule that started before then.
  void Retire(std::int64_t canary, Instant before);

  // This one and the next ones see runs by the schedule, and no dry runs.
  std::optional<Run> Find(std::int64_t canary, std::string_view id) const;
  std::int64_t Count(std::int64_t canary) const;
  bool AnyUnderWay(std::int64_t canary) const;
  bool AnyRetryUnderWay(std::int64_t canary) const;
  // Those under way are not tried again, and count as no retries any more.
  void EndRetries(std::int64_t canary);
  // Gives the keys of those that were.
  std::vector<std::int64_t> RemoveUnderWay(std::int64_t canary, RunKind kind);

  // Of all canaries, dry runs included.
  std::int64_t CountUnderWay() const;

  // RUNNING while one of a dry run's runs is, FAILED where one has failed, else PASSED.
  RunState StateOfDryRun(std::int64_t canary, std::string_view dry_run) const;

  // Up to `limit` runs of a canary that come after `position`, newest first: of one dry run, or
  // (empty) those by the schedule.
  std::vector<Run> Page(std::int64_t canary, std::string_view dry_run, const RunPosition& position,
                        const RunsKept& kept, std::int64_t limit) const;
  // The same of all dry runs.
  std::vector<Run> PageOfDryRuns(std::int64_t canary, const RunPosition& position,
                                 const RunsKept& kept, std::int64_t limit) const;

  // The newest run by the schedule, in that browser where one is named.
  std::optional<Run> Last(std::int64_t canary, std::optional<Browser> browser) const;

  // Stores what has been kept back. Call before a transaction is committed, and before a canary is
  // removed.
  void Save() const;
  // Call after a rollback, or after the table was changed behind this object's back.
  void Forget();

 private:
  // For those that ask of runs, or change them: of what is kept back, too.
  sqlite::Statement Prepare(std::string_view sql) const;
  void Store(const Run& run) const;
  std::int64_t NextKey();

  sqlite::Database& database_;
  std::int64_t last_key_ = 0;  // 0: not known
  mutable std::map<std::int64_t, Run> kept_back_;
};

}  // namespace synthetics::state
