#include "state/store/timeline.hpp"

#include <stdexcept>

#include "state/names.hpp"

namespace synthetics::state {
namespace {

constexpr NameTable<EventKind, 4> kKinds{{
    {EventKind::kTransition, "transition"},
    {EventKind::kRun, "run"},
    {EventKind::kCompletion, "completion"},
    {EventKind::kExpiry, "expiry"},
}};

EventKind ReadKind(sqlite::Statement& row) {
  const auto kind = ParseEventKind(row.Next<std::string>());
  if (!kind) throw std::logic_error("the timeline has an event of no known kind");
  return *kind;
}

}  // namespace

std::string_view Name(EventKind kind) { return NameIn(kKinds, kind); }
std::optional<EventKind> ParseEventKind(std::string_view name) { return ValueIn(kKinds, name); }

void Timeline::Push(Instant at, EventKind kind, std::int64_t canary,
                    std::optional<std::int64_t> run) {
  database_.Prepare("INSERT INTO timeline (at, kind, canary, run) VALUES (?, ?, ?, ?)")
      .Bind(at, Name(kind), canary, run)
      .Run();
}

std::optional<Event> Timeline::Earliest() const {
  if (const std::int64_t changes = database_.Changes(); changes != known_at_) {
    earliest_ = ReadEarliest();
    known_at_ = changes;
  }
  return earliest_;
}

std::optional<Event> Timeline::ReadEarliest() const {
  auto row = database_.Prepare(
      "SELECT sequence, at, kind, canary, run FROM timeline ORDER BY at, sequence LIMIT 1");
  if (!row.Step()) return {};
  Event event;
  event.sequence = row.Next<std::int64_t>();
  event.at = row.Next<Instant>();
  event.kind = ReadKind(row);
  event.canary = row.Next<std::int64_t>();
  event.run = row.Next<std::optional<std::int64_t>>();
  return event;
}

void Timeline::Remove(std::int64_t sequence) {
  database_.Prepare("DELETE FROM timeline WHERE sequence = ?").Bind(sequence).Run();
}

void Timeline::Cancel(std::int64_t canary, EventKind kind) {
  database_.Prepare("DELETE FROM timeline WHERE canary = ? AND kind = ?")
      .Bind(canary, Name(kind))
      .Run();
}

bool Timeline::AnyTransition() const {
  return database_.Prepare("SELECT 1 FROM timeline WHERE kind = 'transition' LIMIT 1").Step();
}

std::optional<Instant> Timeline::NextRunOf(std::int64_t canary) const {
  auto row = database_.Prepare("SELECT at FROM timeline WHERE canary = ? AND kind = 'run'");
  row.Bind(canary);
  if (!row.Step()) return {};
  return row.Next<Instant>();
}

std::vector<PendingEvent> Timeline::List(std::int64_t limit) const {
  auto row = database_.Prepare(
      "SELECT timeline.at, timeline.kind, canaries.name, canaries.account, canaries.region"
      " FROM timeline JOIN canaries ON canaries.key = timeline.canary"
      " ORDER BY timeline.at, timeline.sequence LIMIT ?");
  row.Bind(limit);
  std::vector<PendingEvent> events;
  while (row.Step()) {
    PendingEvent event;
    event.at = row.Next<Instant>();
    event.kind = ReadKind(row);
    event.canary = row.Next<std::string>();
    event.scope.account = row.Next<std::string>();
    event.scope.region = row.Next<std::string>();
    events.push_back(std::move(event));
  }
  return events;
}

std::int64_t Timeline::Count() const {
  auto row = database_.Prepare("SELECT count(*) FROM timeline");
  row.Step();
  return row.Next<std::int64_t>();
}

}  // namespace synthetics::state
