#include "server/storage.hpp"

#include <exception>
#include <filesystem>

#include "server/start_error.hpp"
#include "state/sqlite/schema.hpp"

namespace synthetics::server {
namespace {

using state::sqlite::Database;
using state::sqlite::Durability;

constexpr std::string_view kFile = "synthetics-local.db";

Database OpenDatabase(const std::string& directory, Durability durability) {
  if (directory.empty()) return Database::InMemory();
  std::filesystem::create_directories(directory);
  return Database::InFile((std::filesystem::path(directory) / kFile).string(), durability);
}

// SQLite's words for damage may have the file's bytes in them.
std::string Why(const state::sqlite::Error& error) {
  if (error.IsBusy()) return "another process uses it";
  if (error.IsDamage()) return "it is damaged";
  return error.what();
}

}  // namespace

Storage::Storage(const std::string& directory, Durability durability) try
    : database_(OpenDatabase(directory, durability)) {
  state::sqlite::CheckFile(database_);
  state::sqlite::Migrate(database_);
} catch (const state::sqlite::Error& error) {
  throw StartError("cannot use the data directory '" + directory + "': " + Why(error));
} catch (const std::exception& error) {
  throw StartError("cannot use the data directory '" + directory + "': " + error.what());
}

}  // namespace synthetics::server
