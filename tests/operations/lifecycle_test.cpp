#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;

namespace {

struct CallRow {
  std::string name;
  Method method;
  std::string path;
  std::string body;
};

const std::vector<CallRow> kCalls{
    {"Start", Method::kPost, "/canary/shop/start", ""},
    {"Stop", Method::kPost, "/canary/shop/stop", ""},
    {"Update", Method::kPatch, "/canary/shop", "{}"},
    {"Delete", Method::kDelete, "/canary/shop", ""},
};

// Brings the canary `shop` into a state, from nothing, by the calls that lead there.
void BringInto(Emulation& emulation, const std::string& state) {
  emulation.Post("/canary", CanaryBody("shop").Json());
  if (state == "CREATING") return;
  emulation.Settle();
  if (state == "READY") return;
  if (state == "UPDATING") emulation.Patch("/canary/shop", "{}");
  if (state == "DELETING") emulation.Delete("/canary/shop");
  if (state == "UPDATING" || state == "DELETING") return;
  emulation.Post("/canary/shop/start");
  if (state == "STARTING") return;
  emulation.Settle();
  if (state == "RUNNING") return;
  emulation.Post("/canary/shop/stop");
  if (state == "STOPPING") return;
  emulation.Settle();
}

}  // namespace

// The table of the live service: what is allowed in which state; all else is a 409.
TEST_CASE("Lifecycle: every call in every state is allowed or a conflict, as the service has it") {
  const auto [state, allowed] = GENERATE(table<std::string, std::string>({
      {"CREATING", ""},
      {"READY", "Start Update Delete"},
      {"STARTING", ""},
      {"RUNNING", "Stop Update"},
      {"UPDATING", ""},
      {"STOPPING", ""},
      {"STOPPED", "Start Update Delete"},
      {"DELETING", ""},
  }));
  for (const CallRow& call : kCalls) {
    CAPTURE(state, call.name);
    Emulation emulation;
    BringInto(emulation, state);
    REQUIRE(emulation.StateOf("shop") == state);
    const std::string before = emulation.Get("/canary/shop").raw;
    const Answer answer = emulation.Send(call.method, call.path, call.body);
    if (allowed.find(call.name) != std::string::npos) {
      REQUIRE(answer.status == 200);
      REQUIRE(answer.raw == "{}");
      REQUIRE(emulation.StateOf("shop") != state);
    } else {
      REQUIRE(answer.status == 409);
      REQUIRE(answer.error_type == "ConflictException");
      REQUIRE(emulation.Get("/canary/shop").raw == before);
    }
  }
}

TEST_CASE("Lifecycle: conflicts are worded as the service words them") {
  Emulation emulation;
  BringInto(emulation, "RUNNING");
  REQUIRE(emulation.Post("/canary/shop/start").Message() == "Canary is not in a startable state");
  REQUIRE(emulation.Delete("/canary/shop").Message() ==
          "Canary is in a state that can't be deleted: RUNNING");
  emulation.Post("/canary/shop/stop");
  REQUIRE(emulation.Patch("/canary/shop", "{}").Message() ==
          "Canary is in a state that can't be modified: STOPPING");
  REQUIRE(emulation.Post("/canary/shop/stop").Message() == "Canary is not in a stoppable state");
}

TEST_CASE("Lifecycle: READY has no reason code, and LastModified is the moment of READY") {
  Emulation emulation;
  BringInto(emulation, "READY");
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.Text("/Canary/Status") == R"({"State":"READY"})");
  REQUIRE(answer.Number("/Canary/Timeline/LastModified") == 1767225600.4);
  REQUIRE(answer.Number("/Canary/Timeline/Created") == 1767225600.0);
}

TEST_CASE("Lifecycle: RUNNING and STOPPED stamp LastStarted and LastStopped with LastModified") {
  Emulation emulation;
  BringInto(emulation, "STARTING");
  REQUIRE_FALSE(emulation.Get("/canary/shop").Has("/Canary/Timeline/LastStarted"));
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Status") == R"({"State":"STARTING"})");
  emulation.Settle();
  Answer running = emulation.Get("/canary/shop");
  REQUIRE(running.Text("/Canary/Timeline/LastStarted") ==
          running.Text("/Canary/Timeline/LastModified"));
  emulation.Advance(R"({"seconds":10})");
  emulation.Post("/canary/shop/stop");
  const Answer stopping = emulation.Get("/canary/shop");
  REQUIRE_FALSE(stopping.Has("/Canary/Timeline/LastStopped"));
  REQUIRE(stopping.Number("/Canary/Timeline/LastModified") >
          running.Number("/Canary/Timeline/LastModified"));
  emulation.Settle();
  const Answer stopped = emulation.Get("/canary/shop");
  REQUIRE(stopped.Text("/Canary/Timeline/LastStopped") ==
          stopped.Text("/Canary/Timeline/LastModified"));
}

TEST_CASE("Lifecycle: an update returns to the state that it came from") {
  const std::string state = GENERATE("READY", "RUNNING", "STOPPED");
  Emulation emulation;
  BringInto(emulation, state);
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":7})");
  const Answer pending = emulation.Get("/canary/shop");
  REQUIRE(pending.Text("/Canary/Status") ==
          R"({"State":"UPDATING","StateReasonCode":"UPDATE_PENDING"})");
  emulation.Advance(R"({"seconds":0.2})");
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Status/StateReasonCode") ==
          "UPDATE_IN_PROGRESS");
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Status") == "{\"State\":\"" + state + "\"}");
}

TEST_CASE("Lifecycle: a deleted canary stays in sight until it is gone, and its name is taken") {
  Emulation emulation;
  BringInto(emulation, "DELETING");
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Status/StateReasonCode") ==
          "DELETE_IN_PROGRESS");
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 1);
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Json()).status == 400);
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Json()).status == 200);
}

TEST_CASE("Lifecycle: on the instant profile CreateCanary's own answer says READY") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  const Answer answer = emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE(answer.Text("/Canary/Status") == R"({"State":"READY"})");
  REQUIRE(answer.Has("/Canary/EngineArn"));
  emulation.Post("/canary/shop/start");
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
  emulation.Post("/canary/shop/stop");
  REQUIRE(emulation.Delete("/canary/shop").status == 200);
  REQUIRE(emulation.Get("/canary/shop").status == 404);
}
