#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

Answer Force(Emulation& emulation, const std::string& body) {
  return emulation.Put("/_emulator/canaries/shop/state", body);
}

double Pending(Emulation& emulation) {
  return emulation.Get("/_emulator/clock/pending").Number("/total");
}

}  // namespace

TEST_CASE("Forced state: any state at once, with its reason and its code") {
  Emulation emulation;
  emulation.Create("shop");
  REQUIRE(Force(emulation,
                R"({"state":"ERROR","stateReason":"no role","stateReasonCode":"CREATE_FAILED"})")
              .status == 204);
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.Text("/Canary/Status") ==
          R"({"State":"ERROR","StateReason":"no role","StateReasonCode":"CREATE_FAILED"})");
  REQUIRE(emulation.Post("/canary/shop/start").status == 409);
  REQUIRE(emulation.Delete("/canary/shop").status == 200);
}

TEST_CASE("Forced state: the schedule runs in RUNNING and nowhere else") {
  Emulation emulation;
  emulation.Create("shop");
  Force(emulation, R"({"state":"RUNNING"})");
  emulation.Advance(R"({"seconds":70})");
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 2);
  const Answer running = emulation.Get("/canary/shop");
  REQUIRE(running.Number("/Canary/Timeline/LastStarted") ==
          running.Number("/Canary/Timeline/LastModified"));
  Force(emulation, R"({"state":"RUNNING"})");
  REQUIRE(Pending(emulation) == 1);
  Force(emulation, R"({"state":"STOPPED"})");
  REQUIRE(Pending(emulation) == 0);
  const Answer stopped = emulation.Get("/canary/shop");
  REQUIRE(stopped.Number("/Canary/Timeline/LastStopped") ==
          stopped.Number("/Canary/Timeline/LastModified"));
  REQUIRE(emulation.Post("/canary/shop/start").status == 200);
}

TEST_CASE("Forced state: one that ends by itself does") {
  const auto [state, after] = GENERATE(table<std::string, std::string>({
      {"CREATING", "READY"},
      {"STARTING", "RUNNING"},
      {"UPDATING", "READY"},
      {"STOPPING", "STOPPED"},
  }));
  Emulation emulation;
  emulation.Create("shop");
  Force(emulation, R"({"state":")" + state + "\"}");
  REQUIRE(emulation.StateOf("shop") == state);
  emulation.Settle();
  REQUIRE(emulation.StateOf("shop") == after);
}

TEST_CASE("Forced state: a creation under way gives way") {
  Emulation emulation;
  emulation.Post("/canary", CanaryBody("shop").Json());
  Force(emulation, R"({"state":"READY"})");
  REQUIRE(Pending(emulation) == 0);
  REQUIRE(emulation.Get("/canary/shop").Has("/Canary/EngineArn"));
}

TEST_CASE("Forced state: what is none is refused") {
  Emulation emulation;
  emulation.Create("shop");
  for (const auto* const body :
       {R"({"state":"GONE"})", R"({})", R"({"state":"READY","stateReasonCode":"FINE"})",
        R"({"state":"CREATING","stateReasonCode":"CREATE_FAILED"})"}) {
    REQUIRE(Force(emulation, body).status == 400);
  }
  REQUIRE(emulation.Put("/_emulator/canaries/nope/state", R"({"state":"READY"})").status == 404);
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Wait: answers when the canary is in the state, or that it is not in time") {
  Emulation emulation;
  const std::string wait = "/_emulator/canaries/shop/wait?timeoutSeconds=0&state=";
  REQUIRE(emulation.Get(wait + "DELETED").status == 200);
  emulation.Create("shop");
  REQUIRE(emulation.Get(wait + "READY").raw == R"({"state":"READY"})");
  const Answer late = emulation.Get(wait + "RUNNING");
  REQUIRE(late.status == 408);
  REQUIRE(late.Text("/error/message") == "shop is READY, and not RUNNING.");
  REQUIRE(emulation.Get(wait + "FINE").status == 400);
  for (const std::string seconds : {"-1", "3601"}) {
    const std::string target = "/_emulator/canaries/shop/wait?state=READY&timeoutSeconds=";
    REQUIRE(emulation.Get(target + seconds).status == 400);
  }
}
