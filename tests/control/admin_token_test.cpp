#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics;
using namespace synthetics::tests;
using api::Method;

namespace {

Emulation::Setup Guarded() {
  Emulation::Setup setup;
  setup.admin_token = "open-sesame";
  return setup;
}

api::Request Ask(Method method, std::string_view target, std::string_view authorization = {}) {
  return {.method = method,
          .target = target,
          .authorization = authorization,
          .content_type = {},
          .host = "localhost",
          .origin = {},
          .body = {}};
}

}  // namespace

TEST_CASE("Admin token: without it the control plane is a 401, and nothing happens") {
  Emulation emulation(Guarded());
  emulation.Post("/group", R"({"Name":"web"})");
  for (const auto* const authorization :
       {"", "Bearer", "Bearer ", "Bearer open-sesam", "Bearer open-sesame ", "open-sesame",
        "Basic open-sesame"}) {
    INFO(authorization);
    const Answer answer = emulation.Send(Ask(Method::kPost, "/_emulator/reset", authorization));
    REQUIRE(answer.status == 401);
    REQUIRE(answer.Text("/error/code") == "Unauthorized");
    REQUIRE(answer.raw.find("sesame") == std::string::npos);
  }
  REQUIRE(emulation.Get("/group/web").status == 200);
  REQUIRE(emulation.Send(Ask(Method::kPost, "/_emulator/reset", "bearer open-sesame")).status ==
          204);
  REQUIRE(emulation.Get("/group/web").status == 404);
}

TEST_CASE("Admin token: it is asked for all of the control plane but the health") {
  Emulation emulation(Guarded());
  for (const auto* const target :
       {"/_emulator/settings", "/_emulator/metrics", "/_emulator/openapi.json", "/_emulator/nope",
        "/_emulator/health/x", "/_emulator", "/health", "/moto-api/reset", "/%5femulator/clock"}) {
    INFO(target);
    REQUIRE(emulation.Get(target).status == 401);
  }
  REQUIRE(emulation.Get("/_emulator/health").status == 200);
  REQUIRE(emulation.Send(Method::kHead, "/_emulator/health").status == 200);
  REQUIRE(emulation.Send(Method::kPut, "/_emulator/health").status == 401);
}

TEST_CASE("Admin token: this machine needs none, and the service nobody") {
  Emulation emulation(Guarded());
  api::Request request = Ask(Method::kGet, "/_emulator/clock");
  request.is_loopback = true;
  REQUIRE(emulation.Send(request).status == 200);
  REQUIRE(emulation.Post("/canaries").status == 200);
  REQUIRE(Emulation().Get("/_emulator/clock").status == 200);
}

TEST_CASE("Admin token: a stranger's body need not be read") {
  Emulation emulation(Guarded());
  const auto refusal =
      emulation.gateway().RefuseHead(Ask(Method::kPut, "/_emulator/snapshot", "Bearer no"));
  REQUIRE(refusal->kind == api::ErrorKind::kNoToken);
  REQUIRE_FALSE(emulation.gateway().RefuseHead(
      Ask(Method::kPut, "/_emulator/snapshot", "Bearer open-sesame")));
  REQUIRE_FALSE(emulation.gateway().RefuseHead(Ask(Method::kPost, "/canary")));
  REQUIRE_FALSE(emulation.gateway().RefuseHead(Ask(Method::kPost, "nowhere")));
}
