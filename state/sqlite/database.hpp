// One SQLite database, in memory or in a file, and its prepared statements, each compiled once.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "state/sqlite/statement.hpp"

struct sqlite3;

namespace synthetics::state::sqlite {

// What SQLite reports: never a client's fault, so it is thrown and ends as a 500 or a failed start.
class Error : public std::runtime_error {
 public:
  Error(int code, const std::string& message) : std::runtime_error(message), code_(code) {}

  // Another process has the database.
  bool IsBusy() const;
  // What the file has in it cannot be.
  bool IsDamage() const;
  // There was none for what was asked.
  bool IsWantOfMemory() const;

 private:
  int code_;  // SQLite's extended result code
};

// What survives the end of the process, however it ends, of all that was committed; and of the
// machine, too, that loses its power.
enum class Durability { kProcess, kFull };

class Database {
 public:
  // A database that lives and dies with this object.
  static Database InMemory();

  // The database in the file, made where it is missing. One process at a time: `Error` with
  // `IsBusy` for a second one.
  static Database InFile(const std::string& path, Durability durability = Durability::kProcess);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // The statement of a SQL literal. It is kept under the literal's address, which says the same as
  // its text, and sooner; so the text has to live as long as the database.
  Statement Prepare(std::string_view sql);

  // How many rows have ever been written or removed.
  std::int64_t Changes() const;

  // For `Transaction`. SQLite hears of one when something is written: most requests read only.
  void Begin() { is_begin_due_ = true; }
  bool HasBegun() const { return has_begun_; }
  // Ends the transaction, to be stored with those before and after it that join, by `Commit`: that
  // is what takes the time, most of all on a disk.
  void Join();
  // Stores what has joined. Throws `Error`.
  void Commit();
  // Takes back the transaction under way. What has joined before stays, if SQLite can help it:
  // `HasJoined` tells.
  void Rollback();
  // Takes back what has joined, too: at once, or where there is no memory for that before anything
  // else is asked.
  void RollbackAll();
  // False as well where SQLite has taken it back by itself, as it does where it meets a fault of
  // the disk, be it in a statement that only reads.
  bool HasJoined() const;
  bool IsInFile() const;

  // Whether the file ends within a page, and no log makes up for it.
  bool HasLooseEnd() const;

  // A file that a process left with a log beside it keeps both as they are when it is closed, until
  // it has been accepted as one to go on with.
  void Accept();

  // As they are from the start. This cannot fail, as the PRAGMA can that says the same.
  void EnforceForeignKeys(bool are_on);

  // The key of the row that was inserted last. Cheaper than RETURNING, which makes a table for it.
  std::int64_t LastKey() const;

  // Runs statements that have no values and give no rows.
  void Execute(const std::string& sql);

  // For the rest of this folder.
  sqlite3* handle() const { return handle_; }

  Error LastError() const;
  void Check(int code) const;  // throws `Error` for anything but SQLITE_OK

 private:
  friend class Statement;

  Database(const std::string& path, const std::string& settings);

  void Return(const char* sql, sqlite3_stmt* statement);

  // To be called before anything is written.
  void BeginIfDue();

  void RollbackIfDue();

  sqlite3* handle_ = nullptr;
  bool is_rollback_due_ = false;
  bool is_begin_due_ = false;
  bool has_begun_ = false;
  bool has_joined_ = false;
  // Those that are lent out have a null in their place.
  std::unordered_map<const char*, sqlite3_stmt*> idle_;
};

}  // namespace synthetics::state::sqlite
