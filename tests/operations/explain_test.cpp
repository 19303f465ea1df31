#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;

namespace {

const std::string kOther =
    "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/synthetics/aws4_request";

// Whether the header says all of it, and the journal the same.
void RequireExplained(Emulation& emulation, const Answer& answer,
                      const std::vector<std::string>& parts) {
  CAPTURE(answer.explain);
  REQUIRE(answer.status >= 400);
  for (const std::string& part : parts) {
    CAPTURE(part);
    REQUIRE(answer.explain.find(part) != std::string::npos);
  }
  const Answer asked = emulation.Get("/_emulator/requests?limit=1");
  REQUIRE(asked.Text("/requests/0/explain").find(parts.front()) != std::string::npos);
}

}  // namespace

TEST_CASE("Explain: a state that forbids a call, the states that allow it, and what leads there") {
  Emulation emulation;
  emulation.Post("/canary", CanaryBody("shop").Json());
  RequireExplained(emulation, emulation.Post("/canary/shop/start"),
                   {"StartCanary works in READY or STOPPED;",
                    "'shop' is in CREATING since 2026-01-01T00:00:00Z;",
                    R"(POST /_emulator/clock/advance {"until":"settled"})"});
  emulation.Settle();
  RequireExplained(
      emulation, emulation.Post("/canary/shop/stop"),
      {"StopCanary works in RUNNING; 'shop' is in READY since 2026-01-01T00:00:00.400Z;",
       "StartCanary leads there."});
  emulation.Start("shop");
  RequireExplained(emulation, emulation.Post("/canary/shop/start"), {"StopCanary leads there."});
  RequireExplained(emulation, emulation.Delete("/canary/shop"),
                   {"DeleteCanary works in READY, STOPPED or ERROR;", "StopCanary leads there."});
  emulation.Post("/canary/shop/stop");
  RequireExplained(
      emulation, emulation.Patch("/canary/shop", "{}"),
      {"UpdateCanary works in READY, STOPPED, RUNNING or ERROR (but after CREATE_FAILED);",
       "STOPPING"});
  RequireExplained(emulation, emulation.Post("/canary/shop/dry-run/start"),
                   {"StartCanaryDryRun works in READY, STOPPED or RUNNING;"});
}

TEST_CASE("Explain: what ends a state that is held, and one that waits to be read") {
  Emulation emulation;
  emulation.Put("/_emulator/transitions",
                R"({"states":{"CREATING":{"hold":true},"STARTING":{"polls":3}}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  RequireExplained(emulation, emulation.Post("/canary/shop/start"),
                   {"it is held: POST /_emulator/canaries/shop/release?account=123456789012"
                    "&region=us-east-1 lets it go on."});
  emulation.Post("/_emulator/canaries/shop/release");
  emulation.Put("/_emulator/transitions",
                R"({"states":{"DELETING":{"hold":true},"STARTING":{"polls":3}}})");
  emulation.Create("other");
  emulation.Delete("/canary/other");
  RequireExplained(emulation, emulation.Post("/canary", CanaryBody("other").Json()),
                   {"it is held: POST /_emulator/canaries/other/release?"});
  emulation.Post("/canary/shop/start");
  RequireExplained(emulation, emulation.Post("/canary/shop/stop"),
                   {"GetCanary and DescribeCanaries end it, after 3 more."});
}

TEST_CASE("Explain: a state that no call leads out of") {
  Emulation emulation;
  emulation.Create("shop");
  auto canary =
      emulation.engine().store().canaries.Find({"123456789012", "us-east-1"}, "shop").value();
  canary.status = {.state = synthetics::state::CanaryState::kError,
                   .code = synthetics::state::StateReasonCode::kCreateFailed};
  emulation.engine().store().canaries.Save(canary);
  RequireExplained(emulation, emulation.Patch("/canary/shop", "{}"),
                   {"'shop' is in ERROR (CREATE_FAILED) since",
                    "no call leads there: delete it and create it anew."});
}

TEST_CASE("Explain: a name that is taken, by whom") {
  Emulation emulation;
  emulation.Create("shop");
  RequireExplained(
      emulation, emulation.Post("/canary", CanaryBody("shop").Json()),
      {"'shop' is in READY since", "account 123456789012, region us-east-1", "delete it first"});
  emulation.Delete("/canary/shop");
  RequireExplained(emulation, emulation.Post("/canary", CanaryBody("shop").Json()),
                   {"'shop' is in DELETING since", R"({"until":"settled"})"});
}

TEST_CASE("Explain: where a canary was looked for, and where there is one of that name") {
  Emulation emulation;
  RequireExplained(emulation, emulation.Get("/canary/shop"),
                   {"account 123456789012, region us-east-1;", "no other", "'shop'"});
  emulation.Send(Method::kPost, "/canary", CanaryBody("shop").Json(), kOther);
  const std::string there = "there is a 'shop' in account 111122223333, region eu-west-1.";
  RequireExplained(emulation, emulation.Get("/canary/shop"), {there});
  RequireExplained(emulation,
                   emulation.Get("/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop"),
                   {there});
}

TEST_CASE("Explain: where a group was looked for, and who has one of that name") {
  Emulation emulation;
  RequireExplained(emulation, emulation.Get("/group/web"), {"no other account has 'web'"});
  emulation.Send(Method::kPost, "/group", R"({"Name":"web"})", kOther);
  RequireExplained(emulation, emulation.Get("/group/web"),
                   {"here 123456789012", "account 111122223333 has one of that name."});
}

TEST_CASE("Explain: a deprecated runtime version has its day, and the clock another") {
  Emulation emulation;
  const std::string body = CanaryBody("shop").With("RuntimeVersion", "\"syn-1.0\"").Json();
  RequireExplained(emulation, emulation.Post("/canary", body),
                   {"'syn-1.0' is deprecated since ",
                    "the emulator's clock says 2026-01-01T00:00:00Z", "--validation lenient"});
}

TEST_CASE("Explain: quotas name their setting, tokens their listing") {
  Emulation emulation({.quotas = {.groups = 0}});
  RequireExplained(emulation, emulation.Post("/group", R"({"Name":"web"})"), {"--quota-groups 0"});
  RequireExplained(emulation, emulation.Post("/canaries", R"({"NextToken":"xxxxxxxx"})"),
                   {"the listing that gave it"});
}

TEST_CASE("Explain: a dry run that is under way") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\""));
  emulation.Post("/canary/shop/dry-run/start");
  RequireExplained(emulation, emulation.Post("/canary/shop/dry-run/start"),
                   {"one of 'shop' is under way; wait for it"});
}

TEST_CASE("Explain: every refusal has a sentence, in one line of ASCII") {
  Emulation emulation;
  RequireExplained(emulation, emulation.Get("/nowhere"), {"No operation of Synthetics"});
  RequireExplained(emulation, emulation.Post("/canaries", "{"), {"does not keep to"});
  RequireExplained(emulation, emulation.Send(Method::kGet, "/canaries", "", "X Credential=a/b"),
                   {"A credential scope is"});
  const Answer odd = emulation.Get("/group/%0D%0A%C3%A9" + std::string(600, 'x'));
  REQUIRE(odd.explain.size() <= 500);
  for (const char byte : odd.explain) REQUIRE((byte >= ' ' && byte <= '~'));
  emulation.Create("shop");
  REQUIRE(emulation.Get("/canary/shop").explain.empty());
  REQUIRE(emulation.Get("/_emulator/nowhere").explain.empty());
  const Answer unread = Answer(synthetics::api::Gateway::RefuseUnread(
      "/canary", {synthetics::api::ErrorKind::kTooLarge, "Too large"}));
  REQUIRE_FALSE(unread.explain.empty());
}
