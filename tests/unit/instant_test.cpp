#include "state/instant.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::state;

TEST_CASE("Instant: text goes in and comes out the same") {
  const auto* const text = GENERATE("2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
                                    "2024-02-29T23:59:59.999Z", "8999-12-31T23:59:59.999Z");
  REQUIRE(ToIso(ParseIso(text).value()) == text);
}

TEST_CASE("Instant: an offset and a long fraction are understood") {
  REQUIRE(ToIso(ParseIso("2026-01-01T02:00:00+02:00").value()) == "2026-01-01T00:00:00Z");
  REQUIRE(ToIso(ParseIso("2025-12-31T19:30:00-04:30").value()) == "2026-01-01T00:00:00Z");
  REQUIRE(ToIso(ParseIso("2026-01-01T00:00:00.123999Z").value()) == "2026-01-01T00:00:00.123Z");
  REQUIRE(ToIso(ParseIso("2026-01-01T00:00:00.5Z").value()) == "2026-01-01T00:00:00.500Z");
}

TEST_CASE("Instant: what is no instant is refused") {
  const auto* const text =
      GENERATE("", "2026", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z",
               "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
               "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zjunk",
               "1969-12-31T23:59:59Z", "9000-01-01T00:00:00Z", "-026-01-01T00:00:00Z",
               "2026-01-01t00:00:00Z");
  REQUIRE_FALSE(ParseIso(text));
}
