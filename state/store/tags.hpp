// The tags of canaries.
#pragma once

#include <map>
#include <span>
#include <string>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

using TagMap = std::map<std::string, std::string>;

class Tags {
 public:
  explicit Tags(sqlite::Database& database) : database_(database) {}

  TagMap Of(std::int64_t canary) const;

  // Adds new keys and overwrites the values of known ones.
  void Put(std::int64_t canary, const TagMap& tags);

  // Keys that the canary does not have are passed over.
  void Remove(std::int64_t canary, std::span<const std::string> keys);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
