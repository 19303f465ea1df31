#include "state/engine/schedule.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_host.hpp"

using namespace synthetics::state;
using std::chrono::milliseconds;
using std::chrono::seconds;
using synthetics::tests::kNewYear;

TEST_CASE("Schedule: a rate is 1 minute to 1 hour, in minutes or in one hour") {
  REQUIRE(ParseSchedule("rate(1 minute)")->ShortestGap() == seconds{60});
  REQUIRE(ParseSchedule("rate(5 minutes)")->ShortestGap() == seconds{300});
  REQUIRE(ParseSchedule("rate(60 minutes)")->ShortestGap() == seconds{3600});
  REQUIRE(ParseSchedule("rate(1 hour)")->ShortestGap() == seconds{3600});
  REQUIRE(ParseSchedule("rate( 2 minute )")->ShortestGap() == seconds{120});
}

TEST_CASE("Schedule: 0 of any unit runs once, and comes back as rate(0 hour)") {
  const auto* const expression = GENERATE("rate(0 minute)", "rate(0 minutes)", "rate(0 hour)");
  REQUIRE(ParseSchedule(expression)->IsOnce());
  REQUIRE(CanonicalExpression(expression) == "rate(0 hour)");
}

TEST_CASE("Schedule: at a rate runs begin with the start, one interval apart") {
  const auto schedule = ParseSchedule("rate(5 minutes)").value();
  const Instant start = kNewYear + milliseconds{1};
  REQUIRE(schedule.First(start) == start);
  REQUIRE(schedule.Next(start) == start + seconds{300});
}

TEST_CASE("Schedule: one run begins with the start, and none is a gap away") {
  const auto schedule = ParseSchedule("rate(0 hour)").value();
  REQUIRE(schedule.First(kNewYear) == kNewYear);
  REQUIRE_FALSE(schedule.ShortestGap().has_value());
}

TEST_CASE("Schedule: by cron runs begin at minutes after the start") {
  const auto schedule = ParseSchedule("cron( 0/15 * * * ? * )").value();
  REQUIRE_FALSE(schedule.IsOnce());
  REQUIRE(schedule.First(kNewYear) == kNewYear + seconds{900});
  REQUIRE(schedule.First(kNewYear - milliseconds{1}) == kNewYear);
  REQUIRE(schedule.Next(kNewYear + seconds{900}) == kNewYear + seconds{1800});
  REQUIRE(schedule.ShortestGap() == seconds{900});
}

TEST_CASE("Schedule: what is wrong with a cron expression is said after the expression") {
  REQUIRE(ParseSchedule("cron(0 10 ? * MON/2 *)").error().message ==
          "Invalid schedule expression 'cron(0 10 ? * MON/2 *)': day-of-week 'MON/2': '/' is not "
          "known in this field.");
}

TEST_CASE("Schedule: any other schedule comes back as it was sent") {
  REQUIRE(CanonicalExpression("rate(60 minutes)") == "rate(60 minutes)");
  REQUIRE(CanonicalExpression("cron(0  10 * * ? *)") == "cron(0  10 * * ? *)");
}

TEST_CASE("Schedule: what is no schedule, or too long a rate, is refused with the expression") {
  const std::string expression = GENERATE(
      "", "rate", "rate()", "rate(minute)", "rate(5)", "rate(5minutes)", "rate(5 hours)",
      "rate(2 hour)", "rate(61 minutes)", "rate(1 day)", "rate(-1 minute)", "rate(1.5 minutes)",
      "rate(1 minute", "rate(99999999999999999999 minutes)", "rate(+1 minute)", "5 minutes",
      "cron(0 10 * * ? *", "cron()", "CRON(0 10 * * ? *)", "rate(1 minute) ");
  const auto refused = ParseSchedule(expression);
  REQUIRE_FALSE(refused.has_value());
  REQUIRE(refused.error().message.find("'" + expression + "'") != std::string::npos);
}
