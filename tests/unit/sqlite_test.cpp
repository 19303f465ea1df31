#include "state/sqlite/database.hpp"
#include "state/sqlite/schema.hpp"
#include "state/sqlite/transaction.hpp"
#include "state/store/canaries.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch.hpp"

using namespace synthetics::state;
using namespace synthetics::state::sqlite;
using synthetics::tests::ScratchDirectory;

namespace {

std::int64_t Count(Database& database) {
  auto statement = database.Prepare("SELECT count(*) FROM things");
  statement.Step();
  return statement.Next<std::int64_t>();
}

void MakeThings(Database& database) {
  database.Execute("CREATE TABLE things (name TEXT, number INTEGER, data BLOB) STRICT");
}

std::int64_t UserVersion(Database& database) {
  auto statement = database.Prepare("PRAGMA user_version");
  statement.Step();
  return statement.Next<std::int64_t>();
}

}  // namespace

TEST_CASE("Statement: values come back as they went in") {
  auto database = Database::InMemory();
  MakeThings(database);
  const std::string text("a\0b", 3);
  database.Prepare("INSERT INTO things VALUES (?, ?, ?)")
      .Bind(text, std::int64_t{-5}, Blob{text})
      .Run();
  auto row = database.Prepare("SELECT name, number, data, NULL FROM things");
  REQUIRE(row.Step());
  REQUIRE(row.Next<std::string>() == text);
  REQUIRE(row.Next<std::int64_t>() == -5);
  REQUIRE(row.Next<std::string>() == text);
  REQUIRE_FALSE(row.Next<std::optional<std::int64_t>>());
  REQUIRE_FALSE(row.Step());
}

TEST_CASE("Statement: one that is on loan can be lent a second time") {
  auto database = Database::InMemory();
  MakeThings(database);
  database.Execute("INSERT INTO things VALUES ('a', 1, x''), ('b', 2, x'')");
  constexpr std::string_view kSelect = "SELECT number FROM things ORDER BY number";
  auto outer = database.Prepare(kSelect);
  REQUIRE(outer.Step());
  {
    auto inner = database.Prepare(kSelect);
    REQUIRE(inner.Step());
    REQUIRE(inner.Next<std::int64_t>() == 1);
  }
  REQUIRE(outer.Step());
  REQUIRE(outer.Next<std::int64_t>() == 2);
}

TEST_CASE("Transaction: without a commit nothing has happened") {
  auto database = Database::InMemory();
  MakeThings(database);
  {
    const Transaction transaction(database);
    database.Execute("INSERT INTO things VALUES ('a', 1, x'')");
  }
  REQUIRE(Count(database) == 0);
  {
    Transaction transaction(database);
    database.Execute("INSERT INTO things VALUES ('a', 1, x'')");
    transaction.Commit();
  }
  REQUIRE(Count(database) == 1);
}

TEST_CASE("Database: what SQLite refuses is thrown") {
  auto database = Database::InMemory();
  database.Execute("CREATE TABLE things (name TEXT PRIMARY KEY) STRICT");
  database.Execute("INSERT INTO things VALUES ('a')");
  REQUIRE_THROWS_AS(database.Prepare("INSERT INTO things VALUES (?)").Bind("a").Run(), Error);
  REQUIRE_THROWS_AS(database.Execute("nonsense"), Error);
}

TEST_CASE("Migrate: a new database gets every step, an up-to-date one stays as it is") {
  const ScratchDirectory scratch;
  const std::string path = scratch.File("a.db");
  std::int64_t version = 0;
  {
    auto database = Database::InFile(path);
    Migrate(database);
    version = UserVersion(database);
    REQUIRE(version > 0);
  }
  auto database = Database::InFile(path);
  Migrate(database);
  REQUIRE(UserVersion(database) == version);
}

TEST_CASE(
    "Migrate: a database of a newer version, or from before the first, is refused, left alone") {
  for (const std::int64_t version : {999, 5}) {
    auto database = Database::InMemory();
    Migrate(database);
    database.Execute("PRAGMA user_version = " + std::to_string(version));
    REQUIRE_THROWS_AS(Migrate(database), SchemaError);
    REQUIRE(UserVersion(database) == version);
  }
}

TEST_CASE("Migrate: another program's database is refused and left alone") {
  auto database = Database::InMemory();
  MakeThings(database);
  REQUIRE_THROWS_AS(Migrate(database), SchemaError);
  REQUIRE(UserVersion(database) == 0);
}

TEST_CASE("Database: the disk has to have what is to survive a loss of power") {
  const ScratchDirectory scratch;
  const auto synchronous = [&](Durability durability) {
    auto database = Database::InFile(scratch.File("a.db"), durability);
    auto row = database.Prepare("PRAGMA synchronous");
    row.Step();
    return row.Next<std::int64_t>();
  };
  REQUIRE(synchronous(Durability::kProcess) == 0);
  REQUIRE(synchronous(Durability::kFull) == 2);
}

TEST_CASE("Database: a file has one user at a time") {
  const ScratchDirectory scratch;
  auto first = Database::InFile(scratch.File("a.db"));
  Migrate(first);
  try {
    auto second = Database::InFile(scratch.File("a.db"));
    Migrate(second);
    FAIL("two users of one file");
  } catch (const Error& error) {
    REQUIRE(error.IsBusy());
  }
}

TEST_CASE("Transaction: what is only read begins none, and what is written can be taken back") {
  auto database = Database::InMemory();
  MakeThings(database);
  const auto count = [&] {
    auto row = database.Prepare("SELECT count(*) FROM things");
    row.Step();
    return row.Next<std::int64_t>();
  };
  const std::int64_t before = count();
  {
    const Transaction transaction(database);
    count();
    REQUIRE_FALSE(transaction.HasWritten());
    database.Execute("DELETE FROM things");
    REQUIRE(transaction.HasWritten());
    REQUIRE(count() == 0);
  }
  REQUIRE(count() == before);
}

TEST_CASE("Schema: the runs of a canary that goes are found by an index") {
  auto database = Database::InMemory();
  Migrate(database);
  auto plan = database.Prepare("EXPLAIN QUERY PLAN SELECT 1 FROM runs WHERE canary = ?");
  REQUIRE(plan.Step());
  plan.Next<std::int64_t>();
  plan.Next<std::int64_t>();
  plan.Next<std::int64_t>();
  REQUIRE(plan.Next<std::string>().starts_with("SEARCH"));
}
