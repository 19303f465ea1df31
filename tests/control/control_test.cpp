#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;
using synthetics::api::Request;

namespace {

std::string ErrorCode(const Answer& answer) { return answer.Text("/error/code"); }

Request Control(std::string_view host, std::string_view origin) {
  return {.method = Method::kGet,
          .target = "/_emulator/clock",
          .authorization = {},
          .content_type = {},
          .host = host,
          .origin = origin,
          .body = {}};
}

}  // namespace

TEST_CASE("Health: says what runs, since when, and where it keeps its state") {
  Emulation emulation;
  emulation.host.now += std::chrono::milliseconds{1500};
  const Answer answer = emulation.Get("/_emulator/health");
  REQUIRE(answer.status == 200);
  REQUIRE(answer.Text("/status") == "ok");
  REQUIRE(answer.Text("/version") == "0.0.0");
  REQUIRE(answer.Text("/storage") == R"({"kind":"memory"})");
  REQUIRE(answer.Text("/clock") == R"({"now":"2026-01-01T00:00:00Z","mode":"frozen","speed":1})");
  REQUIRE(answer.Number("/uptimeSeconds") == 1.5);
}

TEST_CASE("Health: the names of other emulators are answered too") {
  Emulation emulation;
  const std::string running = R"({"services":{"synthetics":"running"}})";
  REQUIRE(emulation.Get("/_localstack/health").raw == running);
  REQUIRE(emulation.Get("/_localstack/init/ready").raw == running);
  REQUIRE(emulation.Get("/health").raw == running);
}

TEST_CASE("Settings: each has a name, a value and a source") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/settings").raw ==
          R"({"settings":[{"name":"port","value":"4566","source":"default"}]})");
}

TEST_CASE("Reset: everything is gone, and the clock is as at start-up") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":3600})");
  emulation.Put("/_emulator/transitions", R"({"profile":"realistic"})");
  const Answer reset = emulation.Post("/_emulator/reset");
  REQUIRE(reset.status == 204);
  REQUIRE(reset.raw.empty());
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 0);
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:00:00Z");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") == 0);
  REQUIRE(emulation.Get("/_emulator/transitions").Text("/profile") == "fast");
}

TEST_CASE("Reset: the same requests after it have the same answers") {
  Emulation emulation;
  const Answer first = emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Get("/_emulator/health");
  emulation.Post("/_emulator/reset");
  emulation.Get("/_emulator/health");
  const Answer second = emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE(second.raw == first.raw);
  REQUIRE(second.request_id == first.request_id);
}

TEST_CASE("Reset: of one account or region leaves the others and the clock") {
  Emulation emulation;
  const std::string other =
      "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/synthetics/aws4_request";
  emulation.Create("shop");
  emulation.Send(Method::kPost, "/canary", CanaryBody("shop").Json(), other);
  emulation.Advance(R"({"seconds":60})");
  REQUIRE(emulation.Post("/_emulator/reset?account=111122223333&region=us-east-1").status == 204);
  REQUIRE(emulation.Send(Method::kGet, "/canary/shop", "", other).status == 200);
  REQUIRE(emulation.Post("/_emulator/reset?account=111122223333").status == 204);
  REQUIRE(emulation.Send(Method::kGet, "/canary/shop", "", other).status == 404);
  REQUIRE(emulation.Get("/canary/shop").status == 200);
  REQUIRE(emulation.Get("/_emulator/clock").Text("/now") == "2026-01-01T00:01:00.400Z");
  REQUIRE(emulation.Post("/_emulator/reset?account=12").status == 400);
}

TEST_CASE("Reset: what was due in an account or region is not due any more") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":60})");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") > 0);
  REQUIRE(emulation.Post("/_emulator/reset?region=eu-west-1").status == 204);
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") > 0);
  REQUIRE(emulation.Post("/_emulator/reset?region=us-east-1").status == 204);
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") == 0);
}

TEST_CASE("Reset: moto's name does the same, and answers as moto does") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer answer = emulation.Post("/moto-api/reset");
  REQUIRE(answer.status == 200);
  REQUIRE(answer.raw == R"({"status":"ok"})");
  REQUIRE(emulation.Get("/canary/shop").status == 404);
}

TEST_CASE("Control: unknown paths, methods, fields and parameters are refused by their own codes") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/nope").status == 404);
  REQUIRE(ErrorCode(emulation.Get("/_emulator/nope")) == "NotFound");
  REQUIRE(emulation.Delete("/_emulator/clock").status == 405);
  REQUIRE(ErrorCode(emulation.Delete("/_emulator/clock")) == "MethodNotAllowed");
  REQUIRE(emulation.Delete("/_emulator/clock").allow == "GET, HEAD, PUT");
  REQUIRE(emulation.Put("/_emulator/snapshots/a/restore", "").allow == "POST");
  REQUIRE(emulation.Get("/_emulator/clock").allow.empty());
  const Answer twice = emulation.Get("/_emulator/clock/pending?limit=1&limit=2");
  REQUIRE(twice.status == 400);
  REQUIRE(twice.Text("/error/message") == "The parameter 'limit' is given more than once.");
  const Answer field = emulation.Put("/_emulator/clock", R"({"mod":"frozen"})");
  REQUIRE(field.status == 400);
  REQUIRE(ErrorCode(field) == "InvalidRequest");
  REQUIRE(field.Text("/error/message").find("'mod'") != std::string::npos);
  REQUIRE(emulation.Get("/_emulator/clock/pending?limits=1").status == 400);
  REQUIRE(emulation.Get("/_emulator/health?x=1").status == 400);
}

TEST_CASE("Control: a parameter that was put into the body is a mistake, and nothing is reset") {
  Emulation emulation;
  emulation.Create("shop");
  REQUIRE(emulation.Post("/_emulator/reset", R"({"account":"999999999999"})").status == 400);
  REQUIRE(emulation.Get("/canary/shop").status == 200);
}

TEST_CASE("Control: a head is answered as a GET would be") {
  Emulation emulation;
  REQUIRE(emulation.Send(Method::kHead, "/_emulator/health").status == 200);
  REQUIRE(emulation.Send(Method::kHead, "/canary/shop").status == 404);
}

TEST_CASE("Control: a body must be JSON by name and by nature") {
  Emulation emulation;
  Request request = Control("localhost", "");
  request.method = Method::kPut;
  request.body = R"({"mode":"frozen"})";
  request.content_type = "text/plain";
  REQUIRE(emulation.Send(request).status == 415);
  request.content_type = "application/json; charset=utf-8";
  REQUIRE(emulation.Send(request).status == 200);
  request.content_type = "Application/JSON ;a=b";
  REQUIRE(emulation.Send(request).status == 200);
  request.body = "{";
  REQUIRE(emulation.Send(request).status == 400);
}

TEST_CASE("Control: pages from elsewhere are kept out, on the service's paths too") {
  Emulation emulation;
  REQUIRE(emulation.Send(Control("localhost:4566", "http://localhost:4566")).status == 200);
  REQUIRE(emulation.Send(Control("localhost:4566", "https://localhost:4566")).status == 200);
  const Answer refused = emulation.Send(Control("localhost:4566", "http://evil.example"));
  REQUIRE(refused.status == 403);
  REQUIRE(ErrorCode(refused) == "Forbidden");
  Request request = Control("localhost:4566", "null");
  request.method = Method::kPost;
  request.target = "/canaries";
  REQUIRE(emulation.Send(request).status == 403);
}

TEST_CASE("Control: only addresses, localhost and allowed names are hosts") {
  Emulation emulation;
  for (const auto* const host : {"localhost", "localhost:4566", "127.0.0.1:4566", "10.1.2.3",
                                 "[::1]:4566", "emulator:4566", "LocalHost", "Emulator", ""}) {
    CAPTURE(host);
    REQUIRE(emulation.Send(Control(host, "")).status == 200);
  }
  for (const auto* const host : {"evil.example", "evil.example:4566", "localhost.evil.example",
                                 "127.0.0.1.evil.example", "emulator.evil.example"}) {
    CAPTURE(host);
    REQUIRE(emulation.Send(Control(host, "")).status == 403);
  }
}
