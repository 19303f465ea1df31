// A prepared statement on loan from its database: bound, stepped, read, and handed back clean.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "state/instant.hpp"

struct sqlite3_stmt;

namespace synthetics::state::sqlite {

class Database;

// Bytes, where a `std::string_view` would be stored as text.
struct Blob {
  std::string_view bytes;
};

class Statement {
 public:
  Statement(Database& database, const char* sql, sqlite3_stmt* handle);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Binds the values to the statement's `?` in their order. Text is not copied: it has to live
  // until the statement is done.
  template <class... Values>
  Statement& Bind(const Values&... values) {
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }

  // Goes to the next row; false when there is none left. Throws `Error`.
  bool Step();

  // For statements whose rows, if any, do not matter. Throws `Error`.
  void Run();

  // The row's next column, from the left.
  template <class Value>
  Value Next() {
    Value value{};
    Read(column_++, value);
    return value;
  }

 private:
  void BindOne(int index, std::int64_t value);
  void BindOne(int index, double value);
  void BindOne(int index, std::string_view value);
  void BindOne(int index, Blob value);
  void BindOne(int index, std::nullopt_t value);
  void BindOne(int index, Instant value) { BindOne(index, ToMilliseconds(value)); }
  void BindOne(int index, Duration value) { BindOne(index, std::int64_t{value.count()}); }
  void BindOne(int index, std::chrono::seconds value) {
    BindOne(index, std::int64_t{value.count()});
  }
  template <class Value>
  void BindOne(int index, const std::optional<Value>& value) {
    if (value) {
      BindOne(index, *value);
    } else {
      BindOne(index, std::nullopt);
    }
  }

  void Read(int column, std::int64_t& value) const;
  void Read(int column, double& value) const;
  void Read(int column, std::string& value) const;
  void Read(int column, Instant& value) const;
  void Read(int column, Duration& value) const;
  void Read(int column, std::chrono::seconds& value) const;
  bool IsNull(int column) const;
  template <class Value>
  void Read(int column, std::optional<Value>& value) const {
    if (IsNull(column)) return;
    Read(column, value.emplace());
  }

  Database& database_;
  const char* sql_;
  sqlite3_stmt* handle_;
  int column_ = 0;
};

}  // namespace synthetics::state::sqlite
