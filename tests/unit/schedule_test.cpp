#include "state/engine/schedule.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::state;
using std::chrono::seconds;

TEST_CASE("Schedule: a rate is 1 minute to 1 hour, in minutes or in one hour") {
  REQUIRE(ParseSchedule("rate(1 minute)")->interval == seconds{60});
  REQUIRE(ParseSchedule("rate(5 minutes)")->interval == seconds{300});
  REQUIRE(ParseSchedule("rate(60 minutes)")->interval == seconds{3600});
  REQUIRE(ParseSchedule("rate(1 hour)")->interval == seconds{3600});
  REQUIRE(ParseSchedule("rate( 2 minute )")->interval == seconds{120});
}

TEST_CASE("Schedule: 0 of any unit runs once, and comes back as rate(0 hour)") {
  const auto* const expression = GENERATE("rate(0 minute)", "rate(0 minutes)", "rate(0 hour)");
  REQUIRE(ParseSchedule(expression)->IsOnce());
  REQUIRE(CanonicalExpression(expression) == "rate(0 hour)");
}

TEST_CASE("Schedule: any other rate comes back as it was sent") {
  REQUIRE(CanonicalExpression("rate(60 minutes)") == "rate(60 minutes)");
}

TEST_CASE("Schedule: what is no rate, or too long a one, is refused with the expression") {
  const std::string expression =
      GENERATE("", "rate", "rate()", "rate(minute)", "rate(5)", "rate(5minutes)", "rate(5 hours)",
               "rate(2 hour)", "rate(61 minutes)", "rate(1 day)", "rate(-1 minute)",
               "rate(1.5 minutes)", "rate(1 minute", "rate(99999999999999999999 minutes)",
               "rate(+1 minute)", "5 minutes", "cron(0 10 * * ? *)", "rate(1 minute) ");
  const auto refused = ParseSchedule(expression);
  REQUIRE_FALSE(refused.has_value());
  REQUIRE(refused.error().message.find("'" + expression + "'") != std::string::npos);
}
