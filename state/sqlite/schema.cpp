#include "state/sqlite/schema.hpp"

#include <array>
#include <string>
#include <vector>

#include "state/sqlite/transaction.hpp"

namespace synthetics::state::sqlite {
namespace {

// "SynL", so that another program's database is recognised as such.
constexpr std::int64_t kApplicationId = 0x53796e4c;

// Step n takes a database from version kFirst + n to the next. A step that has been released is
// never changed: new ones go to the end. Instants are milliseconds since 1970. Versions before
// kFirst were never released.
constexpr std::int64_t kFirst = 5;
constexpr std::array kSteps{
    R"sql(
CREATE TABLE world (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  now INTEGER NOT NULL,
  clock_mode TEXT NOT NULL,
  clock_speed REAL NOT NULL,
  clock_anchor INTEGER NOT NULL,
  clock_host_anchor INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  random INTEGER NOT NULL,
  profile TEXT NOT NULL,
  events INTEGER NOT NULL
) STRICT;

CREATE TABLE state_rules (
  state TEXT PRIMARY KEY,
  milliseconds INTEGER,
  reads INTEGER,
  is_held INTEGER NOT NULL,
  failure_state TEXT,
  failure_reason TEXT,
  failure_code TEXT,
  times INTEGER
) STRICT;

CREATE TABLE runtime_versions (
  position INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  released INTEGER NOT NULL,
  deprecated INTEGER,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE canaries (
  key INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  state_reason TEXT NOT NULL,
  state_reason_code TEXT NOT NULL,
  state_before TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_modified INTEGER NOT NULL,
  last_started INTEGER,
  last_stopped INTEGER,
  schedule_expression TEXT NOT NULL,
  schedule_seconds INTEGER NOT NULL,
  max_retries INTEGER NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  success_retention_days INTEGER NOT NULL,
  failure_retention_days INTEGER NOT NULL,
  runtime_version TEXT NOT NULL,
  artifact_location TEXT NOT NULL,
  browsers TEXT NOT NULL,
  version INTEGER NOT NULL,
  configuration TEXT NOT NULL,
  code_fault TEXT,
  tags TEXT NOT NULL,
  UNIQUE (account, region, name),
  UNIQUE (account, region, id)
) STRICT;

CREATE TABLE canary_code (
  canary INTEGER PRIMARY KEY REFERENCES canaries (key) ON DELETE CASCADE,
  zip BLOB NOT NULL,
  handler TEXT NOT NULL,
  is_blueprint INTEGER NOT NULL
) STRICT;

CREATE TABLE transition_plans (
  canary INTEGER PRIMARY KEY REFERENCES canaries (key) ON DELETE CASCADE,
  reads INTEGER,
  is_held INTEGER NOT NULL,
  failure_state TEXT,
  failure_reason TEXT,
  failure_code TEXT,
  vpc_before TEXT NOT NULL,
  vpc TEXT NOT NULL
) STRICT;

CREATE TABLE groups (
  key INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  home_region TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_modified INTEGER NOT NULL,
  tags TEXT NOT NULL,
  UNIQUE (account, name),
  UNIQUE (account, id)
) STRICT;

CREATE TABLE group_members (
  grp INTEGER NOT NULL REFERENCES groups (key) ON DELETE CASCADE,
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  PRIMARY KEY (grp, canary)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_canary ON group_members (canary);

CREATE TABLE dry_runs (
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  success_retention_days INTEGER NOT NULL,
  failure_retention_days INTEGER NOT NULL,
  runtime_version TEXT NOT NULL,
  artifact_location TEXT NOT NULL,
  browsers TEXT NOT NULL,
  configuration TEXT NOT NULL,
  code_fault TEXT NOT NULL,
  PRIMARY KEY (canary, id)
) STRICT;
CREATE INDEX dry_runs_under_way ON dry_runs (canary) WHERE state = 'RUNNING';

CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  browser TEXT NOT NULL,
  dry_run TEXT NOT NULL,
  scheduled_run TEXT NOT NULL,
  is_on_demand INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  max_retries INTEGER NOT NULL,
  metric_timestamp INTEGER,
  started INTEGER NOT NULL,
  completed INTEGER,
  artifact_location TEXT NOT NULL,
  state TEXT NOT NULL,
  test_result TEXT NOT NULL,
  state_reason TEXT NOT NULL,
  state_reason_code TEXT NOT NULL,
  milliseconds INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_start ON runs (canary, dry_run, started, key);
CREATE INDEX runs_of_dry_runs ON runs (canary, started, key) WHERE dry_run <> '';
CREATE INDEX runs_under_way ON runs (canary) WHERE completed IS NULL;

-- What the program keeps in memory as well, and reads from here only when it starts. Whoever
-- removes a canary or a run removes what refers to it here, too: a foreign key would need an index.
CREATE TABLE timeline (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  canary INTEGER NOT NULL,
  run INTEGER
) STRICT;

CREATE TABLE outcome_rules (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  canary TEXT NOT NULL,
  following TEXT NOT NULL,
  has_rule INTEGER NOT NULL,
  failure_rate REAL NOT NULL,
  fail_every INTEGER,
  shortest INTEGER,
  longest INTEGER,
  reason TEXT,
  count INTEGER NOT NULL,
  PRIMARY KEY (account, region, canary)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome_scripts (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  canary TEXT NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  reason_code TEXT,
  test_result TEXT,
  milliseconds INTEGER,
  count INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  PRIMARY KEY (account, region, canary, position),
  FOREIGN KEY (account, region, canary) REFERENCES outcome_rules ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  told TEXT NOT NULL,
  times INTEGER,
  after_requests INTEGER NOT NULL,
  hits INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  canary TEXT NOT NULL,
  canary_id TEXT NOT NULL,
  state TEXT,
  state_before TEXT,
  version INTEGER,
  version_before INTEGER,
  vpc TEXT,
  vpc_before TEXT,
  run TEXT,
  started INTEGER,
  artifact_location TEXT,
  reason TEXT
) STRICT;
)sql",
};

constexpr std::int64_t kNewest = kFirst + std::ssize(kSteps);

std::int64_t ReadPragma(Database& database, std::string_view sql) {
  auto statement = database.Prepare(sql);
  statement.Step();
  return statement.Next<std::int64_t>();
}

// The version of a database that has tables.
std::int64_t ReadVersion(Database& database) {
  if (ReadPragma(database, "PRAGMA application_id") != kApplicationId) {
    throw SchemaError("it belongs to another program");
  }
  const std::int64_t version = ReadPragma(database, "PRAGMA user_version");
  if (version > kNewest) {
    throw SchemaError("a newer version of synthetics-local wrote it (schema " +
                      std::to_string(version) + ", this one knows up to " +
                      std::to_string(kNewest) + ")");
  }
  if (version <= kFirst) {
    throw SchemaError("a version of synthetics-local from before its first release wrote it");
  }
  return version;
}

// Pages of 4 KiB that can be looked through in a moment.
constexpr std::int64_t kMostPagesToCheck = 8192;

// All that two databases with the same tables have in common.
constexpr std::array<std::string_view, 4> kLayout{
    "PRAGMA encoding",
    "PRAGMA page_size",
    "PRAGMA auto_vacuum",
    "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema"
    " ORDER BY type, name",
};

std::vector<std::string> ReadLayout(Database& database) {
  std::vector<std::string> layout;
  for (const std::string_view sql : kLayout) {
    auto rows = database.Prepare(sql);
    while (rows.Step()) layout.push_back(rows.Next<std::string>());
  }
  return layout;
}

}  // namespace

void Migrate(Database& database) {
  const std::int64_t tables = ReadPragma(database, "SELECT count(*) FROM sqlite_schema");
  const std::int64_t begin = tables == 0 ? kFirst : ReadVersion(database);
  database.Execute("PRAGMA journal_mode = WAL");
  for (std::int64_t version = begin; version < kNewest; ++version) {
    Transaction transaction(database);
    database.Execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.Execute(kSteps.at(static_cast<std::size_t>(version - kFirst)));
    database.Execute("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.Commit();
  }
  database.Accept();
}

void CheckFile(Database& database) {
  if (ReadPragma(database, "SELECT count(*) FROM sqlite_schema") == 0) return;
  if (ReadVersion(database) == kNewest) CheckSchema(database);
  if (database.HasLooseEnd()) throw SchemaError("it is damaged: its end is missing");
  if (ReadPragma(database, "PRAGMA page_count") > kMostPagesToCheck) return;
  auto check = database.Prepare("PRAGMA quick_check(1)");
  if (!check.Step() || check.Next<std::string>() != "ok") throw SchemaError("it is damaged");
}

void CheckSchema(Database& database) {
  ReadVersion(database);
  auto ours = Database::InMemory();
  Migrate(ours);
  if (ReadLayout(database) == ReadLayout(ours)) return;
  throw SchemaError("its tables are not those of synthetics-local");
}

}  // namespace synthetics::state::sqlite
