#include "state/clock.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_host.hpp"

using namespace synthetics::state;
using std::chrono::seconds;
using synthetics::tests::kNewYear;

TEST_CASE("Clock: a frozen one shows one instant, whatever the host's time") {
  const Clock clock{.mode = ClockMode::kFrozen, .speed = 60, .anchor = kNewYear, .host_anchor = {}};
  REQUIRE(clock.At(kNewYear + seconds{100}) == kNewYear);
  REQUIRE_FALSE(clock.UntilShows(kNewYear + seconds{1}, kNewYear));
}

TEST_CASE("Clock: a running one passes at its speed") {
  const Instant host = kNewYear + std::chrono::hours{5};
  const Clock clock{
      .mode = ClockMode::kRunning, .speed = 60, .anchor = kNewYear, .host_anchor = host};
  REQUIRE(clock.At(host) == kNewYear);
  REQUIRE(clock.At(host + seconds{2}) == kNewYear + seconds{120});
  REQUIRE(clock.UntilShows(kNewYear + seconds{90}, host) == Duration{1500});
}

TEST_CASE("Clock: the wait for an instant is never too short, and 0 for one that has passed") {
  const Clock clock{
      .mode = ClockMode::kRunning, .speed = 7, .anchor = kNewYear, .host_anchor = kNewYear};
  const Instant target = kNewYear + Duration{100};
  const Duration wait = clock.UntilShows(target, kNewYear).value();
  REQUIRE(clock.At(kNewYear + wait) >= target);
  REQUIRE(clock.UntilShows(kNewYear - seconds{1}, kNewYear) == Duration{0});
}

TEST_CASE("Clock: it stops at the end of time") {
  const Clock clock{.mode = ClockMode::kRunning,
                    .speed = kHighestSpeed,
                    .anchor = kEndOfTime - seconds{1},
                    .host_anchor = kNewYear};
  REQUIRE(clock.At(kNewYear + std::chrono::hours{1000}) == kEndOfTime);
}
