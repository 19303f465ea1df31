// The rules by which requests go wrong on purpose, oldest first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

struct FaultRule {
  std::int64_t id = 0;                // from 1, never used again before a reset
  std::string told;                   // what it matches and does; never read in this room
  std::optional<std::int64_t> times;  // hits that are left; none: without end
  std::int64_t after_requests = 0;    // matching requests that still pass before it begins
  std::int64_t hits = 0;
};

class Faults {
 public:
  explicit Faults(sqlite::Database& database) : database_(database) {}

  // Remembered between writes of its own: a request without faults does not ask the database. Call
  // `Forget` after the database was changed behind this object's back, or was rolled back.
  bool IsEmpty() const;
  void Forget() { is_empty_.reset(); }

  // Stores a new rule and gives it its id.
  void Insert(FaultRule& rule);

  // Stores what counts down and up.
  void Save(const FaultRule& rule);

  std::vector<FaultRule> All() const;
  std::optional<FaultRule> Find(std::int64_t id) const;

  // False where there is no such rule.
  bool Remove(std::int64_t id);
  void Clear();

  // Like `Clear`, and ids begin again.
  void Reset();

 private:
  sqlite::Database& database_;
  mutable std::optional<bool> is_empty_;
};

}  // namespace synthetics::state
