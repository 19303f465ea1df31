// The canaries of all accounts and regions, and the code that each of them came with.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "state/canary.hpp"
#include "state/sqlite/database.hpp"
#include "state/store/tags.hpp"

namespace synthetics::state {

struct CanaryKey {
  std::int64_t key = 0;
  std::string id;
};

class Canaries {
 public:
  explicit Canaries(sqlite::Database& database) : database_(database) {}

  // Stores a new canary and gives it its key; false where its scope has one of that name already.
  bool Insert(Canary& canary, const TagMap& tags);

  // Takes all of a known canary. It is kept back until the transaction ends or somebody asks: a
  // state that ends at once is no news to the database.
  void Save(const Canary& canary);
  // Stores what has been kept back. Call before a transaction is committed.
  void Save() const;
  bool HasKeptBack() const { return !kept_back_.empty(); }

  void Remove(const Canary& canary);

  std::optional<Canary> Find(const Scope& scope, std::string_view name) const;
  std::optional<std::int64_t> FindKey(const Scope& scope, std::string_view name) const;
  // Remembered, like the key: time that passes looks at the same canaries over and over.
  std::optional<Canary> FindByKey(std::int64_t key) const;
  // Call after the database was changed behind this object's back, or was rolled back.
  void Forget();

  // A text that somebody made of a canary and its tags, until one of them changes: it is asked for
  // far more often than that. Null where there is none.
  const std::string* TextOf(std::int64_t key) const;
  void KeepText(std::int64_t key, std::string text);
  // Call after its tags have changed.
  void DropText(std::int64_t key) { texts_.erase(key); }

  // The canaries of those names that there are, with ids greater than `after`, ascending by id.
  std::vector<CanaryKey> FindAll(const Scope& scope, std::string_view after,
                                 const std::vector<std::string>& names) const;

  // Up to `limit` canaries of a scope with ids greater than `after`, ascending by id: the order in
  // which the service lists them.
  std::vector<CanaryKey> Page(const Scope& scope, std::string_view after, std::int64_t limit) const;

  // Like `Page`, but only canaries that have a run (in that browser, where one is named).
  std::vector<CanaryKey> PageWithRuns(const Scope& scope, std::string_view after,
                                      std::int64_t limit, std::optional<Browser> browser) const;

  // A scope that has a canary of that name, whichever comes first.
  std::optional<Scope> ScopeWith(std::string_view name) const;

  bool Any() const;

  // Of all scopes; a state that none is in is left out.
  std::map<CanaryState, std::int64_t> CountByState() const;

  // Code is kept until somebody has looked into it and says what keeps it from running; empty:
  // nothing.
  void SaveCode(std::int64_t canary, const CanaryCode& code);
  CanaryCode CodeOf(std::int64_t canary) const;
  void SaveCodeFault(std::int64_t canary, std::string_view fault);
  void RemoveCode(std::int64_t canary);

  // Removes every canary of an account, a region or both with all that belongs to it; empty: of
  // all.
  void Clear(std::string_view account, std::string_view region);

 private:
  void Changed(std::int64_t key);
  void Remember(const Canary& canary) const;
  void Store(const Canary& canary) const;

  // An account, a region, an id and a limit: what `Page` was asked for.
  using PageAsked = std::tuple<std::string, std::string, std::string, std::int64_t>;

  sqlite::Database& database_;
  // Ordered by what tells them apart soonest: the name, the region and the account.
  mutable std::map<std::array<std::string, 3>, std::int64_t> keys_;
  // Until a canary comes or goes: whoever lists canaries does so over and over.
  mutable std::map<PageAsked, std::vector<CanaryKey>> pages_;
  mutable std::unordered_map<std::int64_t, Canary> known_;
  mutable std::set<std::int64_t> kept_back_;  // all of them known
  std::unordered_map<std::int64_t, std::string> texts_;
};

}  // namespace synthetics::state
