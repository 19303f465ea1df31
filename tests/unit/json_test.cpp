#include "api/json.hpp"

#include "api/json_writer.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::api;

TEST_CASE("JSON: what was parsed is what is written") {
  const std::string text = GENERATE(as<std::string>{}, R"({"a":[1,-2,true,null,"\u00fc"],"b":{}})",
                                    R"("")", "0", "-9223372036854775808", R"({"a":1.5})");
  const auto parsed = ParseJson(text);
  REQUIRE(parsed.has_value());
  const std::string written = Display(*parsed);
  const auto again = ParseJson(parsed->IsString() ? "\"" + written + "\"" : written);
  REQUIRE(again.has_value());
  REQUIRE(*again == *parsed);
}

TEST_CASE("JSON: input that crashes or deceives the library is refused") {
  const std::string text = GENERATE(
      as<std::string>{}, "1.00000000001e-2147483638x", "123456789012345678901234567890e2900",
      "1e400", "\xef\xbb\xbf{}", R"({"a":1,"a":2})", R"([{"x":{"a":1,"b":2,"a":3}}])",
      R"("\uDDDD")", R"("\uD800")", "\"\xff\"", "\"\xc0\xaf\"", "[1,]", "{\"a\":}", "01", "1.",
      "NaN", "", " ", "{} {}", "/* */{}", "'a'", "\"\n\"");
  REQUIRE_FALSE(ParseJson(text).has_value());
}

TEST_CASE("JSON: a NUL does not end the input") {
  REQUIRE_FALSE(ParseJson(std::string_view("{}\0junk", 7)).has_value());
}

TEST_CASE("JSON: the numbers that crash RapidJSON are read without it") {
  REQUIRE_NOTHROW(ParseJson("1.00000000001e-2147483638"));
  REQUIRE_NOTHROW(ParseJson("128.74836467836484838364836483643636483648e-336"));
  const auto large = ParseJson("123456789012345678901234567890e290");
  REQUIRE_FALSE(large.has_value());
}

TEST_CASE("JSON: nesting has a limit that no stack feels") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  REQUIRE(ParseJson(nested(kDeepestJson)).has_value());
  REQUIRE_FALSE(ParseJson(nested(kDeepestJson + 1)).has_value());
  REQUIRE_FALSE(ParseJson(nested(1'000'000)).has_value());
  REQUIRE_FALSE(ParseJson(std::string(1'000'000, '[')).has_value());
}

TEST_CASE("JSON: integers are 64 bits wide, and beyond that numbers") {
  REQUIRE(ParseJson("9223372036854775807")->IsInt64());
  REQUIRE_FALSE(ParseJson("9223372036854775808")->IsInt64());
  REQUIRE(ParseJson("9223372036854775808")->IsDouble());
}

TEST_CASE("JSON: timestamps are seconds with three decimals") {
  JsonWriter writer;
  writer.EpochSeconds(synthetics::state::FromMilliseconds(1'759'674'771'308));
  REQUIRE(writer.Take() == "1759674771.308");
  JsonWriter whole;
  whole.EpochSeconds(synthetics::state::FromMilliseconds(1'759'674'771'000));
  REQUIRE(whole.Take() == "1759674771.000");
  JsonWriter first;
  first.EpochSeconds(synthetics::state::FromMilliseconds(7));
  REQUIRE(first.Take() == "0.007");
}

TEST_CASE("JSON: what is written can be read again") {
  std::string text = "a\"b\\c/d\b\f\n\r\t\x7f\xc3\xbc";
  for (char control = 1; control < ' '; ++control) text.push_back(control);
  JsonWriter writer;
  writer.BeginObject();
  writer.Key(text);
  writer.BeginArray();
  writer.String(text);
  writer.Integer(INT64_MIN);
  writer.Number(0.05);
  writer.Boolean(true);
  writer.Raw("{}");
  writer.BeginObject();
  writer.EndObject();
  writer.BeginArray();
  writer.EndArray();
  writer.EndArray();
  writer.Key("z");
  writer.String("");
  writer.EndObject();
  const std::string written = writer.Take();
  CAPTURE(written);
  REQUIRE(written.ends_with(R"(,-9223372036854775808,0.05,true,{},{},[]],"z":""})"));
  const auto parsed = ParseJson(written);
  REQUIRE(parsed.has_value());
  const auto& first = *parsed->MemberBegin();
  REQUIRE(Text(first.name) == text);
  REQUIRE(Text(first.value[0]) == text);
}

TEST_CASE("JSON: bytes that are not UTF-8 are written as what is") {
  JsonWriter writer;
  writer.String("a\xff\xc3(\xed\xa0\x80z\xf0\x9f");
  const std::string written = writer.Take();
  const auto parsed = ParseJson(written);
  REQUIRE(parsed.has_value());
  REQUIRE(Text(*parsed).starts_with("a\xef\xbf\xbd"));
  REQUIRE(Text(*parsed).find('z') != std::string_view::npos);
  JsonWriter good;
  good.String("\xc3\xbc\xf0\x9f\x90\xa4");
  REQUIRE(good.Take() == "\"\xc3\xbc\xf0\x9f\x90\xa4\"");
}
