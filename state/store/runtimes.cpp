#include "state/store/runtimes.hpp"

namespace synthetics::state {
namespace {

RuntimeVersion Read(sqlite::Statement& row) {
  RuntimeVersion version;
  version.name = row.Next<std::string>();
  version.released = row.Next<Instant>();
  version.deprecated = row.Next<std::optional<Instant>>();
  version.description = row.Next<std::string>();
  return version;
}

}  // namespace

void Runtimes::Replace(std::span<const RuntimeVersion> versions) {
  database_.Prepare("DELETE FROM runtime_versions").Run();
  std::int64_t position = 0;
  for (const RuntimeVersion& version : versions) {
    database_
        .Prepare(
            "INSERT INTO runtime_versions (position, name, released, deprecated, description)"
            " VALUES (?, ?, ?, ?, ?)")
        .Bind(++position, version.name, version.released, version.deprecated, version.description)
        .Run();
  }
}

std::optional<RuntimeVersion> Runtimes::Find(std::string_view name) const {
  auto row = database_.Prepare(
      "SELECT name, released, deprecated, description FROM runtime_versions WHERE name = ?");
  row.Bind(name);
  if (!row.Step()) return {};
  return Read(row);
}

std::vector<RuntimeVersion> Runtimes::Page(std::string_view after, std::int64_t limit) const {
  auto rows = database_.Prepare(
      "SELECT name, released, deprecated, description FROM runtime_versions"
      " WHERE position > ifnull((SELECT position FROM runtime_versions WHERE name = ?), 0)"
      " ORDER BY position LIMIT ?");
  rows.Bind(after, limit);
  std::vector<RuntimeVersion> versions;
  while (rows.Step()) versions.push_back(Read(rows));
  return versions;
}

}  // namespace synthetics::state
