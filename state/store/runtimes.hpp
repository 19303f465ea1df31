// The catalogue of runtime versions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "state/runtime_version.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

class Runtimes {
 public:
  explicit Runtimes(sqlite::Database& database) : database_(database) {}

  // These and no others, in this order.
  void Replace(std::span<const RuntimeVersion> versions);

  std::optional<RuntimeVersion> Find(std::string_view name) const;

  // Up to `limit` versions that come after the one of that name; empty: from the first.
  std::vector<RuntimeVersion> Page(std::string_view after, std::int64_t limit) const;

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
