// The tables, and how a database of an older version becomes one of this version.
#pragma once

#include <cstdint>
#include <stdexcept>

#include "state/sqlite/database.hpp"

namespace synthetics::state::sqlite {

// The database is not ours, or a newer version wrote it. It has not been touched.
class SchemaError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws `SchemaError`, or SQLite's `Error`, unless the file is empty or one that a process of this
// version or an older one has left, as far as can be seen without reading all of it.
void CheckFile(Database& database);

// Brings the database to this version's schema, one transaction a step. Throws `SchemaError`.
void Migrate(Database& database);

// Throws `SchemaError` unless the database, whoever made it, has the tables of this version, all of
// them, and nothing else.
void CheckSchema(Database& database);

}  // namespace synthetics::state::sqlite
