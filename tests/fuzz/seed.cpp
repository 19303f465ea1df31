// Files to load: seeds, and snapshots, whose cells have other values than we would have written.
// What is not refused is a world that goes on. An input that begins with a line `cells` has lines
// `table.column=value`, and is a snapshot that has these values in each row of the table; any other
// is a file as it is.
#include <sqlite3.h>

#include "api/control/load.hpp"
#include "tests/fuzz/world.hpp"

using namespace synthetics;
using tests::Cut;
using tests::Expect;

namespace {

std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char character : text) quoted.append(character == quote ? 2 : 1, character);
  return quoted + quote;
}

// A number or `null` as such, all else as text. A table and a column that there are not are an
// error, as is a value that the column does not take: the others are set all the same.
void Set(state::sqlite::Database& database, std::string_view line) {
  const std::string table = Quoted(Cut(line, "."), '"');
  const std::string column = Quoted(Cut(line, "="), '"');
  const bool is_plain =
      line == "null" || (!line.empty() && line.size() < 20 &&
                         line.find_first_not_of("-0123456789.e") == std::string_view::npos);
  std::string value = is_plain ? std::string(line) : Quoted(line, '\'');
  const std::string sql = "UPDATE " + table + " SET " + column + " = " + value;
  if (sql.find('\0') != std::string::npos) return;
  sqlite3_exec(database.handle(), sql.c_str(), nullptr, nullptr, nullptr);
}

std::string FileOf(const tests::World& world, std::string_view input) {
  constexpr std::string_view kCells = "cells\n";
  if (!input.starts_with(kCells)) return std::string(input);
  input.remove_prefix(kCells.size());
  auto database = state::sqlite::Database::InMemory();
  state::sqlite::Deserialize(world.image(), database);
  while (!input.empty()) Set(database, Cut(input, "\n"));
  return state::sqlite::Serialize(database);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static tests::World world;
  world.Begin();
  const std::string file = FileOf(world, tests::TextOf(data, size));
  if (const auto refusal = api::LoadFile(world.engine(), world.options(), file)) {
    Expect(refusal->kind != api::ErrorKind::kInternal && !refusal->message.empty(),
           "a file that is refused is the user's to mend", refusal->message);
  }
  world.Probe();
  return 0;
}
