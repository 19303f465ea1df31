#include "state/store/tags.hpp"

namespace synthetics::state {

TagMap Tags::Of(std::int64_t canary) const {
  auto statement =
      database_.Prepare("SELECT key, value FROM canary_tags WHERE canary = ? ORDER BY key");
  statement.Bind(canary);
  TagMap tags;
  while (statement.Step()) {
    auto key = statement.Next<std::string>();
    tags.emplace_hint(tags.end(), std::move(key), statement.Next<std::string>());
  }
  return tags;
}

void Tags::Put(std::int64_t canary, const TagMap& tags) {
  for (const auto& [key, value] : tags) {
    database_.Prepare("INSERT OR REPLACE INTO canary_tags (canary, key, value) VALUES (?, ?, ?)")
        .Bind(canary, key, value)
        .Run();
  }
}

void Tags::Remove(std::int64_t canary, std::span<const std::string> keys) {
  for (const std::string& key : keys) {
    database_.Prepare("DELETE FROM canary_tags WHERE canary = ? AND key = ?")
        .Bind(canary, key)
        .Run();
  }
}

}  // namespace synthetics::state
