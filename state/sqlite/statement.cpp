#include "state/sqlite/statement.hpp"

#include <sqlite3.h>

#include "state/sqlite/database.hpp"

namespace synthetics::state::sqlite {

Statement::Statement(Database& database, const char* sql, sqlite3_stmt* handle)
    : database_(database), sql_(sql), handle_(handle) {}

Statement::~Statement() { database_.Return(sql_, handle_); }

bool Statement::Step() {
  column_ = 0;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw database_.LastError();
}

void Statement::Run() {
  while (Step()) {
  }
}

void Statement::BindOne(int index, std::int64_t value) {
  database_.Check(sqlite3_bind_int64(handle_, index, value));
}

void Statement::BindOne(int index, double value) {
  database_.Check(sqlite3_bind_double(handle_, index, value));
}

// A view without data would be bound as NULL, so an empty text gets the address of one.
void Statement::BindOne(int index, std::string_view value) {
  database_.Check(sqlite3_bind_text64(handle_, index, value.empty() ? "" : value.data(),
                                      value.size(), nullptr, SQLITE_UTF8));
}

void Statement::BindOne(int index, Blob value) {
  database_.Check(sqlite3_bind_blob64(handle_, index, value.bytes.empty() ? "" : value.bytes.data(),
                                      value.bytes.size(), nullptr));
}

void Statement::BindOne(int index, std::nullopt_t /*value*/) {
  database_.Check(sqlite3_bind_null(handle_, index));
}

void Statement::Read(int column, std::int64_t& value) const {
  value = sqlite3_column_int64(handle_, column);
}

void Statement::Read(int column, double& value) const {
  value = sqlite3_column_double(handle_, column);
}

void Statement::Read(int column, std::string& value) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  const int size = sqlite3_column_bytes(handle_, column);
  if (data != nullptr) value.assign(data, static_cast<std::size_t>(size));
}

void Statement::Read(int column, Instant& value) const {
  value = FromMilliseconds(sqlite3_column_int64(handle_, column));
}

void Statement::Read(int column, Duration& value) const {
  value = Duration{sqlite3_column_int64(handle_, column)};
}

void Statement::Read(int column, std::chrono::seconds& value) const {
  value = std::chrono::seconds{sqlite3_column_int64(handle_, column)};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

}  // namespace synthetics::state::sqlite
