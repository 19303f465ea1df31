#include "state/store/tags.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::state;
using namespace std::string_literals;

TEST_CASE("Tags: as one text they are what they were, whatever is in them") {
  REQUIRE(FormatTags({}).empty());
  REQUIRE(FormatTags({{"team", "web"}}) == "4:team3:web");
  const TagMap tags{{"1:a", "2:b3:c"}, {"a b", ""}, {"nul", "\0x"s}, {"line", "\n\xc3\xa4"}};
  REQUIRE(ParseTags(FormatTags(tags)) == tags);
  REQUIRE(ParseTags("") == TagMap{});
}

TEST_CASE("Tags: a text that is none of tags is known for that") {
  for (const auto* const text : {"x", "4", "4:", "4:team", "4:team3", "4:team3:we", "4:team9:web",
                                 "4:team-3:web", "4:team3:web1", ":team:web", "4team3web",
                                 "18446744073709551615:a1:b", "18446744073709551616:a1:b"}) {
    CAPTURE(text);
    REQUIRE_FALSE(ParseTags(text));
  }
}
