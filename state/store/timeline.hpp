// What is due, and when: the one queue of everything that happens by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/instant.hpp"
#include "state/scope.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

enum class EventKind {
  kTransition,  // a state that ends by itself has lasted its time
  kRun,         // the schedule's next run
  kCompletion,  // a run is over
  kExpiry,      // the schedule's DurationInSeconds is over
};

std::string_view Name(EventKind kind);
std::optional<EventKind> ParseEventKind(std::string_view name);

struct Event {
  std::int64_t sequence = 0;  // orders the events of one instant
  Instant at;
  EventKind kind = EventKind::kTransition;
  std::int64_t canary = 0;          // the canary's row
  std::optional<std::int64_t> run;  // the run's row, on kCompletion
};

// An event as a reader wants it.
struct PendingEvent {
  Instant at;
  EventKind kind = EventKind::kTransition;
  std::string canary;
  Scope scope;
};

class Timeline {
 public:
  explicit Timeline(sqlite::Database& database) : database_(database) {}

  void Push(Instant at, EventKind kind, std::int64_t canary, std::optional<std::int64_t> run = {});

  // The event that is due first, in the order in which they were pushed where instants agree.
  // Remembered until anything is written: every request asks for it twice.
  std::optional<Event> Earliest() const;
  // Call after the database was changed behind this object's back, or was rolled back.
  void Forget() { known_at_ = kNeverKnown; }

  void Remove(std::int64_t sequence);
  void Cancel(std::int64_t canary, EventKind kind);

  bool AnyTransition() const;
  // When the canary's schedule has its next run.
  std::optional<Instant> NextRunOf(std::int64_t canary) const;
  std::vector<PendingEvent> List(std::int64_t limit) const;
  std::int64_t Count() const;

 private:
  static constexpr std::int64_t kNeverKnown = -1;

  std::optional<Event> ReadEarliest() const;

  sqlite::Database& database_;
  mutable std::optional<Event> earliest_;
  mutable std::int64_t known_at_ = kNeverKnown;  // the database's count of changes
};

}  // namespace synthetics::state
