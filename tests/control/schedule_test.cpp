#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

TEST_CASE("Schedule preview: the instants of the next runs") {
  Emulation emulation;
  const Answer cron = emulation.Get(
      "/_emulator/schedule?expression=cron(0/30%208-9%20?%20*%20MON-FRI%20*)"
      "&from=2026-01-02T08:30:00Z&count=3");
  REQUIRE(cron.raw ==
          R"json({"expression":"cron(0/30 8-9 ? * MON-FRI *)","next":["2026-01-02T09:00:00Z",)json"
          R"json("2026-01-02T09:30:00Z","2026-01-05T08:00:00Z"]})json");
  const Answer rate = emulation.Get("/_emulator/schedule?expression=rate(5%20minutes)&count=2");
  REQUIRE(rate.Text("/next") == R"(["2026-01-01T00:00:00Z","2026-01-01T00:05:00Z"])");
  REQUIRE(emulation.Get("/_emulator/schedule?expression=rate(1%20hour)").Size("/next") == 10);
  REQUIRE(emulation.Get("/_emulator/schedule?expression=rate(0%20hour)&count=5").Size("/next") ==
          1);
}

TEST_CASE("Schedule preview: of a canary that there is") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").Every("rate(1 hour)"));
  REQUIRE(emulation.Get("/_emulator/schedule?canary=shop").Text("/expression") == "rate(1 hour)");
  REQUIRE(emulation.Get("/_emulator/schedule?canary=nope").status == 404);
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":600})");
  REQUIRE(emulation.Get("/_emulator/schedule?canary=shop&count=2").Text("/next") ==
          R"(["2026-01-01T01:00:00.600Z","2026-01-01T02:00:00.600Z"])");
  REQUIRE(emulation.Get("/_emulator/schedule?canary=shop&region=eu-west-1").status == 404);
}

TEST_CASE("Schedule preview: what CreateCanary would refuse is refused, for the same reason") {
  Emulation emulation;
  const std::string wrong = "cron(0%2010%20*%20*%20*%20*)";
  const Answer preview = emulation.Get("/_emulator/schedule?expression=" + wrong);
  REQUIRE(preview.status == 400);
  REQUIRE(
      preview.Text("/error/message") ==
      emulation.Post("/canary", CanaryBody("shop").Every("cron(0 10 * * * *)").Json()).Message());
  REQUIRE(emulation.Get("/_emulator/schedule").status == 400);
  REQUIRE(emulation.Get("/_emulator/schedule?canary=a&expression=b").status == 400);
  REQUIRE(emulation.Get("/_emulator/schedule?expression=rate(1%20hour)&count=0").status == 400);
}
