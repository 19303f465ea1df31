#include "state/sqlite/database.hpp"

#include <sqlite3.h>

namespace synthetics::state::sqlite {

bool Error::IsBusy() const { return (code_ & 0xff) == SQLITE_BUSY; }

Database::Database(const std::string& path) {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  try {
    Check(sqlite3_open_v2(path.c_str(), &handle_, kFlags, nullptr));
    Check(sqlite3_extended_result_codes(handle_, 1));
    // Nothing here writes to the file: whether it is ours is not known yet.
    Execute(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
        "PRAGMA temp_store = MEMORY");
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
  sqlite3_stmt* statement = nullptr;
  if (const auto kept = idle_.find(sql); kept != idle_.end()) {
    statement = kept->second;
    idle_.erase(kept);
  } else {
    Check(sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  }
  return {*this, sql, statement};
}

void Database::Return(std::string_view sql, sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  // A second loan of the same text, made while the first was out, is one too many to keep.
  if (!idle_.emplace(sql, statement).second) sqlite3_finalize(statement);
}

void Database::Execute(const std::string& sql) {
  Check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

Error Database::LastError() const {
  return {sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_)};
}

void Database::Check(int code) const {
  if (code != SQLITE_OK) throw LastError();
}

}  // namespace synthetics::state::sqlite
