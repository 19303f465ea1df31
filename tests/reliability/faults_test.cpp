// A session over a file, once for each call that SQLite makes to the disk: that call fails, or the
// disk is full from there on, until a request has met it; and once for one in some of the pieces of
// memory that it asks for. What was not answered with success has not happened; asked again, the
// session ends as one that met no fault, row by row.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "state/engine/audit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"
#include "tests/support/failing_memory.hpp"
#include "tests/support/failing_vfs.hpp"
#include "tests/support/figures.hpp"

using namespace synthetics::tests;
using synthetics::api::Job;
using synthetics::api::Method;
using synthetics::api::Reply;
using synthetics::api::Request;
using synthetics::api::Response;
using synthetics::state::sqlite::Database;
using synthetics::state::sqlite::Durability;

namespace {

struct Question {
  Method method;
  std::string target;
  std::string body = {};
  std::string authorization = {};
};

// Questions that arrive together: none of them draws by chance, so that their order does not
// matter.
using Step = std::vector<Question>;

const std::string kElsewhere =
    "AWS4-HMAC-SHA256 Credential=999999999999/20260101/eu-west-1/synthetics/aws4_request";

std::string ArnOf(const std::string& name) {
  return "arn:aws:synthetics:us-east-1:123456789012:canary:" + name;
}

Question Call(const std::string& target, const std::string& body = {}) {
  return {Method::kPost, target, body};
}

Question AdvanceBy(const std::string& body) { return Call("/_emulator/clock/advance", body); }

Question Settling() { return AdvanceBy(R"({"until":"settled"})"); }

// A process's life: it begins with what the one before has left.
using Part = std::vector<Step>;

std::vector<Part> Session() {
  const std::string checkout = CanaryBody("checkout")
                                   .With("Tags", R"({"team":"web"})")
                                   .With("RuntimeVersion", R"("syn-nodejs-puppeteer-11.0")")
                                   .Json();
  const std::string member = R"({"ResourceArn":")" + ArnOf("checkout") + "\"}";
  const std::string dry_run = "/canary/checkout/dry-run/start";
  return {
      {
          {Call("/canary", checkout)},
          {Settling()},
          {Call("/canary/checkout/start")},
          {AdvanceBy(R"({"seconds":200})")},
      },
      {
          {{Method::kPatch, "/canary/checkout", R"({"SuccessRetentionPeriodInDays":5})"}},
          {{Method::kPost, "/canary", CanaryBody("login").Json(), kElsewhere}},
          {Settling()},
          {Call("/group", R"({"Name":"web","Tags":{"a":"b"}})")},
          {Call("/tags/" + ArnOf("checkout"), R"({"Tags":{"one":"1"}})"),
           {Method::kPatch, "/group/web/associate", member},
           {Method::kDelete, "/tags/" + ArnOf("checkout") + "?tagKeys=team"},
           {Method::kPost, "/tags/arn:aws:synthetics:eu-west-1:999999999999:canary:login",
            R"({"Tags":{"two":"2"}})", kElsewhere}},
      },
      {
          {Call(dry_run)},
          {Settling()},
          {Call("/canary/checkout/runs")},
          {{Method::kPut, "/_emulator/canaries/checkout/outcomes",
            R"({"script":[{"state":"FAILED","count":3}]})"}},
          {Call("/_emulator/faults", R"({"fault":{"latencyMs":1},"match":{"resource":"none"}})")},
          {Call("/_emulator/canaries/checkout/runs", "{}")},
      },
      {
          {{Method::kPut, "/_emulator/snapshots/before"}},
          {Call("/canary/checkout/stop")},
          {Settling()},
          {Call("/_emulator/reset?account=999999999999")},
          {Call("/_emulator/snapshots/before/restore")},
          {AdvanceBy(R"({"seconds":100})")},
      },
      {
          {Call("/canary/checkout/stop")},
          {Settling()},
          {{Method::kDelete, "/group/web"}},
          {{Method::kDelete, "/canary/checkout"}},
          {Settling()},
      },
      {
          {{Method::kPut, "/_emulator/transitions", R"({"profile":"instant"})"}},
          {{Method::kPut, "/_emulator/clock", R"({"mode":"running","speed":2})"}},
          {{Method::kPut, "/_emulator/clock", R"({"mode":"frozen"})"}},
          {{Method::kPut, "/_emulator/canaries/login/state?account=999999999999&region=eu-west-1",
            R"({"state":"ERROR"})"}},
          {Call("/canaries")},
          {Call("/_emulator/reset")},
          {Call("/canary", checkout)},
      },
  };
}

// So few pages in the log before they go to the file, and in memory, that a session of this length
// sees them come and go.
constexpr auto* kScarcity = "PRAGMA wal_autocheckpoint = 40; PRAGMA cache_size = 10";

int AddRow(void* rows, int columns, char** values, char** names) {
  std::string row;
  for (int column = 0; column < columns; ++column) {
    // The numbers that put events of one instant in order may have gaps.
    if (std::string_view(names[column]) == "sequence") continue;
    row += std::string(values[column] == nullptr ? "NULL" : values[column]) + "|";
  }
  static_cast<std::vector<std::string>*>(rows)->push_back(row);
  return 0;
}

std::vector<std::string> Rows(Database& database, const std::string& sql) {
  std::vector<std::string> rows;
  database.Check(sqlite3_exec(database.handle(), sql.c_str(), &AddRow, &rows, nullptr));
  return rows;
}

// All that the database says, as one text.
std::string Dump(Database& database) {
  std::string dump;
  for (std::string table :
       Rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    table.pop_back();
    auto rows = Rows(database, "SELECT * FROM " + table);
    std::ranges::sort(rows);
    dump += table + "\n";
    for (const std::string& row : rows) dump += row + "\n";
  }
  return dump;
}

Request ToRequest(const Question& question) {
  return {.method = question.method,
          .target = question.target,
          .authorization = question.authorization,
          .content_type = "application/json",
          .host = "localhost",
          .origin = {},
          .body = question.body};
}

bool IsFault(const Answer& answer) { return answer.status == 500; }

// The program on a file, which is started again where that fails.
class World {
 public:
  World(FailingPart& failing, const std::string& file) {
    try {
      Start(file);
    } catch (const std::exception&) {
      failing.Heal();
      Start(file);
    }
  }

  Answer Ask(const Question& question) { return emulation_->Send(ToRequest(question)); }

  // Of questions that are all there before one is answered.
  std::vector<Answer> Ask(const Step& step) {
    std::vector<Reply> replies;
    for (const Question& question : step) {
      replies.push_back(emulation_->gateway().Handle(ToRequest(question)));
    }
    std::vector<Answer> answers;
    for (Reply& reply : replies) answers.push_back(Wait(reply));
    return answers;
  }

  // What it reads next, it reads from the disk.
  void LoseCache() { sqlite3_db_release_memory(emulation_->database().handle()); }

  std::string Dumped() {
    // As a request does: what could not be taken back yet is, before anything is asked.
    emulation_->database().Execute("SELECT 1");
    return Dump(emulation_->database());
  }

 private:
  void Start(const std::string& file) {
    emulation_.reset();
    emulation_ = std::make_unique<Emulation>(
        Emulation::Setup{.file = file, .durability = Durability::kFull});
    emulation_->database().Execute(kScarcity);
  }

  static Answer Wait(Reply& reply) {
    if (const auto* response = std::get_if<Response>(&reply)) return Answer(*response);
    while (true) {
      if (const auto response = std::get<std::unique_ptr<Job>>(reply)->Step()) {
        return Answer(*response);
      }
    }
  }

  std::unique_ptr<Emulation> emulation_;
};

class Sweep {
 public:
  // From this file on, and what it comes to without a fault, in its place.
  Sweep(FailingPart& failing, Part part, const std::string& file)
      : failing_(failing), part_(std::move(part)) {
    if (std::filesystem::exists(file)) std::filesystem::copy_file(file, before_.File("test.db"));
    World world(failing_, file);
    dumps_.push_back(world.Dumped());
    for (const Step& step : part_) {
      auto& answers = answers_.emplace_back(world.Ask(step));
      for (const Answer& answer : answers) REQUIRE(answer.status / 100 == 2);
      dumps_.push_back(world.Dumped());
    }
  }

  // How many lives have met a fault: at each call, or at one in `stride`.
  std::int64_t Run(std::int64_t stride = 1) {
    std::int64_t faults = 0;
    while (MeetsFaultAt(faults * stride + 1)) ++faults;
    return faults;
  }

 private:
  bool MeetsFaultAt(std::int64_t n) {
    CAPTURE(n);
    const ScratchDirectory scratch;
    const std::string file = scratch.File("test.db");
    if (std::filesystem::exists(before_.File("test.db"))) {
      std::filesystem::copy_file(before_.File("test.db"), file);
    }
    failing_.FailAt(n);
    {
      World world(failing_, file);
      for (std::size_t index = 0; index < part_.size(); ++index) {
        CAPTURE(index);
        Take(world, index);
      }
    }
    failing_.Heal();
    RequireWhole(file);
    return failing_.HasFailed();
  }

  void Take(World& world, std::size_t index) {
    const Step& step = part_[index];
    auto answers = world.Ask(step);
    const bool has_failed = std::ranges::any_of(answers, &IsFault);
    if (has_failed && !failing_.FailsReaders()) {
      // There is always something to read, and it needs no room.
      REQUIRE(world.Ask(Question{Method::kPost, "/canaries"}).status == 200);
    }
    if (has_failed) failing_.Heal();
    if (has_failed && step.size() == 1) REQUIRE(world.Dumped() == dumps_[index]);
    for (std::size_t number = 0; number < step.size(); ++number) {
      CAPTURE(number);
      Answer& answer = answers[number];
      if (IsFault(answer)) {
        REQUIRE_FALSE(answer.trace.fault.empty());
        REQUIRE_FALSE(answer.trace.request_id.empty());
        REQUIRE(answer.raw.find(answer.trace.request_id) != std::string::npos);
        answer = world.Ask(step[number]);
      }
      CAPTURE(answer.trace.fault);
      REQUIRE(answer.status == answers_[index][number].status);
      if (step.size() == 1) REQUIRE(answer.raw == answers_[index][number].raw);
    }
  }

  // What the next process finds.
  void RequireWhole(const std::string& file) {
    auto database = Database::InFile(file);
    REQUIRE(Rows(database, "PRAGMA integrity_check") == std::vector<std::string>{"ok|"});
    synthetics::state::Audit(database, {.configuration = [](std::string_view /*text*/) {},
                                        .fault_rule = [](std::string_view /*text*/) {}});
    REQUIRE(Dump(database) == dumps_.back());
  }

  FailingPart& failing_;
  ScratchDirectory before_;
  Part part_;
  std::vector<std::vector<Answer>> answers_;
  std::vector<std::string> dumps_;  // before each step, and at the end
};

}  // namespace

TEST_CASE("Faults of the disk: wherever one happens, what was answered is there and nothing else") {
  std::int64_t faults = 0;
  for (const DiskFault fault : {DiskFault::kOne, DiskFault::kFull}) {
    CAPTURE(static_cast<int>(fault));
    FailingVfs vfs(fault);
    const ScratchDirectory scratch;
    for (const Part& part : Session()) faults += Sweep(vfs, part, scratch.File("test.db")).Run();
  }
  REQUIRE(faults > 1000);
  RecordFigure("io-faults-injected", faults);
}

TEST_CASE("Faults of memory: whichever piece SQLite does not get, nothing is half done") {
  constexpr std::int64_t kStride = 23;  // of some 24,000 pieces
  std::int64_t faults = 0;
  for (const MemoryFault fault : {MemoryFault::kOne, MemoryFault::kFull}) {
    CAPTURE(static_cast<int>(fault));
    FailingMemory memory(fault);
    const ScratchDirectory scratch;
    for (const Part& part : Session()) {
      faults += Sweep(memory, part, scratch.File("test.db")).Run(kStride);
    }
  }
  REQUIRE(faults > 1000);
  RecordFigure("memory-faults-injected", faults);
}

// SQLite answers a page that it cannot read by taking back all that is not stored yet.
TEST_CASE("Faults of the disk: a read that fails takes those with it that wait to be stored") {
  FailingVfs vfs(DiskFault::kOne);
  const ScratchDirectory scratch;
  const std::string file = scratch.File("test.db");
  {
    World world(vfs, file);
    REQUIRE(world.Ask(Call("/canary", CanaryBody("old").Json())).status == 200);
  }
  for (std::int64_t n = 1;; ++n) {
    CAPTURE(n);
    World world(vfs, file);
    const std::string number = std::to_string(n);
    std::vector<std::string> names;
    Step step;
    for (const char* const prefix : {"before", "after", "last"}) {
      names.push_back(prefix + number);
      step.push_back(Call("/canary", CanaryBody(names.back()).Json()));
    }
    names.insert(names.begin() + 1, "old");
    step.insert(step.begin() + 1, {Method::kGet, "/canary/old"});
    world.LoseCache();
    vfs.FailAt(n);
    const auto answers = world.Ask(step);
    const bool has_failed = vfs.HasFailed();
    vfs.Heal();
    for (std::size_t index = 0; index < step.size(); ++index) {
      CAPTURE(index, answers[index].raw, answers[index].trace.fault);
      if (names[index] == "old") continue;
      const bool is_there =
          world.Ask(Question{Method::kGet, "/canary/" + names[index]}).status == 200;
      REQUIRE(is_there == !IsFault(answers[index]));
    }
    REQUIRE(world.Ask(Call("/canary", CanaryBody("next" + number).Json())).status == 200);
    if (!has_failed) break;
  }
}

TEST_CASE("Faults of the disk: while what is due cannot be stored, time stands still for readers") {
  FailingVfs vfs(DiskFault::kFull);
  const ScratchDirectory scratch;
  Emulation emulation({.mode = synthetics::state::ClockMode::kRunning,
                       .profile = synthetics::state::Profile::kInstant,
                       .file = scratch.File("test.db")});
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.host.now += std::chrono::minutes{5};
  const auto runs = [&] { return emulation.Post("/canary/shop/runs").Size("/CanaryRuns"); };

  vfs.FailAt(1);
  const Answer read = emulation.Get("/canary/shop");
  REQUIRE(read.status == 200);
  REQUIRE_FALSE(read.trace.warning.empty());
  REQUIRE(runs() == 1);
  REQUIRE(emulation.Post("/canary", CanaryBody("new").Json()).status == 500);

  vfs.Heal();
  REQUIRE(runs() == 6);
  REQUIRE(emulation.Get("/canary/new").status == 404);
}
