// A world that each input finds as the first one did: a canary that runs, one that stands, a group.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "state/engine/snapshot.hpp"
#include "state/sqlite/snapshot.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/support/emulation.hpp"

namespace synthetics::tests {

class World {
 public:
  World() : base_(state::sqlite::Database::InMemory()) {
    emulation_.Create(CanaryBody("checkout").Every("rate(1 hour)"));
    emulation_.Start("checkout");
    emulation_.Create("login");
    emulation_.Post("/group", R"({"Name":"web","Tags":{"team":"web"}})");
    emulation_.Patch("/group/web/associate",
                     R"({"ResourceArn":"arn:aws:synthetics:us-east-1:123456789012:canary:login"})");
    emulation_.Advance(R"({"seconds":7200})");
    image_ = emulation_.engine().Snapshot();
    state::sqlite::Deserialize(image_, base_);
    Begin();
  }

  // One database for all inputs; what only memory holds is made anew.
  void Begin() {
    emulation_.host.now = kNewYear;
    emulation_.engine().Adopt(base_);
    gateway_.emplace(emulation_.engine(), emulation_.host, options_);
  }

  // The answer, or nothing where it takes longer than anybody waits. None is a fault of our own,
  // and none is what its kind of answer may not be.
  std::optional<Answer> Send(const api::Request& request) {
    auto reply = gateway_->Handle(request);
    if (auto* response = std::get_if<api::Response>(&reply)) return Checked(*response, request);
    auto& job = std::get<std::unique_ptr<api::Job>>(reply);
    for (int step = 0; step < kMostSteps; ++step) {
      emulation_.host.now += job->Pause();
      if (const auto response = job->Step()) return Checked(*response, request);
    }
    return {};
  }
  std::optional<Answer> Send(api::Method method, const std::string& target,
                             const std::string& body = {}) {
    return Send({.method = method,
                 .target = target,
                 .authorization = {},
                 .content_type = "application/json",
                 .host = {},
                 .origin = {},
                 .body = body});
  }

  // Whatever has happened, the world can be looked at and goes on.
  void Probe() {
    for (const char* const path :
         {"/_emulator/health", "/_emulator/metrics", "/_emulator/events", "/_emulator/faults",
          "/_emulator/clock/pending", "/_emulator/transitions", "/_emulator/outcomes",
          "/_emulator/canaries/checkout/outcomes?region=us-east-1", "/canary/checkout",
          "/group/web", "/tags/arn:aws:synthetics:us-east-1:123456789012:canary:checkout"}) {
      Send(api::Method::kGet, path);
    }
    for (const char* const path : {"/canaries", "/canaries/last-run", "/canary/checkout/runs",
                                   "/runtime-versions", "/groups", "/group/web/resources"}) {
      Send(api::Method::kPost, path);
    }
    Send(api::Method::kPost, "/_emulator/clock/advance", R"({"seconds":4000})");
    Send(api::Method::kPost, "/canary/checkout/runs");
    emulation_.engine().Snapshot();
  }

  const std::string& image() const { return image_; }
  state::Engine& engine() { return emulation_.engine(); }
  const api::Options& options() const { return options_; }

 private:
  static constexpr int kMostSteps = 4;

  static Answer Checked(const api::Response& response, const api::Request& request) {
    Expect(response.status < 500 || response.trace.explain.starts_with("Fault rule"),
           "no input makes a fault of our own", response.trace.fault);
    for (const auto& [name, value] : response.headers) {
      const bool is_one_line = std::ranges::all_of(
          value, [](char character) { return character >= ' ' && character != '\x7f'; });
      Expect(is_one_line, "a header is a line", std::string(name) + ": " + value);
    }
    Answer answer(response);  // throws for what should be JSON and is not
    const bool is_ordered = response.trace.explain.starts_with("Fault rule");
    if (response.trace.is_control || is_ordered) return answer;
    Expect(answer.status == 200 || !answer.error_type.empty(), "a refusal has a type",
           request.target);
    return answer;
  }

  Emulation emulation_;
  state::sqlite::Database base_;
  std::string image_;
  api::Options options_{.version = "0.0.0",
                        .defaults = {.account = "123456789012", .region = "us-east-1"},
                        .data_directory = {},
                        .allowed_hosts = {"emulator"},
                        .settings = {{"port", "4566", "default"}}};
  std::optional<api::Gateway> gateway_;
};

}  // namespace synthetics::tests
