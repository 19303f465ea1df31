// What the service has told the world, the last few thousand events.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "state/canary_event.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

// Words by which the types are kept.
std::optional<CanaryEventType> ParseCanaryEventType(std::string_view word);

// What events to list; empty or none: any.
struct EventFilter {
  Scope scope;
  std::optional<CanaryEventType> type;
  std::string canary;
  std::int64_t after = 0;  // ids greater than this
  std::optional<Instant> since;
};

class CanaryEvents {
 public:
  // How many are kept at least; the oldest go first.
  static constexpr std::int64_t kKept = 10'000;

  explicit CanaryEvents(sqlite::Database& database) : database_(database) {}

  // Ids only ever grow.
  void Add(const CanaryEvent& event);

  // Up to `limit` events, in the order in which they were told.
  std::vector<CanaryEvent> List(const EventFilter& filter, std::int64_t limit) const;

  // Forgets those of an account, a region or both; empty: of all.
  void Clear(std::string_view account, std::string_view region);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
