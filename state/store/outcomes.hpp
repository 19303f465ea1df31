// What tests want of runs: a script and a rule for each canary's name, and a rule for all others.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "state/outcomes.hpp"
#include "state/scope.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::state {

class OutcomeStore {
 public:
  explicit OutcomeStore(sqlite::Database& database) : database_(database) {}

  // Remembered between writes of its own: where nothing was asked for, runs do not ask the
  // database. Call `Forget` after the database was changed behind this object's back, or was rolled
  // back.
  bool IsEmpty() const;
  void Forget() { is_empty_.reset(); }

  // In place of what was there. The canary need not exist.
  void Put(const Scope& scope, std::string_view canary, const Outcomes& outcomes);
  void Remove(const Scope& scope, std::string_view canary);

  // What is left of the script, with the rest.
  Outcomes Left(const Scope& scope, std::string_view canary) const;

  // All but the script; nothing where nothing was asked for.
  std::optional<Outcomes> Find(const Scope& scope, std::string_view canary) const;

  // The script's next outcome, which is taken from it; `then` says what follows its end.
  std::optional<WantedOutcome> TakeNext(const Scope& scope, std::string_view canary, Then then);

  // The how-manieth run this is by a rule, from 1.
  std::int64_t CountByRule(const Scope& scope, std::string_view canary);

  // The rule of whatever has none of its own.
  OutcomeRule DefaultRule() const;
  void PutDefaultRule(const OutcomeRule& rule);

  // Forgets those of an account, a region or both; empty: all, and the default rule.
  void Clear(std::string_view account, std::string_view region);

 private:
  std::optional<WantedOutcome> TakeRemaining(const Scope& scope, std::string_view canary);

  sqlite::Database& database_;
  mutable std::optional<bool> is_empty_;
};

}  // namespace synthetics::state
