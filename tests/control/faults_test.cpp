#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using End = synthetics::api::Delivery::End;
using synthetics::api::Method;

namespace {

const std::string kThrottled =
    R"("fault":{"status":429,"code":"TooManyRequestsException","message":"Rate exceeded"})";

// A rule of these members, which is there afterwards.
Answer Add(Emulation& emulation, const std::string& members) {
  Answer answer = emulation.Post("/_emulator/faults", "{" + members + "}");
  REQUIRE(answer.status == 201);
  return answer;
}

std::string As(const std::string& account, const std::string& region) {
  return "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region +
         "/synthetics/aws4_request";
}

// How many of a hundred GetCanary calls, told by a letter each, a rule hits.
std::string Hits(Emulation& emulation) {
  std::string letters;
  for (int call = 0; call < 100; ++call) {
    letters += emulation.Get("/canary/shop").status == 429 ? "x" : ".";
  }
  return letters;
}

}  // namespace

TEST_CASE("Faults: an error has the service's form, its times, and its hits") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer rule = Add(emulation, kThrottled + R"(,"times":2)");
  REQUIRE(rule.raw == R"({"id":1,"match":{},)" + kThrottled +
                          R"(,"times":2,"probability":1,"afterRequests":0,"hits":0})");
  for (int call = 0; call < 2; ++call) {
    const Answer answer = emulation.Get("/canary/shop");
    REQUIRE(answer.status == 429);
    REQUIRE(answer.error_type == "TooManyRequestsException");
    REQUIRE(answer.raw == R"({"Message":"Rate exceeded"})");
    REQUIRE(answer.explain.starts_with("Fault rule 1 answered 429 in place of GetCanary"));
    REQUIRE(answer.request_id.size() == 36);
    REQUIRE(answer.trace.resource == "shop");
    REQUIRE(answer.delivery.end == End::kWhole);
  }
  REQUIRE(emulation.Get("/canary/shop").status == 200);
  const Answer spent = emulation.Get("/_emulator/faults/1");
  REQUIRE(spent.Number("/times") == 0);
  REQUIRE(spent.Number("/hits") == 2);
  REQUIRE(emulation.Get("/_emulator/faults").Size("/faults") == 1);
}

TEST_CASE("Faults: match by operation, resource, account and region") {
  const auto [match, hit] = GENERATE(table<std::string, std::string>({
      {R"({})", "GetCanary StartCanary elsewhere tags create list"},
      {R"({"operation":"*"})", "GetCanary StartCanary elsewhere tags create list"},
      {R"({"operation":"GetCanary"})", "GetCanary elsewhere"},
      {R"({"resource":"shop"})", "GetCanary StartCanary elsewhere tags create"},
      {R"({"resource":"sho"})", ""},
      {R"({"resource":"arn:aws:synthetics:us-east-1:123456789012:canary:shop"})", "tags"},
      {R"({"account":"111122223333"})", "elsewhere"},
      {R"({"region":"eu-west-1"})", "elsewhere"},
      {R"({"operation":"GetCanary","region":"us-east-1"})", "GetCanary"},
      {R"({"operation":"DescribeCanaries"})", "list"},
  }));
  CAPTURE(match);
  Emulation emulation;
  Add(emulation, "\"match\":" + match + "," + kThrottled);
  const std::string arn = "arn:aws:synthetics:us-east-1:123456789012:canary:shop";
  std::string found;
  const auto note = [&](const std::string& name, const Answer& answer) {
    if (answer.status == 429) found += (found.empty() ? "" : " ") + name;
  };
  note("GetCanary", emulation.Get("/canary/shop"));
  note("StartCanary", emulation.Post("/canary/shop/start"));
  note("elsewhere",
       emulation.Send(Method::kGet, "/canary/shop", "", As("111122223333", "eu-west-1")));
  note("tags", emulation.Get("/tags/" + arn));
  note("create", emulation.Post("/canary", CanaryBody("shop").Json()));
  note("list", emulation.Post("/canaries"));
  REQUIRE(found == hit);
}

TEST_CASE("Faults: the oldest rule that matches wins, until it is used up") {
  Emulation emulation;
  Add(emulation, R"("match":{"operation":"GetCanary"},"times":1,)" + kThrottled);
  Add(emulation, R"("fault":{"status":503,"code":"ServiceUnavailable"})");
  REQUIRE(emulation.Post("/canaries").status == 503);
  REQUIRE(emulation.Get("/canary/shop").status == 429);
  REQUIRE(emulation.Get("/canary/shop").status == 503);
  REQUIRE(emulation.Get("/canary/shop").raw == R"({"Message":""})");
}

TEST_CASE("Faults: the first matching requests pass where a rule says so") {
  Emulation emulation;
  Add(emulation, R"("match":{"operation":"GetCanary"},"afterRequests":2,"times":1,)" + kThrottled);
  REQUIRE(emulation.Post("/canaries").status == 200);
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  REQUIRE(emulation.Get("/_emulator/faults/1").Number("/afterRequests") == 0);
  REQUIRE(emulation.Get("/_emulator/faults/1").Number("/hits") == 0);
  REQUIRE(emulation.Get("/canary/shop").status == 429);
  REQUIRE(emulation.Get("/canary/shop").status == 404);
}

TEST_CASE("Faults: chance comes from the seed") {
  Emulation first;
  Emulation second;
  Emulation other({.seed = 2});
  for (Emulation* const emulation : {&first, &second, &other}) {
    Add(*emulation, R"("probability":0.3,)" + kThrottled);
  }
  const std::string hits = Hits(first);
  const auto count = std::count(hits.begin(), hits.end(), 'x');
  REQUIRE(count > 15);
  REQUIRE(count < 45);
  REQUIRE(Hits(second) == hits);
  REQUIRE(Hits(other) != hits);
  Emulation never;
  Add(never, R"("probability":0,)" + kThrottled);
  REQUIRE(Hits(never) == std::string(100, '.'));
}

TEST_CASE("Faults: what does not reach the operation changes nothing, and what does, does") {
  const auto [fault, reaches] = GENERATE(table<std::string, bool>({
      {R"({"status":500,"code":"InternalFailure"})", false},
      {R"({"status":502,"body":"<html>Bad gateway"})", false},
      {R"({"connection":"reset"})", false},
      {R"({"connection":"hang"})", false},
      {R"({"connection":"close"})", true},
      {R"({"latencyMs":750})", true},
  }));
  CAPTURE(fault);
  Emulation emulation;
  Add(emulation, R"("match":{"operation":"CreateCanary"},"fault":)" + fault);
  const Answer answer = emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE((answer.status == 200) == reaches);
  REQUIRE((emulation.Get("/canary/shop").status == 200) == reaches);
  REQUIRE(answer.explain.starts_with("Fault rule 1"));
}

TEST_CASE("Faults: the way in which an answer leaves is a part of it") {
  const auto [fault, end, delay] = GENERATE(table<std::string, End, int>({
      {R"({"connection":"reset"})", End::kReset, 0},
      {R"({"connection":"hang"})", End::kHang, 0},
      {R"({"connection":"close"})", End::kCut, 0},
      {R"({"latencyMs":750})", End::kWhole, 750},
      {R"({"latencyMs":20,"status":429,"code":"Slow"})", End::kWhole, 20},
  }));
  CAPTURE(fault);
  Emulation emulation;
  Add(emulation, "\"fault\":" + fault);
  const Answer answer = emulation.Get("/canary/nobody");
  REQUIRE(answer.delivery.end == end);
  REQUIRE(answer.delivery.delay.count() == delay);
  const bool is_silent = end == End::kReset || end == End::kHang;
  REQUIRE((answer.status == synthetics::api::kNoAnswer) == is_silent);
}

TEST_CASE("Faults: a broken intermediary's body is given as it is") {
  Emulation emulation;
  Add(emulation, R"("fault":{"status":200,"body":"<html>not json"})");
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.status == 200);
  REQUIRE(answer.raw == "<html>not json");
  REQUIRE(answer.error_type.empty());
}

TEST_CASE("Faults: the control plane, its aliases, and paths of no operation are never touched") {
  Emulation emulation;
  Add(emulation, R"("match":{"operation":"*"},)" + kThrottled);
  REQUIRE(emulation.Get("/_emulator/health").status == 200);
  REQUIRE(emulation.Get("/health").status == 200);
  REQUIRE(emulation.Get("/_localstack/health").status == 200);
  REQUIRE(emulation.Get("/nowhere").status == 404);
  REQUIRE(emulation.Post("/_emulator/clock/advance", R"({"seconds":1})").status == 200);
  REQUIRE(emulation.Get("/_emulator/faults/1").Number("/hits") == 0);
  REQUIRE(emulation.Post("/moto-api/reset").status == 200);
}

TEST_CASE("Faults: are listed, removed, and forgotten by a reset") {
  Emulation emulation;
  for (int rule = 0; rule < 3; ++rule) Add(emulation, kThrottled);
  REQUIRE(emulation.Delete("/_emulator/faults/3").status == 204);
  REQUIRE(emulation.Get("/_emulator/faults/3").status == 404);
  REQUIRE(emulation.Delete("/_emulator/faults/3").status == 404);
  REQUIRE(emulation.Get("/_emulator/faults/x").status == 400);
  // An id is not used again.
  REQUIRE(Add(emulation, kThrottled).Number("/id") == 4);
  REQUIRE(emulation.Get("/_emulator/faults").Size("/faults") == 3);
  REQUIRE(emulation.Delete("/_emulator/faults").status == 204);
  REQUIRE(emulation.Get("/_emulator/faults").raw == R"({"faults":[]})");
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  Add(emulation, kThrottled);
  emulation.Post("/_emulator/reset?account=123456789012");
  REQUIRE(emulation.Get("/canary/shop").status == 429);
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  REQUIRE(Add(emulation, kThrottled).Number("/id") == 1);
}

TEST_CASE("Faults: what makes no sense is refused and leaves no rule") {
  Emulation emulation;
  for (const auto* const body :
       {R"({})",
        R"({"fault":{}})",
        R"({"fault":{"status":429}})",
        R"({"fault":{"code":"X"}})",
        R"({"fault":{"status":399,"code":"X"}})",
        R"({"fault":{"status":600,"code":"X"}})",
        R"({"fault":{"status":429,"code":"a\r\nb"}})",
        R"({"fault":{"message":"m","latencyMs":1}})",
        R"({"fault":{"latencyMs":0}})",
        R"({"fault":{"latencyMs":5,"connection":"reset"}})",
        R"({"fault":{"connection":"burn"}})",
        R"({"fault":{"connection":"reset","status":500}})",
        R"({"fault":{"body":"x"}})",
        R"({"fault":{"body":"x","status":204}})",
        R"({"fault":{"body":"x","status":500,"code":"X"}})",
        R"({"fault":{"connection":"close"},"times":-1})",
        R"({"fault":{"connection":"close"},"probability":1.5})",
        R"({"fault":{"connection":"close"},"afterRequests":-1})",
        R"({"fault":{"connection":"close"},"hits":1})",
        R"({"match":{"operation":"GetCanaries"},"fault":{"connection":"close"}})",
        R"({"match":{"account":"12"},"fault":{"connection":"close"}})",
        R"({"match":{"name":"shop"},"fault":{"connection":"close"}})"}) {
    CAPTURE(body);
    const Answer answer = emulation.Post("/_emulator/faults", body);
    REQUIRE(answer.status == 400);
    REQUIRE(answer.Text("/error/code") == "InvalidRequest");
  }
  REQUIRE(emulation.Get("/_emulator/faults").Size("/faults") == 0);
}
