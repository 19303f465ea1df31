// The groups of all accounts, and the canaries that are in them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/group.hpp"
#include "state/scope.hpp"
#include "state/sqlite/database.hpp"
#include "state/store/tags.hpp"

namespace synthetics::state {

// A canary as a member of a group.
struct Member {
  Scope scope;
  std::string name;
  std::string id;
};

class Groups {
 public:
  explicit Groups(sqlite::Database& database) : database_(database) {}

  // Stores a new group and gives it its key; false where its account has one of that name already.
  bool Insert(Group& group, const TagMap& tags);

  void SetModified(std::int64_t key, Instant now);
  void Remove(std::int64_t key);

  std::optional<Group> FindByName(std::string_view account, std::string_view name) const;
  std::optional<Group> FindById(std::string_view account, std::string_view id) const;

  // An account that has a group of that name, whichever comes first.
  std::optional<std::string> AccountWith(std::string_view name) const;

  // Up to `limit` groups of an account with ids greater than `after`, ascending by id.
  std::vector<Group> Page(std::string_view account, std::string_view after,
                          std::int64_t limit) const;
  bool Any() const;
  std::int64_t Count(std::string_view account) const;

  // False where the canary is in the group already.
  bool AddMember(std::int64_t group, std::int64_t canary);
  // False where it is not.
  bool RemoveMember(std::int64_t group, std::int64_t canary);

  // Up to `limit` canaries of a group, and groups of a canary, with ids greater than `after`,
  // ascending by id.
  std::vector<Member> PageOfMembers(std::int64_t group, std::string_view after,
                                    std::int64_t limit) const;
  std::vector<Group> PageOfCanary(std::int64_t canary, std::string_view after,
                                  std::int64_t limit) const;
  std::int64_t CountMembers(std::int64_t group) const;
  std::int64_t CountOfCanary(std::int64_t canary) const;

  // Removes every group of an account, of a home region or of both; empty: of all.
  void Clear(std::string_view account, std::string_view region);

 private:
  sqlite::Database& database_;
};

}  // namespace synthetics::state
