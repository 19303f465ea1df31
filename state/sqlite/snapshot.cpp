#include "state/sqlite/snapshot.hpp"

#include <cstring>
#include <memory>

#include <sqlite3.h>

#include "state/sqlite/schema.hpp"

namespace synthetics::state::sqlite {
namespace {

// https://sqlite.org/fileformat.html#the_database_header
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kHeaderSize = 100;
constexpr std::size_t kWriteVersion = 18;  // 1: rollback journal, 2: WAL
constexpr std::size_t kReadVersion = 19;

}  // namespace

std::string Serialize(Database& database) {
  if (database.IsInFile()) {
    // A page that cannot be read SQLite would serialize as zeros, and say nothing of it.
    auto memory = Database::InMemory();
    Copy(database, memory);
    return Serialize(memory);
  }
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(database.handle(), "main", &size, 0), &sqlite3_free);
  if (!bytes) throw Error(SQLITE_NOMEM, "the database could not be serialized");
  bytes.get()[kWriteVersion] = bytes.get()[kReadVersion] = 1;
  return {reinterpret_cast<const char*>(bytes.get()),  // NOLINT(*-reinterpret-cast)
          static_cast<std::size_t>(size)};
}

bool IsDatabase(std::string_view image) { return image.starts_with(kMagic); }

void Deserialize(std::string_view image, Database& database) {
  if (image.size() < kHeaderSize || !IsDatabase(image)) {
    throw SchemaError("it is not a SQLite database");
  }
  auto* const bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  if (bytes == nullptr) throw Error(SQLITE_NOMEM, "no memory for the database");
  std::memcpy(bytes, image.data(), image.size());
  // A database in memory has no WAL, but the file of one that is in use says so.
  bytes[kWriteVersion] = bytes[kReadVersion] = 1;
  const auto size = static_cast<sqlite3_int64>(image.size());
  // Frees the bytes also where it fails.
  database.Check(
      sqlite3_deserialize(database.handle(), "main", bytes, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE));
  database.Check(sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  database.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
}

void Inspect(Database& database, std::size_t size) {
  // First of all, as what follows works out what a schema of others' tells it to.
  CheckSchema(database);
  // SQLite fills up a last page that has lost its end.
  auto pages =
      database.Prepare("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  if (!pages.Step() || pages.Next<std::int64_t>() != static_cast<std::int64_t>(size)) {
    throw SchemaError("it is damaged");
  }
  auto check = database.Prepare("PRAGMA integrity_check(1)");
  if (!check.Step() || check.Next<std::string>() != "ok") throw SchemaError("it is damaged");
}

void Copy(Database& from, Database& to) {
  sqlite3_backup* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) throw to.LastError();
  sqlite3_backup_step(backup, -1);
  to.Check(sqlite3_backup_finish(backup));
}

}  // namespace synthetics::state::sqlite
