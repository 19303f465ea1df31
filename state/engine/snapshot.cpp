#include "state/engine/snapshot.hpp"

#include <new>

#include "state/sqlite/schema.hpp"
#include "state/sqlite/snapshot.hpp"

namespace synthetics::state {

namespace {

constexpr auto* kDamaged = "it is damaged";

}  // namespace

bool IsSnapshot(std::string_view image) { return sqlite::IsDatabase(image); }

void RestoreSnapshot(Engine& engine, std::string_view image) {
  auto database = sqlite::Database::InMemory();
  sqlite::Deserialize(image, database);
  engine.Adopt(database);
}

std::optional<std::string> LoadSnapshot(Engine& engine, std::string_view image,
                                        const Readers& readers) {
  auto database = sqlite::Database::InMemory();
  try {
    sqlite::Deserialize(image, database);
    sqlite::Inspect(database, image.size());
    sqlite::Migrate(database);
    Audit(database, readers);
  } catch (const sqlite::SchemaError& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const sqlite::Error& error) {
    if (error.IsWantOfMemory()) throw;
    return kDamaged;
  } catch (const std::exception&) {
    // SQLite's words, or a store's, may have the bytes in them.
    return kDamaged;
  }
  engine.Adopt(database);
  return {};
}

}  // namespace synthetics::state
