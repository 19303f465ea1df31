// A whole database as one value, the bytes of its file, and back.
#pragma once

#include <string>
#include <string_view>

#include "state/sqlite/database.hpp"

namespace synthetics::state::sqlite {

// What a file of the database would hold at this moment, never in WAL mode: it opens by itself.
std::string Serialize(Database& database);

// Whether the bytes begin as a database's file does.
bool IsDatabase(std::string_view image);

// Fills a database in memory with the bytes of a file, anybody's. Throws `SchemaError` where they
// cannot be one; whether they are one shows in its use.
void Deserialize(std::string_view image, Database& database);

// For a database that others may have made, from an image of `size` bytes: it is sound, and laid
// out as ours are, of this version or an older one, with no statement in it that is not ours.
// Throws `SchemaError`, or SQLite's `Error` for what it could not even read.
void Inspect(Database& database, std::size_t size);

// All of `from` takes the place of all of `to`, or nothing does: throws `Error`. Call where neither
// has a transaction or a row of a statement open.
void Copy(Database& from, Database& to);

}  // namespace synthetics::state::sqlite
