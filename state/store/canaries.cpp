#include "state/store/canaries.hpp"

#include <map>
#include <stdexcept>
#include <utility>

#include "state/store/browsers.hpp"

namespace synthetics::state {
namespace {

// The columns in the order in which `Read` takes them. A macro, so that each statement is one
// literal.
#define CANARY_COLUMNS                                                                          \
  "key, account, region, name, id, state, state_reason, state_reason_code, state_before,"       \
  " created, last_modified, last_started, last_stopped, schedule_expression, schedule_seconds," \
  " max_retries, timeout_seconds, success_retention_days, failure_retention_days,"              \
  " runtime_version, artifact_location, browsers, version, configuration, code_fault"

// Some megabytes of them.
constexpr std::size_t kMostKnown = 10'000;
constexpr std::size_t kMostPages = 1'000;

CanaryState ReadState(sqlite::Statement& row) {
  const auto state = ParseCanaryState(row.Next<std::string>());
  if (!state) throw std::logic_error("a canary's row has a state that is none");
  return *state;
}

StateReasonCode ReadCode(sqlite::Statement& row) {
  const auto code = ParseStateReasonCode(row.Next<std::string>());
  if (!code) throw std::logic_error("a canary's row has a reason code that is none");
  return *code;
}

Canary Read(sqlite::Statement& row) {
  Canary canary;
  canary.key = row.Next<std::int64_t>();
  canary.scope.account = row.Next<std::string>();
  canary.scope.region = row.Next<std::string>();
  canary.name = row.Next<std::string>();
  canary.id = row.Next<std::string>();
  canary.status.state = ReadState(row);
  canary.status.reason = row.Next<std::string>();
  canary.status.code = ReadCode(row);
  canary.state_before = ReadState(row);
  canary.timeline.created = row.Next<Instant>();
  canary.timeline.last_modified = row.Next<Instant>();
  canary.timeline.last_started = row.Next<std::optional<Instant>>();
  canary.timeline.last_stopped = row.Next<std::optional<Instant>>();
  canary.schedule.expression = row.Next<std::string>();
  canary.schedule.duration = row.Next<std::chrono::seconds>();
  canary.schedule.max_retries = row.Next<std::int64_t>();
  canary.timeout = row.Next<std::chrono::seconds>();
  canary.success_retention_days = row.Next<std::int64_t>();
  canary.failure_retention_days = row.Next<std::int64_t>();
  canary.runtime_version = row.Next<std::string>();
  canary.artifact_location = row.Next<std::string>();
  canary.browsers = ParseBrowsers(row.Next<std::string>());
  canary.version = row.Next<std::int64_t>();
  canary.configuration = row.Next<std::string>();
  canary.code_fault = row.Next<std::optional<std::string>>();
  return canary;
}

std::optional<Canary> ReadOne(sqlite::Statement& statement) {
  if (!statement.Step()) return {};
  return Read(statement);
}

std::vector<CanaryKey> ReadKeys(sqlite::Statement& row) {
  std::vector<CanaryKey> keys;
  while (row.Step()) {
    const auto key = row.Next<std::int64_t>();
    keys.push_back({key, row.Next<std::string>()});
  }
  return keys;
}

std::array<std::string, 3> FullName(const Scope& scope, std::string_view name) {
  return {std::string(name), scope.region, scope.account};
}

}  // namespace

void Canaries::Forget() {
  keys_.clear();
  pages_.clear();
  kept_back_.clear();
  known_.clear();
  texts_.clear();
}

void Canaries::Changed(std::int64_t key) {
  kept_back_.erase(key);
  known_.erase(key);
  texts_.erase(key);
}

void Canaries::Remember(const Canary& canary) const {
  if (known_.size() == kMostKnown && !known_.contains(canary.key)) {
    Save();
    known_.clear();
  }
  known_.insert_or_assign(canary.key, canary);
}

const std::string* Canaries::TextOf(std::int64_t key) const {
  const auto text = texts_.find(key);
  return text == texts_.end() ? nullptr : &text->second;
}

void Canaries::KeepText(std::int64_t key, std::string text) {
  texts_.insert_or_assign(key, std::move(text));
}

bool Canaries::Insert(Canary& canary, const TagMap& tags) {
  const std::string browsers = FormatBrowsers(canary.browsers);
  const std::string told = FormatTags(tags);
  auto insert = database_.Prepare(
      "INSERT INTO canaries (account, region, name, id, state, state_reason, state_reason_code,"
      " state_before, created, last_modified, last_started, last_stopped,"
      " schedule_expression, schedule_seconds, max_retries, timeout_seconds,"
      " success_retention_days, failure_retention_days, runtime_version, artifact_location,"
      " browsers, version, configuration, code_fault, tags)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (account, region, name) DO NOTHING");
  insert.Bind(canary.scope.account, canary.scope.region, canary.name, canary.id,
              Name(canary.status.state), canary.status.reason, Name(canary.status.code),
              Name(canary.state_before), canary.timeline.created, canary.timeline.last_modified,
              canary.timeline.last_started, canary.timeline.last_stopped,
              canary.schedule.expression, canary.schedule.duration, canary.schedule.max_retries,
              canary.timeout, canary.success_retention_days, canary.failure_retention_days,
              canary.runtime_version, canary.artifact_location, browsers, canary.version,
              canary.configuration, canary.code_fault, told);
  const std::int64_t changes = database_.Changes();
  insert.Run();
  if (database_.Changes() == changes) return false;
  canary.key = database_.LastKey();
  pages_.clear();
  Remember(canary);
  return true;
}

void Canaries::Save(const Canary& canary) {
  DropText(canary.key);
  Remember(canary);
  kept_back_.insert(canary.key);
}

void Canaries::Save() const {
  for (const std::int64_t key : kept_back_) Store(known_.at(key));
  kept_back_.clear();
}

void Canaries::Store(const Canary& canary) const {
  const std::string browsers = FormatBrowsers(canary.browsers);
  database_
      .Prepare(
          "UPDATE canaries SET state = ?, state_reason = ?, state_reason_code = ?,"
          " state_before = ?,"
          " last_modified = ?, last_started = ?, last_stopped = ?, schedule_expression = ?,"
          " schedule_seconds = ?, max_retries = ?, timeout_seconds = ?,"
          " success_retention_days = ?, failure_retention_days = ?, runtime_version = ?,"
          " artifact_location = ?, browsers = ?, version = ?, configuration = ?, code_fault = ?"
          " WHERE key = ?")
      .Bind(Name(canary.status.state), canary.status.reason, Name(canary.status.code),
            Name(canary.state_before), canary.timeline.last_modified, canary.timeline.last_started,
            canary.timeline.last_stopped, canary.schedule.expression, canary.schedule.duration,
            canary.schedule.max_retries, canary.timeout, canary.success_retention_days,
            canary.failure_retention_days, canary.runtime_version, canary.artifact_location,
            browsers, canary.version, canary.configuration, canary.code_fault, canary.key)
      .Run();
}

void Canaries::Remove(const Canary& canary) {
  Changed(canary.key);
  keys_.erase(FullName(canary.scope, canary.name));
  pages_.clear();
  database_.Prepare("DELETE FROM canaries WHERE key = ?").Bind(canary.key).Run();
}

std::optional<Canary> Canaries::Find(const Scope& scope, std::string_view name) const {
  const auto key = FindKey(scope, name);
  return key ? FindByKey(*key) : std::nullopt;
}

std::optional<std::int64_t> Canaries::FindKey(const Scope& scope, std::string_view name) const {
  auto full_name = FullName(scope, name);
  if (const auto known = keys_.find(full_name); known != keys_.end()) return known->second;
  auto row =
      database_.Prepare("SELECT key FROM canaries WHERE account = ? AND region = ? AND name = ?");
  row.Bind(scope.account, scope.region, name);
  if (!row.Step()) return {};
  const auto key = row.Next<std::int64_t>();
  if (keys_.size() == kMostKnown) keys_.clear();
  keys_.emplace(std::move(full_name), key);
  return key;
}

std::optional<Canary> Canaries::FindByKey(std::int64_t key) const {
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto canary =
      ReadOne(database_.Prepare("SELECT " CANARY_COLUMNS " FROM canaries WHERE key = ?").Bind(key));
  if (canary) Remember(*canary);
  return canary;
}

std::vector<CanaryKey> Canaries::FindAll(const Scope& scope, std::string_view after,
                                         const std::vector<std::string>& names) const {
  std::map<std::string, std::int64_t> by_id;
  for (const std::string& name : names) {
    auto row = database_.Prepare(
        "SELECT key, id FROM canaries WHERE account = ? AND region = ? AND name = ? AND id > ?");
    row.Bind(scope.account, scope.region, name, after);
    for (const CanaryKey& canary : ReadKeys(row)) by_id[canary.id] = canary.key;
  }
  std::vector<CanaryKey> canaries;
  canaries.reserve(by_id.size());
  for (const auto& [id, key] : by_id) canaries.push_back({key, id});
  return canaries;
}

std::vector<CanaryKey> Canaries::Page(const Scope& scope, std::string_view after,
                                      std::int64_t limit) const {
  PageAsked asked(scope.account, scope.region, after, limit);
  if (const auto known = pages_.find(asked); known != pages_.end()) return known->second;
  auto page = ReadKeys(
      database_
          .Prepare("SELECT key, id FROM canaries WHERE account = ? AND region = ? AND id > ?"
                   " ORDER BY id LIMIT ?")
          .Bind(scope.account, scope.region, after, limit));
  if (pages_.size() == kMostPages) pages_.clear();
  pages_.emplace(std::move(asked), page);
  return page;
}

std::vector<CanaryKey> Canaries::PageWithRuns(const Scope& scope, std::string_view after,
                                              std::int64_t limit,
                                              std::optional<Browser> browser) const {
  const std::string_view in = browser ? Name(*browser) : std::string_view{};
  return ReadKeys(database_
                      .Prepare("SELECT key, id FROM canaries"
                               " WHERE account = ? AND region = ? AND id > ?"
                               " AND EXISTS (SELECT 1 FROM runs WHERE runs.canary = canaries.key"
                               " AND dry_run = '' AND (? = '' OR runs.browser = ?))"
                               " ORDER BY id LIMIT ?")
                      .Bind(scope.account, scope.region, after, in, in, limit));
}

std::optional<Scope> Canaries::ScopeWith(std::string_view name) const {
  auto row = database_.Prepare(
      "SELECT account, region FROM canaries WHERE name = ? ORDER BY account, region LIMIT 1");
  row.Bind(name);
  if (!row.Step()) return {};
  Scope scope;
  scope.account = row.Next<std::string>();
  scope.region = row.Next<std::string>();
  return scope;
}

std::map<CanaryState, std::int64_t> Canaries::CountByState() const {
  Save();
  auto row = database_.Prepare("SELECT state, count(*) FROM canaries GROUP BY state");
  std::map<CanaryState, std::int64_t> counts;
  while (row.Step()) {
    const CanaryState state = ReadState(row);
    counts[state] = row.Next<std::int64_t>();
  }
  return counts;
}

bool Canaries::Any() const { return database_.Prepare("SELECT 1 FROM canaries LIMIT 1").Step(); }

void Canaries::SaveCode(std::int64_t canary, const CanaryCode& code) {
  database_
      .Prepare(
          "INSERT OR REPLACE INTO canary_code (canary, zip, handler, is_blueprint)"
          " VALUES (?, ?, ?, ?)")
      .Bind(canary, sqlite::Blob{code.zip}, code.handler, std::int64_t{code.is_blueprint})
      .Run();
}

CanaryCode Canaries::CodeOf(std::int64_t canary) const {
  auto row =
      database_.Prepare("SELECT zip, handler, is_blueprint FROM canary_code WHERE canary = ?");
  row.Bind(canary);
  if (!row.Step()) throw std::logic_error("a canary has no code");
  CanaryCode code;
  code.zip = row.Next<std::string>();
  code.handler = row.Next<std::string>();
  code.is_blueprint = row.Next<std::int64_t>() != 0;
  return code;
}

void Canaries::SaveCodeFault(std::int64_t canary, std::string_view fault) {
  Save();
  Changed(canary);
  database_.Prepare("UPDATE canaries SET code_fault = ? WHERE key = ?").Bind(fault, canary).Run();
  RemoveCode(canary);
}

void Canaries::RemoveCode(std::int64_t canary) {
  database_.Prepare("DELETE FROM canary_code WHERE canary = ?").Bind(canary).Run();
}

void Canaries::Clear(std::string_view account, std::string_view region) {
  Forget();
  if (account.empty() && region.empty()) {
    // Children first: without rows that refer to them, the parents go without a look-up each.
    database_.Execute(
        "DELETE FROM timeline; DELETE FROM runs; DELETE FROM dry_runs;"
        "DELETE FROM transition_plans; DELETE FROM canary_code; DELETE FROM canaries");
    return;
  }
  database_.Prepare("DELETE FROM canaries WHERE (? = '' OR account = ?) AND (? = '' OR region = ?)")
      .Bind(account, account, region, region)
      .Run();
  database_.Prepare("DELETE FROM timeline WHERE canary NOT IN (SELECT key FROM canaries)").Run();
}

}  // namespace synthetics::state
