// All or nothing: what is not committed when the object dies has not happened.
#pragma once

#include "state/sqlite/database.hpp"

namespace synthetics::state::sqlite {

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.Begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  ~Transaction() {
    if (open_) Rollback();
  }

  void Rollback() {
    database_.Rollback();
    open_ = false;
  }

  // Whether there is anything that can be taken back.
  bool HasWritten() const { return database_.HasBegun(); }

  // What is joined is stored by the database's next `Commit`.
  void Join() {
    database_.Join();
    open_ = false;
  }

  void Commit() {
    Join();
    database_.Commit();
  }

 private:
  Database& database_;
  bool open_ = true;
};

// For emptying whole tables: with no foreign keys to look after, SQLite does it in one go. To be
// made outside a transaction.
class ForeignKeysOff {
 public:
  explicit ForeignKeysOff(Database& database) : database_(database) {
    database_.EnforceForeignKeys(false);
  }
  ForeignKeysOff(const ForeignKeysOff&) = delete;
  ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;
  ~ForeignKeysOff() { database_.EnforceForeignKeys(true); }

 private:
  Database& database_;
};

}  // namespace synthetics::state::sqlite
