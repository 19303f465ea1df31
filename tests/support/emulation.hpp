// The emulator without a socket: requests as values, a host whose time stands still, in memory or,
// where SYNTHETICS_LOCAL_TEST_STORAGE is `file`, in a database file.
#pragma once

#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "api/gateway.hpp"
#include "state/runtimes/catalogue.hpp"
#include "state/sqlite/schema.hpp"
#include "tests/support/answer.hpp"
#include "tests/support/manual_host.hpp"
#include "tests/support/scratch.hpp"

namespace synthetics::tests {

// A zip with `nodejs/node_modules/index.js` in it, which every Puppeteer runtime can load.
inline const std::string kGoodZip =
    "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAcAAAAbm9kZWpzL25vZGVfbW9kdWxlcy9pbmRleC5qc1BLAQIUAxQA"
    "AAAAAAAAIQAAAAAAAAAAAAAAAAAcAAAAAAAAAAAAAACAAQAAAABub2RlanMvbm9kZV9tb2R1bGVzL2luZGV4Lmpz"
    "UEsFBgAAAAABAAEASgAAADoAAAAAAA==";

// CreateCanary's body. A member is set apart by its JSON, and left out by an empty one.
class CanaryBody {
 public:
  explicit CanaryBody(const std::string& name) {
    With("Name", "\"" + name + "\"");
    With("Code", R"json({"Handler":"index.handler","ZipFile":")json" + kGoodZip + "\"}");
    With("ArtifactS3Location", "\"s3://bucket\"");
    With("ExecutionRoleArn", "\"arn:aws:iam::123456789012:role/canary\"");
    With("Schedule", R"json({"Expression":"rate(1 minute)"})json");
    With("RuntimeVersion", "\"syn-nodejs-puppeteer-9.1\"");
  }

  CanaryBody& With(const std::string& member, const std::string& json) {
    members_[member] = json;
    return *this;
  }
  CanaryBody& Every(const std::string& expression) {
    return With("Schedule", R"({"Expression":")" + expression + "\"}");
  }

  std::string Json() const {
    std::string json;
    for (const auto& [name, value] : members_) {
      if (value.empty()) continue;
      json += (json.empty() ? "{\"" : ",\"") + name + "\":" + value;
    }
    return json + "}";
  }

 private:
  std::map<std::string, std::string> members_;
};

class Emulation {
 public:
  struct Setup {
    state::ClockMode mode = state::ClockMode::kFrozen;
    state::Profile profile = state::Profile::kFast;
    std::uint64_t seed = 1;
    api::Quotas quotas = {};
    bool groups_die_at_home = false;
    bool is_lenient = false;
    std::int64_t journal_size = 1000;
    // The database file of an emulation before this one, or of one after it.
    std::string file = {};
    state::sqlite::Durability durability = state::sqlite::Durability::kProcess;
    api::Auth auth = api::Auth::kOff;
    api::Principals principals = {};
    std::string admin_token = {};
  };

  Emulation() : Emulation(Setup{}) {}
  explicit Emulation(const Setup& setup)
      : database_(Open(setup)),
        engine_(Migrated(), host,
                {.mode = setup.mode,
                 .now = kNewYear,
                 .speed = 1,
                 .seed = setup.seed,
                 .profile = setup.profile},
                state::RuntimeCatalogue()),
        gateway_(engine_, host,
                 {.version = "0.0.0",
                  .defaults = {.account = "123456789012", .region = "us-east-1"},
                  .data_directory = {},
                  .allowed_hosts = {"emulator"},
                  .settings = {{"port", "4566", "default"}},
                  .quotas = setup.quotas,
                  .groups_die_at_home = setup.groups_die_at_home,
                  .journal_size = setup.journal_size,
                  .is_lenient = setup.is_lenient,
                  .auth = setup.auth,
                  .principals = setup.principals,
                  .admin_token = setup.admin_token}) {}

  // Sends a request and, where its answer takes a job, waits for that.
  Answer Send(const api::Request& request) {
    auto reply = gateway_.Handle(request);
    if (const auto* response = std::get_if<api::Response>(&reply)) return Answer(*response);
    auto& job = std::get<std::unique_ptr<api::Job>>(reply);
    while (true) {
      if (const auto response = job->Step()) return Answer(*response);
    }
  }
  Answer Send(api::Method method, const std::string& target, const std::string& body = {},
              const std::string& authorization = {}) {
    return Send({.method = method,
                 .target = target,
                 .authorization = authorization,
                 .content_type = "application/json",
                 .host = "localhost:4566",
                 .origin = {},
                 .body = body});
  }
  Answer Get(const std::string& target) { return Send(api::Method::kGet, target); }
  Answer Post(const std::string& target, const std::string& body = {}) {
    return Send(api::Method::kPost, target, body);
  }
  Answer Put(const std::string& target, const std::string& body) {
    return Send(api::Method::kPut, target, body);
  }
  Answer Patch(const std::string& target, const std::string& body) {
    return Send(api::Method::kPatch, target, body);
  }
  Answer Delete(const std::string& target) { return Send(api::Method::kDelete, target); }

  Answer Advance(const std::string& body) { return Post("/_emulator/clock/advance", body); }
  void Settle() { Advance(R"({"until":"settled"})"); }

  // A canary in READY, or whatever its creation comes to.
  void Create(const CanaryBody& body) {
    const Answer answer = Post("/canary", body.Json());
    if (answer.status != 200) throw std::logic_error(answer.raw);
    Settle();
  }
  void Create(const std::string& name) { Create(CanaryBody(name)); }
  void Start(const std::string& name) {
    Post("/canary/" + name + "/start");
    Settle();
  }
  std::string StateOf(const std::string& name) {
    return Get("/canary/" + name).Text("/Canary/Status/State");
  }

  state::sqlite::Database& database() { return database_; }
  state::Engine& engine() { return engine_; }
  api::Gateway& gateway() { return gateway_; }

  ManualHost host;

 private:
  state::sqlite::Database Open(const Setup& setup) {
    using state::sqlite::Database;
    if (!setup.file.empty()) return Database::InFile(setup.file, setup.durability);
    const char* const storage = std::getenv("SYNTHETICS_LOCAL_TEST_STORAGE");
    if (storage == nullptr || std::string_view(storage) != "file") {
      return Database::InMemory();
    }
    scratch_ = std::make_unique<ScratchDirectory>();
    return Database::InFile(scratch_->File("test.db"), setup.durability);
  }
  state::sqlite::Database& Migrated() {
    state::sqlite::Migrate(database_);
    return database_;
  }

  std::unique_ptr<ScratchDirectory> scratch_;
  state::sqlite::Database database_;
  state::Engine engine_;
  api::Gateway gateway_;
};

}  // namespace synthetics::tests
