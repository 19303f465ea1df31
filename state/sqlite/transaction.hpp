// All or nothing: what is not committed when the object dies has not happened.
#pragma once

#include "state/sqlite/database.hpp"

namespace synthetics::state::sqlite {

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    database_.Prepare("BEGIN").Run();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  ~Transaction() {
    if (!open_) return;
    try {
      database_.Prepare("ROLLBACK").Run();
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch)
      // SQLite has rolled back by itself already, as it does after a full disk.
    }
  }

  void Commit() {
    database_.Prepare("COMMIT").Run();
    open_ = false;
  }

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace synthetics::state::sqlite
