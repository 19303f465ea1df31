#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;
using synthetics::api::Request;

namespace {

Answer Asked(Emulation& emulation, const std::string& query = {}) {
  return emulation.Get("/_emulator/requests" + query);
}

// The ids of the entries that a query finds, the newest first.
std::string Ids(Emulation& emulation, const std::string& query) {
  const Answer answer = Asked(emulation, query);
  REQUIRE(answer.status == 200);
  std::string ids;
  for (std::size_t index = 0; index < answer.Size("/requests"); ++index) {
    ids += (ids.empty() ? "" : " ") + answer.Text("/requests/" + std::to_string(index) + "/id");
  }
  return ids;
}

}  // namespace

TEST_CASE("Journal: an entry says what was asked, and what was answered") {
  Emulation emulation;
  emulation.Send({.method = Method::kPost,
                  .target = "/canary/shop/runs?x=1",
                  .authorization = "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/"
                                   "synthetics/aws4_request, Signature=abc",
                  .content_type = {},
                  .host = {},
                  .origin = {},
                  .body = R"({"MaxResults": 1})",
                  .user_agent = "Boto3/1.43"});
  const Answer answer = Asked(emulation);
  REQUIRE(answer.Number("/total") == 1);
  REQUIRE(answer.Text("/requests/0/id") == "1");
  REQUIRE(answer.Text("/requests/0/at") == "2026-01-01T00:00:00Z");
  REQUIRE(answer.Text("/requests/0/operation") == "GetCanaryRuns");
  REQUIRE(answer.Text("/requests/0/account") == "111122223333");
  REQUIRE(answer.Text("/requests/0/region") == "eu-west-1");
  REQUIRE(answer.Text("/requests/0/resource") == "shop");
  REQUIRE(answer.Number("/requests/0/status") == 404);
  REQUIRE(answer.Text("/requests/0/request") == R"({"MaxResults":1})");
  REQUIRE(answer.Text("/requests/0/response/Message") == "Canary not found: shop");
  REQUIRE(answer.Text("/requests/0/userAgent") == "Boto3/1.43");
  REQUIRE(answer.Has("/requests/0/explain"));
  REQUIRE(answer.raw.find("Signature") == std::string::npos);
}

TEST_CASE("Journal: a good answer has no explanation, and a GET no request") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Get("/canary/shop");
  const Answer answer = Asked(emulation, "?limit=1");
  REQUIRE(answer.Text("/requests/0/response/Canary/Name") == "shop");
  REQUIRE_FALSE(answer.Has("/requests/0/explain"));
  REQUIRE_FALSE(answer.Has("/requests/0/request"));
}

TEST_CASE("Journal: code zips are not in it, however their name is spelled") {
  const std::string name = GENERATE("\"ZipFile\"", R"("\u005aipFile")");
  Emulation emulation;
  const std::string code =
      R"json({"Handler":"index.handler",)json" + name + ":\"" + kGoodZip + "\"}";
  const std::string body = CanaryBody("shop").With("Code", code).Json();
  REQUIRE(emulation.Post("/canary", body).status == 200);
  // A broken body can have one as well.
  emulation.Post("/canary", body.substr(0, body.size() - 1));
  const Answer answer = Asked(emulation);
  REQUIRE(answer.raw.find(kGoodZip) == std::string::npos);
  REQUIRE(answer.Text("/requests/1/request/Code/ZipFile") == "<154 bytes>");
  REQUIRE(answer.Text("/requests/1/request/Name") == "shop");
  REQUIRE(answer.Text("/requests/0/request").ends_with(" bytes that are not JSON>"));
}

TEST_CASE("Journal: of environment variables it has the names only") {
  Emulation emulation;
  emulation.Patch("/canary/shop", R"({"RunConfig":{"EnvironmentVariables":{"TOKEN":"hush"}}})");
  emulation.Patch("/canary/shop", R"({"RunConfig":{"EnvironmentVariables":["hush"]}})");
  const Answer answer = Asked(emulation);
  REQUIRE(answer.raw.find("hush") == std::string::npos);
  const std::string variables = "/request/RunConfig/EnvironmentVariables";
  REQUIRE(answer.Text("/requests/1" + variables) == R"({"TOKEN":"<hidden>"})");
  REQUIRE(answer.Text("/requests/0" + variables) == "<hidden>");
}

TEST_CASE("Journal: text that is no JSON, or too long, is a string") {
  Emulation emulation;
  emulation.Post("/canaries", "not JSON");
  emulation.Post("/canaries", R"({"NextToken":")" + std::string(70'000, 'x') + "\"}");
  const Answer answer = Asked(emulation);
  REQUIRE(answer.Text("/requests/1/request") == "not JSON");
  const std::string cut = answer.Text("/requests/0/request");
  REQUIRE(cut.starts_with(R"({"NextToken":"xxx)"));
  REQUIRE(cut.ends_with("xxx... <70016 bytes in all>"));
  REQUIRE(cut.size() < 66'000);
}

TEST_CASE("Journal: the control plane is not in it, a path of no operation is") {
  Emulation emulation;
  emulation.Get("/_emulator/health");
  emulation.Get("/health");
  emulation.Get("/_emulator/nowhere");
  REQUIRE(Asked(emulation).raw == R"({"requests":[],"total":0})");
  emulation.Get("/nowhere?X-Amz-Signature=abc");
  const Answer answer = Asked(emulation);
  REQUIRE(answer.Number("/requests/0/status") == 404);
  REQUIRE_FALSE(answer.Has("/requests/0/operation"));
  REQUIRE(answer.raw.find("Signature") == std::string::npos);
}

TEST_CASE("Journal: is filtered, the newest first, and counts what matches") {
  Emulation emulation;
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Advance(R"({"seconds":60})");
  emulation.Get("/canary/shop");
  emulation.Get("/canary/nobody");
  emulation.Get("/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop");
  REQUIRE(Ids(emulation, "") == "4 3 2 1");
  REQUIRE(Ids(emulation, "?operation=GetCanary") == "3 2");
  REQUIRE(Ids(emulation, "?resource=shop") == "4 2 1");
  REQUIRE(Ids(emulation, "?status=404") == "3");
  REQUIRE(Ids(emulation, "?operation=GetCanary&resource=shop&status=200") == "2");
  REQUIRE(Ids(emulation, "?since=2") == "4 3");
  REQUIRE(Ids(emulation, "?since=2026-01-01T00:01:00Z") == "4 3 2");
  REQUIRE(Ids(emulation, "?since=2026-01-01T00:01:00.001Z") == "");
  REQUIRE(Ids(emulation, "?limit=2") == "4 3");
  REQUIRE(Asked(emulation, "?limit=2").Number("/total") == 4);
  REQUIRE(Ids(emulation, "?limit=0") == "");
  for (const auto* const query :
       {"?since=soon", "?operation=GetCanaries", "?status=ok", "?limit=-1", "?from=1"}) {
    CAPTURE(query);
    REQUIRE(Asked(emulation, query).status == 400);
  }
}

TEST_CASE("Journal: keeps the last ones") {
  Emulation emulation({.journal_size = 3});
  for (int request = 0; request < 5; ++request) emulation.Get("/canary/shop");
  REQUIRE(Ids(emulation, "") == "5 4 3");
  Emulation none({.journal_size = 0});
  none.Get("/canary/shop");
  REQUIRE(Asked(none).Number("/total") == 0);
}

TEST_CASE("Journal: is emptied, and begins anew with the world") {
  Emulation emulation;
  emulation.Get("/canary/shop");
  REQUIRE(emulation.Delete("/_emulator/requests").status == 204);
  REQUIRE(Asked(emulation).Number("/total") == 0);
  emulation.Get("/canary/shop");
  REQUIRE(Ids(emulation, "") == "2");
  emulation.Post("/_emulator/reset?account=123456789012");
  REQUIRE(Ids(emulation, "") == "2");
  emulation.Post("/_emulator/reset");
  REQUIRE(Asked(emulation).Number("/total") == 0);
  emulation.Get("/canary/shop");
  REQUIRE(Ids(emulation, "") == "1");
}

TEST_CASE("Journal: hears from the server how long an answer took") {
  Emulation emulation;
  const Answer first = emulation.Get("/canary/shop");
  const Answer second = emulation.Get("/canary/shop");
  emulation.gateway().Answered(first.trace, 200, std::chrono::microseconds{85});
  REQUIRE(Asked(emulation).Number("/requests/1/durationUs") == 85);
  REQUIRE(Asked(emulation).Number("/requests/0/durationUs") == 0);
  emulation.Delete("/_emulator/requests");
  emulation.gateway().Answered(second.trace, 200, std::chrono::microseconds{85});
}

TEST_CASE("Journal: a faulted request is in it, with its rule") {
  Emulation emulation;
  emulation.Post("/_emulator/faults", R"({"fault":{"connection":"reset"},"times":1})");
  emulation.Post("/_emulator/faults", R"({"fault":{"status":502,"body":"<html>"},"times":1})");
  emulation.Post("/_emulator/faults", R"({"fault":{"latencyMs":5}})");
  for (int request = 0; request < 3; ++request) emulation.Get("/canary/shop");
  const Answer answer = Asked(emulation);
  REQUIRE(answer.Number("/requests/2/status") == 0);
  REQUIRE_FALSE(answer.Has("/requests/2/response"));
  REQUIRE(answer.Text("/requests/2/explain").starts_with("Fault rule 1 "));
  REQUIRE(answer.Text("/requests/1/response") == "<html>");
  REQUIRE(answer.Text("/requests/1/explain").starts_with("Fault rule 2 "));
  REQUIRE(answer.Number("/requests/0/status") == 404);
  REQUIRE(answer.Text("/requests/0/explain").starts_with("Fault rule 3 delayed"));
  REQUIRE(answer.Text("/requests/0/explain").find("looked for in") != std::string::npos);
}
