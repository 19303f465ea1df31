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

void Timeline::Queue::Insert(const Event& event) {
  const Place place{event.at, event.sequence};
  events_.emplace(place, event);
  by_canary_.emplace(event.canary, place);
  transitions_ += event.kind == EventKind::kTransition ? 1 : 0;
}

void Timeline::Queue::Erase(const Event& event) {
  const Place place{event.at, event.sequence};
  events_.erase(place);
  by_canary_.erase({event.canary, place});
  transitions_ -= event.kind == EventKind::kTransition ? 1 : 0;
}

std::vector<Event> Timeline::Queue::EventsOf(std::int64_t canary) const {
  std::vector<Event> events;
  const auto begin = by_canary_.lower_bound({canary, Place{Instant::min(), 0}});
  for (auto entry = begin; entry != by_canary_.end() && entry->first == canary; ++entry) {
    events.push_back(events_.at(entry->second));
  }
  return events;
}

Timeline::Queue& Timeline::Loaded() const {
  if (queue_) return *queue_;
  Queue queue;
  auto row = database_.Prepare("SELECT sequence, at, kind, canary, run FROM timeline");
  while (row.Step()) {
    Event event;
    event.sequence = row.Next<std::int64_t>();
    event.at = row.Next<Instant>();
    event.kind = ReadKind(row);
    event.canary = row.Next<std::int64_t>();
    event.run = row.Next<std::optional<std::int64_t>>();
    last_sequence_ = std::max(last_sequence_, event.sequence);
    queue.Insert(event);
  }
  return queue_.emplace(std::move(queue));
}

void Timeline::Push(Instant at, EventKind kind, std::int64_t canary,
                    std::optional<std::int64_t> run) {
  Queue& queue = Loaded();
  const Event event{
      .sequence = ++last_sequence_, .at = at, .kind = kind, .canary = canary, .run = run};
  queue.Insert(event);
  changes_.emplace(event.sequence, Change{event});
}

std::optional<Event> Timeline::Earliest() const {
  const auto& events = Loaded().events();
  if (events.empty()) return {};
  return events.begin()->second;
}

void Timeline::Remove(const Event& event) {
  Loaded().Erase(event);
  const auto [change, is_first] = changes_.emplace(event.sequence, Change{event, true});
  // What was pushed since the last commit leaves no trace.
  if (!is_first) changes_.erase(change);
}

template <class Condition>
void Timeline::CancelIf(std::int64_t canary, Condition condition) {
  for (const Event& event : Loaded().EventsOf(canary)) {
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

bool Timeline::AnyTransition() const { return Loaded().transitions() > 0; }

std::optional<Instant> Timeline::NextRunOf(std::int64_t canary) const {
  const auto events = Loaded().EventsOf(canary);
  const auto run = std::ranges::find(events, EventKind::kRun, &Event::kind);
  if (run == events.end()) return {};
  return run->at;
}

std::vector<Event> Timeline::List(std::int64_t limit) const {
  std::vector<Event> events;
  for (const auto& [place, event] : Loaded().events()) {
    if (std::ssize(events) == limit) break;
    events.push_back(event);
  }
  return events;
}

std::int64_t Timeline::Count() const { return std::ssize(Loaded().events()); }

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
  is_forgotten_ = false;
}

void Timeline::TakeBack() {
  if (is_forgotten_ || !queue_) {
    // What has been read since may be of what was rolled back.
    Forget();
    is_forgotten_ = false;
    return;
  }
  for (const auto& [sequence, change] : changes_) {
    if (change.is_removal) {
      queue_->Insert(change.event);
    } else {
      queue_->Erase(change.event);
    }
  }
  changes_.clear();
}

void Timeline::Forget() {
  queue_.reset();
  changes_.clear();
  is_forgotten_ = true;
}

}  // namespace synthetics::state
