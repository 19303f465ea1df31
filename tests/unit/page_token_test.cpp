#include "api/page_token.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::api;

TEST_CASE("Page token: leads on in the listing that gave it, and in no other") {
  const std::string token = SealPageToken("DescribeCanaries", "the-key");
  REQUIRE(OpenPageToken("DescribeCanaries", token) == "the-key");
  REQUIRE_FALSE(OpenPageToken("GetCanaryRuns", token));
}

TEST_CASE("Page token: one that was changed or made up is refused") {
  const std::string token = SealPageToken("listing", "the-key");
  for (std::size_t at = 0; at < token.size(); ++at) {
    std::string changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    REQUIRE_FALSE(OpenPageToken("listing", changed));
  }
  for (const auto* const made_up : {"", "abcd", "!!!!", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAA"}) {
    REQUIRE_FALSE(OpenPageToken("listing", made_up));
  }
}

TEST_CASE("Page token: its length is within the model's 4 to 252 characters") {
  REQUIRE(SealPageToken("listing", "").size() >= 4);
  REQUIRE(SealPageToken("listing", std::string(180, 'k')).size() <= 252);
}
