#include "state/store/tags.hpp"

namespace synthetics::state {

constexpr Tags::Sql Tags::kOfCanaries{
    .of = "SELECT key, value FROM canary_tags WHERE canary = ? ORDER BY key",
    .put = "INSERT OR REPLACE INTO canary_tags (canary, key, value) VALUES (?, ?, ?)",
    .remove = "DELETE FROM canary_tags WHERE canary = ? AND key = ?"};
constexpr Tags::Sql Tags::kOfGroups{
    .of = "SELECT key, value FROM group_tags WHERE grp = ? ORDER BY key",
    .put = "INSERT OR REPLACE INTO group_tags (grp, key, value) VALUES (?, ?, ?)",
    .remove = "DELETE FROM group_tags WHERE grp = ? AND key = ?"};

const TagMap& Tags::Of(std::int64_t resource) const {
  if (const auto known = known_.find(resource); known != known_.end()) return known->second;
  auto statement = database_.Prepare(sql_.of);
  statement.Bind(resource);
  TagMap tags;
  while (statement.Step()) {
    auto key = statement.Next<std::string>();
    tags.emplace_hint(tags.end(), std::move(key), statement.Next<std::string>());
  }
  return known_.insert_or_assign(resource, std::move(tags)).first->second;
}

void Tags::Put(std::int64_t resource, const TagMap& tags) {
  Forget(resource);
  changed_(resource);
  for (const auto& [key, value] : tags) {
    database_.Prepare(sql_.put).Bind(resource, key, value).Run();
  }
}

void Tags::Remove(std::int64_t resource, std::span<const std::string> keys) {
  Forget(resource);
  changed_(resource);
  for (const std::string& key : keys) database_.Prepare(sql_.remove).Bind(resource, key).Run();
}

}  // namespace synthetics::state
