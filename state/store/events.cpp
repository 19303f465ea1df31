#include "state/store/events.hpp"

#include "state/names.hpp"

namespace synthetics::state {
namespace {

constexpr NameTable<CanaryEventType, 3> kTypes{{
    {CanaryEventType::kStatusChange, "status"},
    {CanaryEventType::kRunSuccessful, "passed"},
    {CanaryEventType::kRunFailure, "failed"},
}};

// Events between two looks for old ones.
constexpr std::int64_t kBatch = 256;

StatusChange ReadChange(sqlite::Statement& row) {
  StatusChange change;
  change.state = ParseCanaryState(row.Next<std::string>()).value();
  if (const auto before = row.Next<std::optional<std::string>>()) {
    change.state_before = ParseCanaryState(*before).value();
  }
  change.version = row.Next<std::int64_t>();
  change.version_before = row.Next<std::int64_t>();
  change.vpc = row.Next<std::string>();
  change.vpc_before = row.Next<std::string>();
  return change;
}

RunResult ReadResult(sqlite::Statement& row) {
  RunResult result;
  result.run = row.Next<std::string>();
  result.started = row.Next<Instant>();
  result.artifact_location = row.Next<std::string>();
  result.reason = row.Next<std::string>();
  return result;
}

// The columns of an event and, after them, those of a change or of a result. A macro, so that each
// statement is one literal.
#define EVENT_COLUMNS "id, at, type, account, region, canary, canary_id"
#define CHANGE_COLUMNS "state, state_before, version, version_before, vpc, vpc_before"
#define RESULT_COLUMNS "run, started, artifact_location, reason"

CanaryEvent Read(sqlite::Statement& row) {
  CanaryEvent event;
  event.id = row.Next<std::int64_t>();
  event.at = row.Next<Instant>();
  event.type = ParseCanaryEventType(row.Next<std::string>()).value();
  event.scope.account = row.Next<std::string>();
  event.scope.region = row.Next<std::string>();
  event.canary = row.Next<std::string>();
  event.canary_id = row.Next<std::string>();
  if (event.type == CanaryEventType::kStatusChange) {
    event.detail = ReadChange(row);
  } else {
    for (int column = 0; column < 6; ++column) row.Next<std::optional<std::string>>();
    event.detail = ReadResult(row);
  }
  return event;
}

}  // namespace

std::optional<CanaryEventType> ParseCanaryEventType(std::string_view word) {
  return ValueIn(kTypes, word);
}

void CanaryEvents::Add(const CanaryEvent& event) {
  const std::string_view type = NameIn(kTypes, event.type);
  if (const auto* const change = std::get_if<StatusChange>(&event.detail)) {
    const auto before = change->state_before ? std::optional(Name(*change->state_before))
                                             : std::optional<std::string_view>{};
    auto insert = database_.Prepare("INSERT INTO events (" EVENT_COLUMNS ", " CHANGE_COLUMNS
                                    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.Bind(event.id, event.at, type, event.scope.account, event.scope.region, event.canary,
                event.canary_id, Name(change->state), before, change->version,
                change->version_before, change->vpc, change->vpc_before);
    insert.Run();
  } else {
    const auto& result = std::get<RunResult>(event.detail);
    auto insert = database_.Prepare("INSERT INTO events (" EVENT_COLUMNS ", " RESULT_COLUMNS
                                    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.Bind(event.id, event.at, type, event.scope.account, event.scope.region, event.canary,
                event.canary_id, result.run, result.started, result.artifact_location,
                result.reason);
    insert.Run();
  }
  if (event.id % kBatch == 0) {
    database_.Prepare("DELETE FROM events WHERE id <= ?").Bind(event.id - kKept).Run();
  }
}

std::vector<CanaryEvent> CanaryEvents::List(const EventFilter& filter, std::int64_t limit) const {
  const std::string_view type = filter.type ? NameIn(kTypes, *filter.type) : std::string_view{};
  auto rows = database_.Prepare("SELECT " EVENT_COLUMNS ", " CHANGE_COLUMNS ", " RESULT_COLUMNS
                                " FROM events WHERE id > ? AND account = ? AND region = ?"
                                " AND (? = '' OR type = ?) AND (? = '' OR canary = ?)"
                                " AND at >= ? ORDER BY id LIMIT ?");
  rows.Bind(filter.after, filter.scope.account, filter.scope.region, type, type, filter.canary,
            filter.canary, filter.since.value_or(Instant{}), limit);
  std::vector<CanaryEvent> events;
  while (rows.Step()) events.push_back(Read(rows));
  return events;
}

void CanaryEvents::Clear(std::string_view account, std::string_view region) {
  if (account.empty() && region.empty()) {
    database_.Execute("DELETE FROM events");
    return;
  }
  database_.Prepare("DELETE FROM events WHERE (? = '' OR account = ?) AND (? = '' OR region = ?)")
      .Bind(account, account, region, region)
      .Run();
}

}  // namespace synthetics::state
