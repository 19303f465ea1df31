#include "state/sqlite/schema.hpp"

#include <array>
#include <string>
#include <vector>

#include "state/sqlite/transaction.hpp"

namespace synthetics::state::sqlite {
namespace {

// "SynL", so that another program's database is recognised as such.
constexpr std::int64_t kApplicationId = 0x53796e4c;

// Step n takes a database from version n to version n + 1. A step that has been released is never
// changed: new ones go to the end. Instants are milliseconds since 1970.
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
  profile TEXT NOT NULL
) STRICT;

CREATE TABLE state_times (
  state TEXT PRIMARY KEY,
  milliseconds INTEGER NOT NULL
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
  state_before_update TEXT NOT NULL,
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
  UNIQUE (account, region, name),
  UNIQUE (account, region, id)
) STRICT;
CREATE INDEX canaries_by_state ON canaries (state);

CREATE TABLE canary_code (
  canary INTEGER PRIMARY KEY REFERENCES canaries (key) ON DELETE CASCADE,
  zip BLOB NOT NULL,
  s3_bucket TEXT NOT NULL,
  s3_key TEXT NOT NULL,
  s3_version TEXT NOT NULL
) STRICT;

CREATE TABLE canary_tags (
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (canary, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  browser TEXT NOT NULL,
  started INTEGER NOT NULL,
  completed INTEGER,
  artifact_location TEXT NOT NULL,
  state TEXT NOT NULL,
  test_result TEXT NOT NULL,
  state_reason TEXT NOT NULL,
  state_reason_code TEXT NOT NULL,
  milliseconds INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_start ON runs (canary, started, key);
CREATE INDEX runs_under_way ON runs (canary) WHERE completed IS NULL;

CREATE TABLE timeline (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  run INTEGER REFERENCES runs (key) ON DELETE CASCADE
) STRICT;
CREATE INDEX timeline_by_instant ON timeline (at, sequence);
CREATE INDEX timeline_by_canary ON timeline (canary);
CREATE INDEX timeline_by_run ON timeline (run);
)sql",
    R"sql(
CREATE TABLE groups (
  key INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  home_region TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_modified INTEGER NOT NULL,
  UNIQUE (account, name),
  UNIQUE (account, id)
) STRICT;

CREATE TABLE group_tags (
  grp INTEGER NOT NULL REFERENCES groups (key) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (grp, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
  grp INTEGER NOT NULL REFERENCES groups (key) ON DELETE CASCADE,
  canary INTEGER NOT NULL REFERENCES canaries (key) ON DELETE CASCADE,
  PRIMARY KEY (grp, canary)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_canary ON group_members (canary);

CREATE TABLE runtime_versions (
  position INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  released INTEGER NOT NULL,
  deprecated INTEGER,
  description TEXT NOT NULL
) STRICT;

ALTER TABLE canary_code DROP COLUMN s3_bucket;
ALTER TABLE canary_code DROP COLUMN s3_key;
ALTER TABLE canary_code DROP COLUMN s3_version;
ALTER TABLE canary_code ADD COLUMN handler TEXT NOT NULL DEFAULT '';
ALTER TABLE canary_code ADD COLUMN is_blueprint INTEGER NOT NULL DEFAULT 0;
UPDATE canary_code SET (handler, is_blueprint) =
  (SELECT ifnull(configuration ->> '$.Handler', ''),
          configuration ->> '$.BlueprintTypes[0]' IS NOT NULL
   FROM canaries WHERE canaries.key = canary);
ALTER TABLE canaries ADD COLUMN code_fault TEXT;

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

ALTER TABLE runs ADD COLUMN dry_run TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN scheduled_run TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN max_retries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN metric_timestamp INTEGER;
DROP INDEX runs_by_start;
CREATE INDEX runs_by_start ON runs (canary, dry_run, started, key);
CREATE INDEX runs_of_dry_runs ON runs (canary, started, key) WHERE dry_run <> '';
)sql",
    R"sql(
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
)sql",
    R"sql(
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
INSERT INTO state_rules SELECT state, milliseconds, NULL, 0, NULL, NULL, NULL, NULL FROM state_times;
DROP TABLE state_times;

ALTER TABLE canaries RENAME COLUMN state_before_update TO state_before;
CREATE INDEX transitions_due ON timeline (at) WHERE kind = 'transition';

-- From now on both steps of a state are due from its beginning.
INSERT INTO timeline (at, kind, canary) SELECT at, kind, canary FROM timeline
  JOIN canaries ON canaries.key = canary
  WHERE kind = 'transition' AND state_reason_code IN ('CREATE_PENDING', 'UPDATE_PENDING');
ALTER TABLE runs ADD COLUMN is_on_demand INTEGER NOT NULL DEFAULT 0;

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

ALTER TABLE world ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
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
  if (version > std::ssize(kSteps)) {
    throw SchemaError("a newer version of synthetics-local wrote it (schema " +
                      std::to_string(version) + ", this one knows up to " +
                      std::to_string(kSteps.size()) + ")");
  }
  return version;
}

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

void Migrate(Database& database) { MigrateTo(database, std::ssize(kSteps)); }

void MigrateTo(Database& database, std::int64_t target) {
  const std::int64_t tables = ReadPragma(database, "SELECT count(*) FROM sqlite_schema");
  const std::int64_t version = tables == 0 ? 0 : ReadVersion(database);
  database.Execute("PRAGMA journal_mode = WAL");
  for (std::int64_t step = version; step < target; ++step) {
    Transaction transaction(database);
    database.Execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.Execute(kSteps.at(static_cast<std::size_t>(step)));
    database.Execute("PRAGMA user_version = " + std::to_string(step + 1));
    transaction.Commit();
  }
}

void CheckSchema(Database& database) {
  const std::int64_t version = ReadVersion(database);
  auto ours = Database::InMemory();
  MigrateTo(ours, version);
  if (version > 0 && ReadLayout(database) == ReadLayout(ours)) return;
  throw SchemaError("its tables are not those of synthetics-local");
}

}  // namespace synthetics::state::sqlite
