// The tags of canaries and of groups.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

using TagMap = std::map<std::string, std::string>;

// All tags of a resource as the one text that its row has of them: key and value in turn, each with
// its length in bytes before it, since a value can have any character. "" and "4:team3:web".
std::string FormatTags(const TagMap& tags);
std::optional<TagMap> ParseTags(std::string_view text);

class Tags {
 public:
  // The statements on one kind of resource's tags.
  struct Sql {
    std::string_view of;
    std::string_view save;
  };
  static const Sql kOfCanaries;
  static const Sql kOfGroups;

  // `changed` is called with the resource whose tags have changed.
  Tags(
      sqlite::Database& database, const Sql& sql,
      std::function<void(std::int64_t)> changed = [](std::int64_t /*resource*/) {})
      : database_(database), sql_(sql), changed_(std::move(changed)) {}

  // Remembered: each run of a canary looks at its tags. Good until the next call.
  const TagMap& Of(std::int64_t resource) const;
  // Call after the resource was stored with them: whoever has made it will show it,
  void Remember(std::int64_t resource, const TagMap& tags) { known_[resource] = tags; }
  // after it was removed,
  void Forget(std::int64_t resource) { known_.erase(resource); }
  // or the table changed behind this object's back, or a transaction rolled back.
  void Forget() { known_.clear(); }

  // Adds new keys and overwrites the values of known ones.
  void Put(std::int64_t resource, const TagMap& tags);

  // Keys that the resource does not have are passed over.
  void Remove(std::int64_t resource, std::span<const std::string> keys);

 private:
  void Save(std::int64_t resource, TagMap tags);

  sqlite::Database& database_;
  const Sql& sql_;
  std::function<void(std::int64_t)> changed_;
  mutable std::unordered_map<std::int64_t, TagMap> known_;
};

}  // namespace synthetics::state
