// The tags of canaries and of groups.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

using TagMap = std::map<std::string, std::string>;

class Tags {
 public:
  // The statements on one kind of resource's tags.
  struct Sql {
    std::string_view of;
    std::string_view put;
    std::string_view remove;
  };
  static const Sql kOfCanaries;
  static const Sql kOfGroups;

  // `changed` is called with the resource whose tags have changed.
  Tags(
      sqlite::Database& database, const Sql& sql,
      std::function<void(std::int64_t)> changed = [](std::int64_t /*resource*/) {})
      : database_(database), sql_(sql), changed_(std::move(changed)) {}

  TagMap Of(std::int64_t resource) const;

  // Adds new keys and overwrites the values of known ones.
  void Put(std::int64_t resource, const TagMap& tags);

  // Keys that the resource does not have are passed over.
  void Remove(std::int64_t resource, std::span<const std::string> keys);

 private:
  sqlite::Database& database_;
  const Sql& sql_;
  std::function<void(std::int64_t)> changed_;
};

}  // namespace synthetics::state
