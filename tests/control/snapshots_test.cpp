#include <random>

#include "state/sqlite/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Job;
using synthetics::api::kSnapshotType;
using synthetics::api::Method;
using synthetics::api::Request;
using synthetics::state::ClockMode;
using synthetics::state::Profile;
using synthetics::state::sqlite::Database;
using synthetics::state::sqlite::Deserialize;
using synthetics::state::sqlite::Migrate;
using synthetics::state::sqlite::Serialize;

namespace {

const std::string kSnapshot = "/_emulator/snapshot";
const std::string kNamed = "/_emulator/snapshots/before";

Request PutRequest(std::string_view image, std::string_view type = kSnapshotType) {
  return {.method = Method::kPut,
          .target = kSnapshot,
          .authorization = {},
          .content_type = type,
          .host = "localhost",
          .origin = {},
          .body = image};
}

Answer Load(Emulation& emulation, std::string_view image) {
  return emulation.Send(PutRequest(image));
}

std::string Take(Emulation& emulation) {
  const Answer answer = emulation.Get(kSnapshot);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.content_type == kSnapshotType);
  return answer.raw;
}

// A world with something of everything, in the middle of all of it.
void Populate(Emulation& emulation) {
  emulation.Create(CanaryBody("shop").With("Tags", R"({"team":"web"})"));
  emulation.Start("shop");
  emulation.Create(CanaryBody("trial").With("RuntimeVersion", R"("syn-nodejs-puppeteer-11.0")"));
  emulation.Post("/group", R"({"Name":"web"})");
  emulation.Patch("/group/web/associate",
                  R"({"ResourceArn":"arn:aws:synthetics:us-east-1:123456789012:canary:shop"})");
  emulation.Advance(R"({"seconds":600})");
  emulation.Put("/_emulator/outcomes", R"({"rule":{"failureRate":0.5}})");
  emulation.Put("/_emulator/canaries/shop/outcomes",
                R"({"script":[{"state":"FAILED","count":100}],"rule":{"failureRate":1}})");
  emulation.Post("/_emulator/faults",
                 R"({"fault":{"status":503,"code":"x"},"match":{"resource":"new"},"times":1})");
  emulation.Put("/_emulator/transitions",
                R"({"states":{"CREATING":{"seconds":9},"STOPPING":{"polls":2}}})");
  emulation.Post("/canary/trial/dry-run/start", R"({"SuccessRetentionPeriodInDays":9})");
  emulation.Post("/canary", CanaryBody("late").Json());
}

// What a client sees of it, and draws from it.
std::vector<Answer> Ask(Emulation& emulation) {
  std::vector<Answer> answers;
  const auto add = [&](const Answer& answer) { answers.push_back(answer); };
  add(emulation.Post("/canaries"));
  add(emulation.Post("/canaries/last-run"));
  add(emulation.Get("/canary/shop"));
  add(emulation.Post("/canary/shop/runs", R"({"MaxResults":100})"));
  add(emulation.Get("/canary/trial"));
  add(emulation.Post("/group/web/resources", "{}"));
  add(emulation.Get("/_emulator/clock"));
  add(emulation.Get("/_emulator/clock/pending"));
  add(emulation.Get("/_emulator/transitions"));
  return answers;
}

// The future, ids and all.
std::vector<Answer> GoOn(Emulation& emulation) {
  std::vector<Answer> answers = Ask(emulation);
  answers.push_back(emulation.Post("/canary", CanaryBody("new").Json()));
  answers.push_back(emulation.Post("/group", R"({"Name":"new"})"));
  answers.push_back(emulation.Advance(R"({"seconds":3600})"));
  answers.push_back(emulation.Post("/canary/shop/stop"));
  answers.push_back(emulation.Advance(R"({"until":"settled"})"));
  for (const Answer& answer : Ask(emulation)) answers.push_back(answer);
  return answers;
}

enum class RequestIdsToo { kYes, kNo };

void RequireSame(const std::vector<Answer>& some, const std::vector<Answer>& others,
                 RequestIdsToo request_ids) {
  REQUIRE(some.size() == others.size());
  for (std::size_t index = 0; index < some.size(); ++index) {
    CAPTURE(index);
    REQUIRE(some[index].status == others[index].status);
    REQUIRE(some[index].raw == others[index].raw);
    if (request_ids == RequestIdsToo::kNo) continue;
    REQUIRE(some[index].request_id == others[index].request_id);
  }
}

std::vector<Answer> LoadAndGoOn(Emulation& emulation, const std::string& image) {
  const Answer loaded = Load(emulation, image);
  CAPTURE(loaded.raw);
  REQUIRE(loaded.status == 204);
  return GoOn(emulation);
}

// A good snapshot to which this has happened in between.
std::string Altered(const std::string& image, const std::string& sql) {
  auto database = Database::InMemory();
  Deserialize(image, database);
  database.Execute(sql);
  return Serialize(database);
}

std::string MessageOf(const Answer& answer) { return answer.Text("/error/message"); }

}  // namespace

TEST_CASE("Snapshots: what comes after a restore is what came after the snapshot") {
  Emulation emulation;
  Populate(emulation);
  REQUIRE(emulation.Put(kNamed, "").status == 201);
  const auto first = GoOn(emulation);
  REQUIRE(emulation.Post(kNamed + "/restore").status == 204);
  RequireSame(GoOn(emulation), first, RequestIdsToo::kYes);
  REQUIRE(emulation.Post("/_emulator/reset").status == 204);
  REQUIRE(emulation.Post(kNamed + "/restore").status == 204);
  RequireSame(GoOn(emulation), first, RequestIdsToo::kYes);
}

TEST_CASE("Snapshots: a file makes any other emulator go on like this one") {
  Emulation emulation;
  Populate(emulation);
  const std::string image = Take(emulation);
  const auto first = GoOn(emulation);
  Emulation other(
      {.mode = ClockMode::kRunning, .profile = Profile::kRealistic, .seed = 7, .quotas = {}});
  other.Create("other");
  const auto elsewhere = LoadAndGoOn(other, image);
  RequireSame(elsewhere, first, RequestIdsToo::kNo);
  REQUIRE(other.Get("/canary/other").status == 404);
  RequireSame(LoadAndGoOn(other, image), elsewhere, RequestIdsToo::kYes);
  // And what was done after it is in a file of its own.
  const auto second = Ask(other);
  REQUIRE(Load(emulation, Take(other)).status == 204);
  RequireSame(Ask(emulation), second, RequestIdsToo::kNo);
}

TEST_CASE("Snapshots: taking one changes nothing that is to come") {
  Emulation with;
  Emulation without;
  Populate(with);
  Populate(without);
  Take(with);
  with.Put(kNamed, "");
  RequireSame(GoOn(with), GoOn(without), RequestIdsToo::kYes);
}

TEST_CASE("Snapshots: a file is as it would be if nothing had ever been deleted from it") {
  Emulation emulation;
  Populate(emulation);
  const std::string image = Take(emulation);
  REQUIRE(image.substr(0, 15) == "SQLite format 3");
  // Neither byte says WAL, so that it opens without a file beside it.
  REQUIRE(image.substr(18, 2) == "\1\1");
  REQUIRE(Load(emulation, image).status == 204);
  REQUIRE(emulation.Get("/_emulator/health").Text("/clock/mode") == "frozen");
}

TEST_CASE("Snapshots: a running clock goes on from the instant of the snapshot") {
  Emulation emulation({.mode = ClockMode::kRunning, .quotas = {}});
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":600})");
  emulation.host.now += std::chrono::seconds{5};
  const std::string now = emulation.Get("/_emulator/clock").Text("/now");
  emulation.Put(kNamed, "");
  const std::string image = Take(emulation);
  emulation.host.now += std::chrono::hours{24};
  emulation.Get("/canary/shop");
  const bool by_name = GENERATE(true, false);
  if (by_name) {
    REQUIRE(emulation.Post(kNamed + "/restore").status == 204);
  } else {
    REQUIRE(Load(emulation, image).status == 204);
  }
  {
    // A process that is killed now and started again would not jump either.
    auto row = emulation.database().Prepare("SELECT clock_host_anchor FROM world");
    REQUIRE(row.Step());
    REQUIRE(row.Next<synthetics::state::Instant>() > kNewYear + std::chrono::hours{24});
  }
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == now);
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 11);
  emulation.host.now += std::chrono::seconds{60};
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 12);
}

TEST_CASE("Snapshots: an advance under way is in one as far as it got, and ended by a restore") {
  Emulation emulation;
  for (const auto* const name : {"one", "two", "three"}) {
    emulation.Create(name);
    emulation.Start(name);
  }
  const std::string day = R"({"seconds":86400})";
  const Request advance{.method = Method::kPost,
                        .target = "/_emulator/clock/advance",
                        .authorization = {},
                        .content_type = "application/json",
                        .host = "localhost",
                        .origin = {},
                        .body = day};
  auto reply = emulation.gateway().Handle(advance);
  auto& job = std::get<std::unique_ptr<Job>>(reply);
  const std::string reached = emulation.Get("/_emulator/clock").Text("/now");
  REQUIRE(emulation.Put(kNamed, "").Text("/at") == reached);
  REQUIRE_FALSE(job->Step());
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") > reached);
  REQUIRE(emulation.Post(kNamed + "/restore").status == 204);
  const auto ended = job->Step();
  REQUIRE(ended);
  REQUIRE(ended->status == 409);
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == reached);
  REQUIRE(emulation.Advance(R"({"seconds":60})").Number("/runsStarted") == 3);
}

TEST_CASE("Snapshots: the runtime versions are those of the process") {
  Emulation emulation;
  Populate(emulation);
  const auto versions = emulation.Post("/runtime-versions").raw;
  const std::string image = Altered(Take(emulation), "DELETE FROM runtime_versions");
  REQUIRE(Load(emulation, image).status == 204);
  REQUIRE(emulation.Post("/runtime-versions").raw == versions);
}

TEST_CASE("Snapshots: named ones are listed, replaced and forgotten, and outlive a reset") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/snapshots").raw == R"({"snapshots":[]})");
  const Answer made = emulation.Put("/_emulator/snapshots/b", "");
  REQUIRE(made.status == 201);
  emulation.Create("shop");
  emulation.Advance(R"({"to":"2026-01-02T00:00:00Z"})");
  REQUIRE(emulation.Put("/_emulator/snapshots/a", "").status == 201);
  REQUIRE(emulation.Put("/_emulator/snapshots/b", "").status == 200);
  emulation.Post("/_emulator/reset");
  const Answer list = emulation.Get("/_emulator/snapshots");
  REQUIRE(list.Size("/snapshots") == 2);
  REQUIRE(list.Text("/snapshots/0/name") == "a");
  REQUIRE(list.Text("/snapshots/1/at") == "2026-01-02T00:00:00Z");
  REQUIRE(list.Number("/snapshots/1/bytes") == static_cast<double>(Take(emulation).size()));
  REQUIRE(emulation.Post("/_emulator/snapshots/b/restore").status == 204);
  REQUIRE(emulation.Get("/canary/shop").status == 200);
  REQUIRE(emulation.Delete("/_emulator/snapshots/b").status == 204);
  REQUIRE(emulation.Delete("/_emulator/snapshots/b").status == 404);
  REQUIRE(emulation.Post("/_emulator/snapshots/b/restore").status == 404);
  REQUIRE(emulation.Get("/_emulator/snapshots").Size("/snapshots") == 1);
}

TEST_CASE("Snapshots: names, parameters and bodies are checked") {
  Emulation emulation;
  REQUIRE(emulation.Put("/_emulator/snapshots/Az0._-" + std::string(58, 'x'), "").status == 201);
  REQUIRE(emulation.Put("/_emulator/snapshots/" + std::string(65, 'x'), "").status == 400);
  REQUIRE(emulation.Put("/_emulator/snapshots/a%2Fb", "").status == 400);
  REQUIRE(emulation.Put("/_emulator/snapshots/a", R"({"a":1})").status == 400);
  REQUIRE(emulation.Put("/_emulator/snapshots/a?b=c", "").status == 400);
  REQUIRE(emulation.Get("/_emulator/snapshot?b=c").status == 400);
  REQUIRE(emulation.Post("/_emulator/snapshot").status == 405);
  REQUIRE(emulation.Get("/_emulator/snapshots").Size("/snapshots") == 1);
}

TEST_CASE("Snapshots: a body is of the type of its route") {
  Emulation emulation;
  const std::string image = Take(emulation);
  for (const auto* const type : {"", "application/json", "application/octet-stream"}) {
    CAPTURE(type);
    REQUIRE(emulation.Send(PutRequest(image, type)).status == 415);
  }
  Request request = PutRequest(R"({"mode":"frozen"})");
  request.target = "/_emulator/clock";
  REQUIRE(emulation.Send(request).status == 415);
}

TEST_CASE("Snapshots: what is none is refused, with the reason, and changes nothing") {
  Emulation emulation;
  Populate(emulation);
  const std::string good = Take(emulation);
  auto foreign = Database::InMemory();
  foreign.Execute("CREATE TABLE precious (word TEXT)");
  auto empty = Database::InMemory();
  Migrate(empty);
  const auto refused = [&](const std::string& image, const std::string& why) {
    const auto before = Ask(emulation);
    const Answer answer = Load(emulation, image);
    CAPTURE(answer.raw, why);
    REQUIRE(answer.status == 400);
    REQUIRE(answer.Text("/error/code") == "InvalidRequest");
    REQUIRE(MessageOf(answer).find(why) != std::string::npos);
    RequireSame(Ask(emulation), before, RequestIdsToo::kNo);
  };
  refused("", "not a SQLite database");
  refused("{}", "not a SQLite database");
  refused(std::string(100'000, 'x'), "not a SQLite database");
  refused(good.substr(0, 99), "not a SQLite database");
  refused(good.substr(0, 100), "damaged");
  refused(good.substr(0, good.size() / 2), "damaged");
  refused(good.substr(0, good.size() - 1), "damaged");
  refused(good.substr(0, good.size() - 512), "damaged");
  refused(good + "x", "damaged");
  refused(Serialize(foreign), "another program");
  refused(Serialize(empty), "no world");
  refused(Altered(good, "PRAGMA application_id = 1"), "another program");
  refused(Altered(good, "PRAGMA user_version = 999"), "newer version");
  for (const auto* const sql :
       {"PRAGMA user_version = 5", "PRAGMA user_version = 0", "PRAGMA user_version = -1"}) {
    refused(Altered(good, sql), "before its first release");
  }
  for (const auto* const sql :
       {"CREATE TABLE another (word TEXT)", "CREATE VIEW a_view AS SELECT 1",
        "CREATE TRIGGER a_trigger AFTER INSERT ON runs BEGIN DELETE FROM runs; END",
        "CREATE INDEX an_index ON runs (abs(started))", "DROP TABLE timeline",
        "ALTER TABLE runs ADD COLUMN another TEXT"}) {
    CAPTURE(sql);
    refused(Altered(good, sql), "its tables are not those");
  }
  for (const auto* const sql : {"UPDATE canaries SET state = 'RUNNINGS'",
                                "UPDATE canaries SET state_reason_code = 'X'",
                                "UPDATE canaries SET schedule_expression = 'rate(1 year)'",
                                "UPDATE canaries SET created = -1",
                                "UPDATE canaries SET last_started = 1 << 60",
                                "UPDATE canaries SET success_retention_days = 1 << 60",
                                "UPDATE canaries SET last_started = NULL",
                                "UPDATE runs SET state = 'X'",
                                "UPDATE runs SET test_result = 'X'",
                                "UPDATE runs SET milliseconds = -1",
                                "UPDATE runs SET canary = 999",
                                "UPDATE dry_runs SET state = 'X'",
                                "UPDATE dry_runs SET timeout_seconds = -1",
                                "UPDATE groups SET created = -1",
                                "UPDATE timeline SET kind = 'X'",
                                "UPDATE timeline SET at = 1",
                                "UPDATE timeline SET run = NULL",
                                "UPDATE timeline SET canary = 999",
                                "UPDATE timeline SET run = 999 WHERE kind = 'completion'",
                                "UPDATE canaries SET tags = '3:key'",
                                "UPDATE groups SET tags = '3:key9:value'",
                                "UPDATE state_rules SET state = 'READY' WHERE state = 'CREATING'",
                                "UPDATE state_rules SET milliseconds = -1",
                                "UPDATE state_rules SET reads = 0",
                                "UPDATE state_rules SET times = 2",
                                "UPDATE state_rules SET failure_state = 'RUNNING'",
                                "UPDATE canaries SET state_before = 'UPDATING'",
                                "UPDATE canaries SET max_retries = 3",
                                "UPDATE runs SET max_retries = 3",
                                "UPDATE runs SET attempt = 3",
                                "UPDATE canaries SET code_fault = NULL",
                                "INSERT INTO transition_plans SELECT key, NULL, 1, 'UPDATING', 'x',"
                                " NULL, '', '' FROM canaries LIMIT 1",
                                "UPDATE state_rules SET failure_code = 'X', failure_reason = 'x'",
                                "INSERT INTO transition_plans SELECT key, 0, 0, NULL, NULL, NULL,"
                                " '', '' FROM canaries LIMIT 1",
                                "UPDATE events SET type = 'X'",
                                "UPDATE world SET events = 1",
                                "UPDATE events SET state = 'X'",
                                "UPDATE events SET at = -1",
                                "UPDATE events SET run = NULL",
                                "UPDATE events SET version = NULL",
                                "UPDATE world SET clock_speed = 0",
                                "UPDATE world SET clock_speed = 9e999",
                                "UPDATE world SET now = -1"}) {
    CAPTURE(sql);
    refused(Altered(good, std::string("PRAGMA foreign_keys = OFF;") + sql), "that cannot be");
  }
  refused(Altered(good, "DELETE FROM world"), "no world");
  refused(Altered(good, "UPDATE world SET clock_mode = 'X'"), "damaged");
  refused(Altered(good, "UPDATE world SET profile = 'X'"), "damaged");
  refused(Altered(good, "UPDATE canaries SET configuration = '{}'"), "damaged");
  refused(Altered(good, "UPDATE dry_runs SET configuration = 'X'"), "damaged");
}

TEST_CASE("Snapshots: no damaged one is taken for a fault of our own") {
  Emulation emulation;
  Populate(emulation);
  const std::string good = Take(emulation);
  std::mt19937 chance(1);  // NOLINT(cert-msc51-cpp): the same damage each time
  int taken = 0;
  for (unsigned round = 0; round < 300; ++round) {
    std::string image = good;
    const auto damage = 1U << (round % 4);
    for (unsigned flip = 0; flip < damage; ++flip) {
      // Every fourth in the header or the schema's first page.
      const std::size_t within = round % 4 == 0 ? 4096 : image.size();
      image[chance() % within] ^= static_cast<char>(1U << (chance() % 8));
    }
    const Answer answer = Load(emulation, image);
    CAPTURE(round, answer.raw);
    if (answer.status == 400) continue;
    REQUIRE(answer.status == 204);
    ++taken;
    // Damage that nobody can see, such as in a name.
    for (const Answer& after : GoOn(emulation)) {
      CAPTURE(after.raw, after.trace.fault);
      REQUIRE(after.status != 500);
    }
  }
  REQUIRE(taken > 0);
  REQUIRE(Load(emulation, good).status == 204);
}
