// The program without sockets, for callgrind to count the instructions of an answer: no other time,
// chance or environment has a say in it than what is handed in here.
//
// usage: valgrind --tool=callgrind --instr-atstart=no instructions <REQUESTS
//
// REQUESTS is JSON: what is asked `before` counting begins and what is `counted`, as lists of
// `method`, `target`, `body` and the `status` that the answer has to have; the `headers` of them
// all; and with `decode` true, nothing is answered, but each body only read and checked as
// CreateCanary's. Prints what it was made with, and how many `microseconds` what is counted took,
// which says something without valgrind only. Ends with 1 where an answer has another status.

#include <chrono>
#include <exception>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <gnu/libc-version.h>
#include <sqlite3.h>
#include <valgrind/callgrind.h>

#include "api/gateway.hpp"
#include "api/json.hpp"
#include "api/shapes/canary.hpp"
#include "state/runtimes/catalogue.hpp"
#include "state/sqlite/schema.hpp"
#include "tests/support/manual_host.hpp"

namespace synthetics::bench {
namespace {

using api::Json;
using api::Method;

struct Exchange {
  api::Request request;  // views of the document
  int status = 200;
};

// As `./dev bench throughput` starts the program.
class Emulation {
 public:
  Emulation()
      : database_(state::sqlite::Database::InMemory()),
        engine_(Migrated(database_), host_,
                {.mode = state::ClockMode::kFrozen,
                 .now = tests::kNewYear,
                 .seed = 1,
                 .profile = state::Profile::kInstant},
                state::RuntimeCatalogue()),
        gateway_(engine_, host_,
                 {.version = "0.0.0",
                  .defaults = {.account = "123456789012", .region = "us-east-1"},
                  .data_directory = {},
                  .allowed_hosts = {},
                  .settings = {}}) {}

  void Answer(const Exchange& exchange) {
    const api::Response response = ResponseTo(exchange.request);
    gateway_.Answered(response.trace, response.status, std::chrono::microseconds{30});
    if (response.status == exchange.status) return;
    throw std::runtime_error(std::string(exchange.request.target) + " was answered with " +
                             std::to_string(response.status) + ": " + response.body);
  }

 private:
  static state::sqlite::Database& Migrated(state::sqlite::Database& database) {
    state::sqlite::Migrate(database);
    return database;
  }

  api::Response ResponseTo(const api::Request& request) {
    auto reply = gateway_.Handle(request);
    if (auto* const response = std::get_if<api::Response>(&reply)) return std::move(*response);
    auto& job = std::get<std::unique_ptr<api::Job>>(reply);
    while (true) {
      if (auto response = job->Step()) return *std::move(response);
    }
  }

  tests::ManualHost host_;
  state::sqlite::Database database_;
  state::Engine engine_;
  api::Gateway gateway_;
};

void Decode(const Exchange& exchange) {
  api::CreateCanaryRequest request;
  const auto refusal = api::DecodeRequest(api::FieldsOf<api::CreateCanaryRequest>(), &request, {},
                                          exchange.request.body, api::UnknownMembers::kIgnored);
  if (refusal) throw std::runtime_error(refusal->message);
}

std::vector<Exchange> Exchanges(const Json& list, const Json& headers) {
  static const std::map<std::string_view, Method> kMethods{
      {"GET", Method::kGet}, {"POST", Method::kPost}, {"PATCH", Method::kPatch}};
  std::vector<Exchange> exchanges;
  for (const Json& row : list.GetArray()) {
    exchanges.push_back({.request = {.method = kMethods.at(api::Text(row["method"])),
                                     .target = api::Text(row["target"]),
                                     .authorization = api::Text(headers["Authorization"]),
                                     .content_type = api::Text(headers["Content-Type"]),
                                     .host = "localhost:4566",
                                     .origin = {},
                                     .body = api::Text(row["body"]),
                                     .user_agent = api::Text(headers["User-Agent"])},
                         .status = row["status"].GetInt()});
  }
  return exchanges;
}

// Returns how long what is counted took.
std::chrono::duration<double, std::micro> Run(const Json& requests) {
  const auto before = Exchanges(requests["before"], requests["headers"]);
  const auto counted = Exchanges(requests["counted"], requests["headers"]);
  const bool decodes = requests["decode"].GetBool();
  Emulation emulation;
  const auto perform = [&](const std::vector<Exchange>& exchanges) {
    for (const Exchange& exchange : exchanges) {
      if (decodes) {
        Decode(exchange);
      } else {
        emulation.Answer(exchange);
      }
    }
  };
  perform(before);
  const auto began = std::chrono::steady_clock::now();
  CALLGRIND_START_INSTRUMENTATION;
  perform(counted);
  CALLGRIND_STOP_INSTRUMENTATION;
  return std::chrono::steady_clock::now() - began;
}

}  // namespace
}  // namespace synthetics::bench

int main() {
  try {
    const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
    const auto requests = synthetics::api::ParseJson(input);
    if (!requests) throw std::runtime_error(requests.error().message);
    const auto took = synthetics::bench::Run(*requests);
    std::cout << R"({"madeWith":{"g++":")" << __VERSION__ << R"(","SQLite":")"
              << sqlite3_libversion() << R"(","glibc":")" << gnu_get_libc_version()
              << R"("},"microseconds":)" << took.count() << "}\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "instructions: " << error.what() << '\n';
    return 1;
  }
}
