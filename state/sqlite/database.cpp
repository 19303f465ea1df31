#include "state/sqlite/database.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <sqlite3.h>

namespace synthetics::state::sqlite {

bool Error::IsBusy() const { return (code_ & 0xff) == SQLITE_BUSY; }

bool Error::IsDamage() const { return (code_ & 0xff) == SQLITE_CORRUPT; }

bool Error::IsWantOfMemory() const { return (code_ & 0xff) == SQLITE_NOMEM; }

namespace {

bool HasLog(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path + "-wal", none);
  return !none && size > 0;
}

// For the whole process, before its first database: there is one thread, and nobody asks how much
// memory SQLite has.
void ConfigureOnce() {
  static const bool is_done = [] {
    return sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  }();
  if (!is_done) throw Error(SQLITE_MISUSE, "SQLite was in use before it was configured");
}

}  // namespace

Database Database::InMemory() { return {":memory:", {}}; }

Database Database::InFile(const std::string& path, Durability durability) {
  // Nothing but the loss of power needs the disk itself to have what the kernel has. A request that
  // waits for a checkpoint is one in thousands, at so many pages between them. The cache is in KiB.
  const std::string synchronous = durability == Durability::kFull ? "FULL" : "OFF";
  return {path, "PRAGMA synchronous = " + synchronous +
                    "; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192"};
}

Database::Database(const std::string& path, const std::string& settings) {
  ConfigureOnce();
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  try {
    Check(sqlite3_open_v2(path.c_str(), &handle_, kFlags, nullptr));
    Check(sqlite3_extended_result_codes(handle_, 1));
    // Nothing here writes to the file: whether it is ours is not known yet.
    EnforceForeignKeys(true);
    Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY");
    Execute(settings);
    if (HasLog(path))
      Check(sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr));
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

Statement Database::Prepare(std::string_view sql) {
  RollbackIfDue();
  sqlite3_stmt*& kept = idle_[sql.data()];
  if (kept == nullptr) {
    Check(sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &kept, nullptr));
  }
  // Those that begin and end a transaction count as readers.
  if (is_begin_due_ && sqlite3_stmt_readonly(kept) == 0) BeginIfDue();
  return {*this, sql.data(), std::exchange(kept, nullptr)};
}

void Database::BeginIfDue() {
  if (!std::exchange(is_begin_due_, false)) return;
  Prepare(has_joined_ ? "SAVEPOINT change" : "BEGIN").Run();
  has_begun_ = true;
}

void Database::Join() {
  is_begin_due_ = false;
  if (!has_begun_) return;
  if (has_joined_) Prepare("RELEASE change").Run();
  has_begun_ = false;
  has_joined_ = true;
}

void Database::Commit() {
  if (!has_joined_) return;
  Prepare("COMMIT").Run();
  has_joined_ = false;
}

void Database::Rollback() {
  is_begin_due_ = false;
  if (!has_begun_) return;
  if (!has_joined_) {
    RollbackAll();
    return;
  }
  try {
    Prepare("ROLLBACK TO change").Run();
    Prepare("RELEASE change").Run();
    has_begun_ = false;
  } catch (const Error&) {
    RollbackAll();
  }
}

void Database::RollbackAll() {
  is_begin_due_ = has_begun_ = has_joined_ = false;
  is_rollback_due_ = true;
  try {
    RollbackIfDue();
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch)
    // Whatever is asked next begins with it.
  }
}

void Database::RollbackIfDue() {
  if (!is_rollback_due_) return;
  // SQLite may have rolled back by itself already, as it does after a full disk.
  if (sqlite3_get_autocommit(handle_) == 0) {
    Check(sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr));
  }
  is_rollback_due_ = false;
}

bool Database::HasJoined() const { return has_joined_ && sqlite3_get_autocommit(handle_) == 0; }

bool Database::IsInFile() const { return *sqlite3_db_filename(handle_, "main") != '\0'; }

void Database::Return(const char* sql, sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  sqlite3_stmt*& kept = idle_[sql];
  // A second loan of the same text, made while the first was out, is one too many to keep.
  sqlite3_finalize(std::exchange(kept, statement));
}

void Database::Execute(const std::string& sql) {
  RollbackIfDue();
  BeginIfDue();
  Check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

bool Database::HasLooseEnd() const {
  constexpr std::uintmax_t kPageSize = 4096;
  const std::string path = sqlite3_db_filename(handle_, "main");
  return IsInFile() && !HasLog(path) && std::filesystem::file_size(path) % kPageSize != 0;
}

void Database::Accept() {
  Check(sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr));
}

void Database::EnforceForeignKeys(bool are_on) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, are_on ? 1 : 0, nullptr);
}

std::int64_t Database::Changes() const { return sqlite3_total_changes64(handle_); }

std::int64_t Database::LastKey() const { return sqlite3_last_insert_rowid(handle_); }

Error Database::LastError() const {
  return {sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_)};
}

void Database::Check(int code) const {
  if (code != SQLITE_OK) throw LastError();
}

}  // namespace synthetics::state::sqlite
