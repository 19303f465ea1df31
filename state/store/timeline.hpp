// What is due, and when: the one queue of everything that happens by itself.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "state/instant.hpp"
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

// The queue is in memory, since every request looks at it and time that passes does little else; it
// is read when somebody first asks. The database hears of what has changed when a transaction ends:
// of most of what an advance puts here it never does.
class Timeline {
 public:
  explicit Timeline(sqlite::Database& database) : database_(database) {}

  void Push(Instant at, EventKind kind, std::int64_t canary, std::optional<std::int64_t> run = {});

  // The event that is due first, in the order in which they were pushed where instants agree.
  std::optional<Event> Earliest() const;

  void Remove(const Event& event);
  void Cancel(std::int64_t canary, EventKind kind);
  // All that a canary has, which is no more.
  void CancelAll(std::int64_t canary);
  // The ends of runs of a canary that are no more.
  void CancelRuns(std::int64_t canary, const std::vector<std::int64_t>& runs);

  bool AnyTransition() const;
  // When the canary's schedule has its next run.
  std::optional<Instant> NextRunOf(std::int64_t canary) const;
  std::vector<Event> List(std::int64_t limit) const;
  std::int64_t Count() const;

  // Stores what has changed. Call before a transaction is committed.
  void Save();
  // Call after that: what has changed cannot be taken back any more.
  void Keep();
  // Call in place of both when the transaction has been rolled back.
  void TakeBack();
  // Call after the table was changed behind this object's back.
  void Forget();

 private:
  // What the transaction under way has done to an event: pushed it, or removed it.
  struct Change {
    Event event;
    bool is_removal = false;
  };
  using Place = std::pair<Instant, std::int64_t>;  // the instant and the sequence

  class Queue {
   public:
    void Insert(const Event& event);
    void Erase(const Event& event);

    const std::map<Place, Event>& events() const { return events_; }
    std::int64_t transitions() const { return transitions_; }
    // The canary's events, by instant.
    std::vector<Event> EventsOf(std::int64_t canary) const;

   private:
    std::map<Place, Event> events_;
    std::set<std::pair<std::int64_t, Place>> by_canary_;
    std::int64_t transitions_ = 0;
  };

  Queue& Loaded() const;
  template <class Condition>
  void CancelIf(std::int64_t canary, Condition condition);

  sqlite::Database& database_;
  mutable std::optional<Queue> queue_;
  mutable std::int64_t last_sequence_ = 0;
  bool is_forgotten_ = false;               // in the transaction under way
  std::map<std::int64_t, Change> changes_;  // by sequence
};

}  // namespace synthetics::state
