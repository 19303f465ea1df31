#include "state/store/groups.hpp"

namespace synthetics::state {
namespace {

// The columns in the order in which `Read` takes them. A macro, so that each statement is one
// literal.
#define GROUP_COLUMNS \
  "groups.key, groups.account, home_region, groups.id, groups.name, created, last_modified"

Group Read(sqlite::Statement& row) {
  Group group;
  group.key = row.Next<std::int64_t>();
  group.account = row.Next<std::string>();
  group.home_region = row.Next<std::string>();
  group.id = row.Next<std::string>();
  group.name = row.Next<std::string>();
  group.created = row.Next<Instant>();
  group.last_modified = row.Next<Instant>();
  return group;
}

std::optional<Group> ReadOne(sqlite::Statement& statement) {
  if (!statement.Step()) return {};
  return Read(statement);
}

std::vector<Group> ReadAll(sqlite::Statement& statement) {
  std::vector<Group> groups;
  while (statement.Step()) groups.push_back(Read(statement));
  return groups;
}

std::int64_t ReadCount(sqlite::Statement& statement) {
  statement.Step();
  return statement.Next<std::int64_t>();
}

}  // namespace

bool Groups::Insert(Group& group, const TagMap& tags) {
  const std::string told = FormatTags(tags);
  auto insert = database_.Prepare(
      "INSERT INTO groups (account, home_region, id, name, created, last_modified, tags)"
      " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, name) DO NOTHING RETURNING key");
  insert.Bind(group.account, group.home_region, group.id, group.name, group.created,
              group.last_modified, told);
  if (!insert.Step()) return false;
  group.key = insert.Next<std::int64_t>();
  return true;
}

void Groups::SetModified(std::int64_t key, Instant now) {
  database_.Prepare("UPDATE groups SET last_modified = ? WHERE key = ?").Bind(now, key).Run();
}

void Groups::Remove(std::int64_t key) {
  database_.Prepare("DELETE FROM groups WHERE key = ?").Bind(key).Run();
}

std::optional<Group> Groups::FindByName(std::string_view account, std::string_view name) const {
  return ReadOne(
      database_
          .Prepare("SELECT " GROUP_COLUMNS " FROM groups WHERE account = ? AND groups.name = ?")
          .Bind(account, name));
}

std::optional<Group> Groups::FindById(std::string_view account, std::string_view id) const {
  return ReadOne(
      database_.Prepare("SELECT " GROUP_COLUMNS " FROM groups WHERE account = ? AND groups.id = ?")
          .Bind(account, id));
}

std::optional<std::string> Groups::AccountWith(std::string_view name) const {
  auto row =
      database_.Prepare("SELECT account FROM groups WHERE name = ? ORDER BY account LIMIT 1");
  row.Bind(name);
  if (!row.Step()) return {};
  return row.Next<std::string>();
}

std::vector<Group> Groups::Page(std::string_view account, std::string_view after,
                                std::int64_t limit) const {
  return ReadAll(database_
                     .Prepare("SELECT " GROUP_COLUMNS
                              " FROM groups WHERE account = ? AND groups.id > ?"
                              " ORDER BY groups.id LIMIT ?")
                     .Bind(account, after, limit));
}

bool Groups::Any() const { return database_.Prepare("SELECT 1 FROM groups LIMIT 1").Step(); }

std::int64_t Groups::Count(std::string_view account) const {
  return ReadCount(
      database_.Prepare("SELECT count(*) FROM groups WHERE account = ?").Bind(account));
}

bool Groups::AddMember(std::int64_t group, std::int64_t canary) {
  return database_
      .Prepare(
          "INSERT INTO group_members (grp, canary) VALUES (?, ?) ON CONFLICT DO NOTHING"
          " RETURNING 1")
      .Bind(group, canary)
      .Step();
}

bool Groups::RemoveMember(std::int64_t group, std::int64_t canary) {
  return database_.Prepare("DELETE FROM group_members WHERE grp = ? AND canary = ? RETURNING 1")
      .Bind(group, canary)
      .Step();
}

std::vector<Member> Groups::PageOfMembers(std::int64_t group, std::string_view after,
                                          std::int64_t limit) const {
  auto rows = database_.Prepare(
      "SELECT account, region, name, id FROM group_members"
      " JOIN canaries ON canaries.key = group_members.canary"
      " WHERE grp = ? AND id > ? ORDER BY id LIMIT ?");
  rows.Bind(group, after, limit);
  std::vector<Member> members;
  while (rows.Step()) {
    Member member;
    member.scope.account = rows.Next<std::string>();
    member.scope.region = rows.Next<std::string>();
    member.name = rows.Next<std::string>();
    member.id = rows.Next<std::string>();
    members.push_back(std::move(member));
  }
  return members;
}

std::vector<Group> Groups::PageOfCanary(std::int64_t canary, std::string_view after,
                                        std::int64_t limit) const {
  return ReadAll(database_
                     .Prepare("SELECT " GROUP_COLUMNS
                              " FROM group_members JOIN groups ON groups.key = group_members.grp"
                              " WHERE canary = ? AND groups.id > ? ORDER BY groups.id LIMIT ?")
                     .Bind(canary, after, limit));
}

std::int64_t Groups::CountMembers(std::int64_t group) const {
  return ReadCount(
      database_.Prepare("SELECT count(*) FROM group_members WHERE grp = ?").Bind(group));
}

std::int64_t Groups::CountOfCanary(std::int64_t canary) const {
  return ReadCount(
      database_.Prepare("SELECT count(*) FROM group_members WHERE canary = ?").Bind(canary));
}

void Groups::Clear(std::string_view account, std::string_view region) {
  if (account.empty() && region.empty()) {
    database_.Execute("DELETE FROM group_members; DELETE FROM groups");
    return;
  }
  database_
      .Prepare("DELETE FROM groups WHERE (? = '' OR account = ?) AND (? = '' OR home_region = ?)")
      .Bind(account, account, region, region)
      .Run();
}

}  // namespace synthetics::state
