#include "state/store/timeline.hpp"

#include <algorithm>
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

void Timeline::Load() {
  auto row = database_.Prepare("SELECT sequence, at, kind, canary, run FROM timeline");
  while (row.Step()) {
    Event event;
    event.sequence = row.Next<std::int64_t>();
    event.at = row.Next<Instant>();
    event.kind = ReadKind(row);
    event.canary = row.Next<std::int64_t>();
    event.run = row.Next<std::optional<std::int64_t>>();
    last_sequence_ = std::max(last_sequence_, event.sequence);
    Insert(event);
  }
}

void Timeline::Insert(const Event& event) {
  const Place place{event.at, event.sequence};
  queue_.emplace(place, event);
  by_canary_.emplace(event.canary, place);
  transitions_ += event.kind == EventKind::kTransition ? 1 : 0;
}

void Timeline::Erase(const Event& event) {
  const Place place{event.at, event.sequence};
  queue_.erase(place);
  by_canary_.erase({event.canary, place});
  transitions_ -= event.kind == EventKind::kTransition ? 1 : 0;
}

void Timeline::Push(Instant at, EventKind kind, std::int64_t canary,
                    std::optional<std::int64_t> run) {
  const Event event{
      .sequence = ++last_sequence_, .at = at, .kind = kind, .canary = canary, .run = run};
  Insert(event);
  changes_.emplace(event.sequence, Change{event});
}

std::optional<Event> Timeline::Earliest() const {
  if (queue_.empty()) return {};
  return queue_.begin()->second;
}

void Timeline::Remove(const Event& event) {
  Erase(event);
  const auto [change, is_first] = changes_.emplace(event.sequence, Change{event, true});
  // What was pushed since the last commit leaves no trace.
  if (!is_first) changes_.erase(change);
}

std::vector<Event> Timeline::EventsOf(std::int64_t canary) const {
  std::vector<Event> events;
  const auto begin = by_canary_.lower_bound({canary, Place{Instant::min(), 0}});
  for (auto entry = begin; entry != by_canary_.end() && entry->first == canary; ++entry) {
    events.push_back(queue_.at(entry->second));
  }
  return events;
}

template <class Condition>
void Timeline::CancelIf(std::int64_t canary, Condition condition) {
  for (const Event& event : EventsOf(canary)) {
    if (condition(event)) Remove(event);
  }
}

void Timeline::Cancel(std::int64_t canary, EventKind kind) {
  CancelIf(canary, [&](const Event& event) { return event.kind == kind; });
}

void Timeline::CancelAll(std::int64_t canary) {
  CancelIf(canary, [](const Event& /*event*/) { return true; });
}

void Timeline::CancelRuns(std::int64_t canary, const std::vector<std::int64_t>& runs) {
  CancelIf(canary, [&](const Event& event) {
    return event.run && std::ranges::find(runs, *event.run) != runs.end();
  });
}

bool Timeline::AnyTransition() const { return transitions_ > 0; }

std::optional<Instant> Timeline::NextRunOf(std::int64_t canary) const {
  const auto events = EventsOf(canary);
  const auto run = std::ranges::find(events, EventKind::kRun, &Event::kind);
  if (run == events.end()) return {};
  return run->at;
}

std::vector<Event> Timeline::List(std::int64_t limit) const {
  std::vector<Event> events;
  for (const auto& [place, event] : queue_) {
    if (std::ssize(events) == limit) break;
    events.push_back(event);
  }
  return events;
}

std::int64_t Timeline::Count() const { return std::ssize(queue_); }

void Timeline::Save() {
  for (const auto& [sequence, change] : changes_) {
    if (change.is_removal) {
      database_.Prepare("DELETE FROM timeline WHERE sequence = ?").Bind(sequence).Run();
      continue;
    }
    const Event& event = change.event;
    database_
        .Prepare("INSERT INTO timeline (sequence, at, kind, canary, run) VALUES (?, ?, ?, ?, ?)")
        .Bind(sequence, event.at, Name(event.kind), event.canary, event.run)
        .Run();
  }
}

void Timeline::Keep() {
  changes_.clear();
  is_reloaded_ = false;
}

void Timeline::TakeBack() {
  if (is_reloaded_) {
    Reload();
    is_reloaded_ = false;
    return;
  }
  for (const auto& [sequence, change] : changes_) {
    if (change.is_removal) {
      Insert(change.event);
    } else {
      Erase(change.event);
    }
  }
  changes_.clear();
}

void Timeline::Reload() {
  queue_.clear();
  by_canary_.clear();
  changes_.clear();
  transitions_ = 0;
  is_reloaded_ = true;
  Load();
}

}  // namespace synthetics::state
