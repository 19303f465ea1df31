#include "state/random.hpp"

#include <set>

#include "tests/support/catch.hpp"

using namespace synthetics::state;

TEST_CASE("Random: the same seed gives the same numbers, and its state goes on where it was") {
  Random first(42);
  Random second(42);
  REQUIRE(first.Uuid() == second.Uuid());
  Random resumed(first.state());
  REQUIRE(resumed.Uuid() == first.Uuid());
  REQUIRE(Random(43).Uuid() != Random(42).Uuid());
}

TEST_CASE("Random: SplitMix64's published numbers for seed 1234567") {
  Random random(1234567);
  REQUIRE(random.Next() == 6457827717110365317ULL);
  REQUIRE(random.Next() == 3203168211198807973ULL);
}

TEST_CASE("Random: a range gives each of its numbers and no other") {
  Random random(1);
  std::set<std::int64_t> drawn;
  for (int draw = 0; draw < 1000; ++draw) drawn.insert(random.Between(-2, 3));
  REQUIRE(drawn == std::set<std::int64_t>{-2, -1, 0, 1, 2, 3});
  REQUIRE(random.Between(5, 5) == 5);
}

TEST_CASE("Random: ids are version 4 UUIDs in lower case") {
  Random random(7);
  for (int draw = 0; draw < 100; ++draw) {
    const std::string id = random.Uuid();
    REQUIRE(id.size() == 36);
    REQUIRE(id.find_first_not_of("0123456789abcdef-") == std::string::npos);
    REQUIRE(id[14] == '4');
    REQUIRE(std::string("89ab").find(id[19]) != std::string::npos);
    REQUIRE((id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-'));
  }
}
