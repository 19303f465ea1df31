#include "api/codec.hpp"

#include "api/operation.hpp"
#include "api/patterns.hpp"
#include "api/shapes/canary.hpp"
#include "api/shapes/tag.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::api;

namespace {

struct Inner {
  std::vector<std::string> names;
};
struct Outer {
  std::string text;
  std::optional<std::int64_t> number;
  std::optional<Inner> inner;
  std::optional<bool> flag;
  std::map<std::string, std::string> map;
};

constexpr Constraint kShort{.min = 1, .max = 3};
constexpr Constraint kTwo{.max = 2, .element = &kShort};
constexpr Constraint kSecret{.max = 3, .is_secret = true};
constexpr Constraint kSecrets{.element = &kSecret};

}  // namespace

template <>
struct synthetics::api::ShapeOf<Inner> {
  static constexpr std::array kFields{Required<&Inner::names>("Names", kTwo)};
};
template <>
struct synthetics::api::ShapeOf<Outer> {
  static constexpr std::array kFields{
      Label<&Outer::text>("text", kShort),
      Optional<&Outer::number>("NumberInMB", {.min = 3, .max = 840}),
      Optional<&Outer::inner>("Inner"),
      Query<&Outer::flag>("flag"),
      Optional<&Outer::map>("Map", kSecrets),
  };
};

namespace {

void RequireGoodPatterns(std::span<const Field> fields) {
  for (const Field& field : fields) {
    for (const Constraint* constraint :
         {&field.constraint, field.constraint.element, field.constraint.key}) {
      if (constraint == nullptr) continue;
      REQUIRE_NOTHROW(MatchesPattern("x", constraint->pattern));
      REQUIRE_NOTHROW(MatchesPattern("x", constraint->accepted));
    }
    if (field.members != nullptr) RequireGoodPatterns(field.members());
  }
}

std::string Refused(const std::string& body, const Parameters& parameters = {{{"text", "abc"}}, {}},
                    UnknownMembers unknown = UnknownMembers::kIgnored) {
  Outer outer;
  const auto refusal = DecodeRequest(FieldsOf<Outer>(), &outer, parameters, body, unknown);
  return refusal ? refusal->message : "";
}

}  // namespace

TEST_CASE("Codec: a request is read from path, query and body") {
  Outer outer;
  const Parameters parameters{{{"text", "abc"}}, {{"flag", "true"}, {"other", "x"}}};
  REQUIRE_FALSE(DecodeRequest(FieldsOf<Outer>(), &outer, parameters,
                              R"({"NumberInMB":5,"Inner":{"Names":["a"]},"Map":{"k":"v"},"New":1})",
                              UnknownMembers::kIgnored));
  REQUIRE(outer.text == "abc");
  REQUIRE(outer.number == 5);
  REQUIRE(outer.inner->names == std::vector<std::string>{"a"});
  REQUIRE(outer.flag == true);
  REQUIRE(outer.map == std::map<std::string, std::string>{{"k", "v"}});
}

TEST_CASE("Codec: an empty body is an empty object, and null is absent") {
  REQUIRE(Refused("").empty());
  REQUIRE(Refused(R"({"NumberInMB":null})").empty());
}

TEST_CASE("Codec: a value in the body does not stand in for one in the path") {
  REQUIRE(Refused(R"({"text":"abc"})", {}) ==
          "1 validation error detected: Value null at 'text' failed to satisfy constraint: Member "
          "must not be null");
}

TEST_CASE("Codec: a violation names value, place and requirement in AWS's sentence") {
  REQUIRE(Refused(R"({"NumberInMB":900})") ==
          "1 validation error detected: Value '900' at 'numberInMB' failed to satisfy constraint: "
          "Member must have value less than or equal to 840");
  REQUIRE(
      Refused(R"({"Inner":{"Names":["toolong"]}})") ==
      "1 validation error detected: Value 'toolong' at 'inner.names.1.member' failed to satisfy "
      "constraint: Member must have length less than or equal to 3");
}

TEST_CASE("Codec: all violations are counted and told") {
  const std::string message = Refused(R"({"NumberInMB":1,"Inner":{"Names":["a","b","c"]}})");
  REQUIRE(message.starts_with("2 validation errors detected: Value '1' at 'numberInMB' "));
  REQUIRE(message.find("; Value '[\"a\",\"b\",\"c\"]' at 'inner.names' ") != std::string::npos);
}

TEST_CASE("Codec: a secret is not repeated") {
  REQUIRE(
      Refused(R"({"Map":{"k":"password"}})") ==
      "1 validation error detected: Value '***' at 'map.k' failed to satisfy constraint: Member "
      "must have length less than or equal to 3");
}

TEST_CASE("Codec: a map's keys are told as they were sent") {
  REQUIRE(Refused(R"({"Map":{"Key":"password"}})").find(" at 'map.Key' ") != std::string::npos);
}

TEST_CASE("Codec: a wrong type is a violation, whatever the type") {
  for (const auto* const body :
       {R"({"NumberInMB":"5"})", R"({"NumberInMB":5.5})", R"({"NumberInMB":true})",
        R"({"Inner":[]})", R"({"Inner":"x"})", R"({"Inner":{"Names":{}}})",
        R"({"Inner":{"Names":[1]}})", R"({"Map":[]})", R"({"Map":{"k":1}})",
        R"({"NumberInMB":99999999999999999999})"}) {
    REQUIRE(Refused(body).starts_with("1 validation error detected: Value '"));
  }
  REQUIRE(Refused("", {{{"text", "abc"}}, {{"flag", "yes"}}}).find("'flag'") != std::string::npos);
}

TEST_CASE("Codec: lengths count characters, not bytes") {
  REQUIRE(Refused("", {{{"text", "\xc3\xbc\xc3\xbc\xc3\xbc"}}, {}}).empty());
  REQUIRE_FALSE(Refused("", {{{"text", "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc"}}, {}}).empty());
}

TEST_CASE("Codec: unknown members are refused only where that is asked for") {
  REQUIRE(Refused(R"({"Typo":1})").empty());
  REQUIRE(Refused(R"({"Inner":{"Names":[],"Typo":1}})", {{{"text", "abc"}}, {}},
                  UnknownMembers::kRefused)
              .find("'Inner.Typo'") != std::string::npos);
}

TEST_CASE("Codec: the answer to a large request is not larger still") {
  std::string names = "\"toolong\"";
  for (int count = 0; count < 10'000; ++count) names += ",\"toolong\"";
  const std::string list = Refused("{\"Inner\":{\"Names\":[" + names + "]}}");
  REQUIRE(list.starts_with("1 validation error detected: Value '[\"toolong\",\"toolong\""));
  REQUIRE(list.size() < 2'000);
  std::string map = "\"k\":\"password\"";
  for (int count = 0; count < 10'000; ++count) {
    map += ",\"k" + std::to_string(count) + "\":\"password\"";
  }
  const std::string values = Refused("{\"Map\":{" + map + "}}");
  REQUIRE(values.starts_with("10001 validation errors detected: "));
  REQUIRE(values.size() < 4'000);
}

TEST_CASE("Codec: what is not a JSON object is refused") {
  REQUIRE(Refused("[]") == "The body is not a JSON object.");
  REQUIRE(Refused("{").starts_with("The body is not JSON: "));
}

TEST_CASE("Codec: members without a value are left out, empty ones are not") {
  Outer outer;
  outer.text = "abc";
  REQUIRE(Encode(outer) == R"({"text":"abc","Map":{}})");
}

TEST_CASE("Patterns: every pattern of the contract is one that the engine takes") {
  for (const Operation& operation : Operations()) RequireGoodPatterns(operation.request);
}

TEST_CASE("Patterns: tag keys may not begin with aws:") {
  REQUIRE(MatchesPattern("team:owner", kTagKey.pattern));
  REQUIRE_FALSE(MatchesPattern("aws:team", kTagKey.pattern));
  REQUIRE_FALSE(MatchesPattern("", kTagKey.pattern));
}

TEST_CASE("Patterns: a long text takes no longer than its length") {
  const std::string text(200'000, 'a');
  REQUIRE_FALSE(MatchesPattern(text + "!", kHandler.pattern));
}
