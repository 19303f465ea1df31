#include "api/iam/conditions.hpp"

#include <array>
#include <set>

#include "tests/iam/policies.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"

using namespace synthetics::api::iam;
using namespace synthetics::tests;
using std::string;

namespace {

// Of each operator: a value in a policy, one of a request that matches it, and one that does not.
struct Sample {
  string name;
  string wanted;
  string match;
  string miss;
  bool is_negated = false;
};

const std::vector<Sample> kSamples{
    {"StringEquals", "a*", "a*", "ab"},
    {"StringNotEquals", "a*", "a*", "ab", true},
    {"StringEqualsIgnoreCase", "Ab", "aB", "abc"},
    {"StringNotEqualsIgnoreCase", "Ab", "aB", "abc", true},
    {"StringLike", "a*c?", "abbcd", "abbc"},
    {"StringNotLike", "a*c?", "abbcd", "abbc", true},
    {"NumericEquals", "10", "10.0", "10.5"},
    {"NumericNotEquals", "10", "10.0", "10.5", true},
    {"NumericLessThan", "10", "9", "10"},
    {"NumericLessThanEquals", "10", "10", "11"},
    {"NumericGreaterThan", "10", "10.5", "10"},
    {"NumericGreaterThanEquals", "10", "10", "9"},
    {"DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:01Z"},
    {"DateNotEquals", "2026-01-01T00:00:00Z", "1767225600", "1767225601", true},
    {"DateLessThan", "1767225600", "2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00Z"},
    {"DateLessThanEquals", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z"},
    {"DateGreaterThan", "2026-01", "2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"},
    {"DateGreaterThanEquals", "2026-01-01T00:00Z", "2026-01-01T00:00", "2025-12-31T23:59Z"},
    {"Bool", "true", "TRUE", "false"},
    {"BinaryEquals", "QmluYXJ5", "QmluYXJ5", "QmluYXJ6"},
    {"IpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0"},
    {"NotIpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0", true},
    {"ArnEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", "arn:aws:iam::1:role/a"},
    {"ArnLike", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", "arn:aws:iam::1:role/a"},
    {"ArnNotEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", "arn:aws:iam::1:role/a",
     true},
    {"ArnNotLike", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", "arn:aws:iam::1:role/a", true},
};

// Whether a condition holds: with no value, one that matches, one that does not, both.
struct Form {
  string prefix;
  string suffix;
  std::array<bool, 4> plain;
  std::array<bool, 4> negated;
};

// IAM guide: "Condition operators", "Single-valued vs. multivalued context keys". A key with
// several values and no quantifier is our choice.
const std::vector<Form> kForms{
    {"", "", {false, true, false, true}, {true, false, true, false}},
    {"", "IfExists", {true, true, false, true}, {true, false, true, false}},
    {"ForAnyValue:", "", {false, true, false, true}, {false, false, true, true}},
    {"ForAllValues:", "", {true, true, false, false}, {true, false, true, false}},
    {"ForAnyValue:", "IfExists", {true, true, false, true}, {true, false, true, true}},
    {"ForAllValues:", "IfExists", {true, true, false, false}, {true, false, true, false}},
};

string OnKey(const string& name, const string& values) {
  return If("\"" + name + R"(":{"aws:Key":)" + values + "}");
}

string Quoted(const string& text) { return "\"" + text + "\""; }

}  // namespace

TEST_CASE("Conditions: every operator, with every quantifier, IfExists, and none to two values") {
  std::int64_t count = 0;
  for (const Sample& sample : kSamples) {
    const std::array<Keys, 4> requests{
        Keys{{"aws:Other", sample.match}},
        Keys{{"aws:key", sample.match}},
        Keys{{"AWS:KEY", sample.miss}},
        Keys{{"aws:Key", sample.miss}, {"aws:kEY", sample.match}},
    };
    for (const Form& form : kForms) {
      const string name = form.prefix + sample.name + form.suffix;
      const string document = OnKey(name, Quoted(sample.wanted));
      for (std::size_t index = 0; index < requests.size(); ++index) {
        CAPTURE(name, index);
        CHECK(IsAllowed(document, requests.at(index)) ==
              (sample.is_negated ? form.negated : form.plain).at(index));
        ++count;
      }
    }
  }
  RecordFigure("condition-cases", count);
}

TEST_CASE("Conditions: the samples leave out no operator but Null") {
  std::set<std::string_view> names;
  for (const Sample& sample : kSamples) names.insert(sample.name);
  for (const Operator& rule : Operators()) {
    CAPTURE(rule.name);
    CHECK(names.contains(rule.name) == (rule.name != "Null"));
  }
  CHECK(names.size() + 1 == Operators().size());
}

TEST_CASE("Conditions: Null asks whether there is a value, and nothing else") {
  const Keys absent;
  const Keys present{{"aws:Key", ""}};
  for (const auto* const name : {"Null", "ForAnyValue:Null", "ForAllValues:Null"}) {
    CAPTURE(name);
    CHECK(IsAllowed(OnKey(name, R"("true")"), absent));
    CHECK_FALSE(IsAllowed(OnKey(name, R"("true")"), present));
    CHECK(IsAllowed(OnKey(name, "false"), present));
    CHECK_FALSE(IsAllowed(OnKey(name, R"("False")"), absent));
    CHECK(IsAllowed(OnKey(name, "[true,false]"), absent));
    CHECK(IsAllowed(OnKey(name, "[true,false]"), present));
  }
}

TEST_CASE("Conditions: of several values in a policy one is enough, and negated none may match") {
  const string two = R"(["a","b"])";
  CHECK(IsAllowed(OnKey("StringEquals", two), {{"aws:Key", "b"}}));
  CHECK_FALSE(IsAllowed(OnKey("StringEquals", two), {{"aws:Key", "c"}}));
  CHECK_FALSE(IsAllowed(OnKey("StringNotEquals", two), {{"aws:Key", "b"}}));
  CHECK(IsAllowed(OnKey("StringNotEquals", two), {{"aws:Key", "c"}}));
  CHECK(IsAllowed(OnKey("ForAllValues:StringEquals", two), {{"aws:Key", "b"}, {"aws:Key", "a"}}));
  CHECK(IsAllowed(OnKey("ForAnyValue:StringNotEquals", two), {{"aws:Key", "b"}, {"aws:Key", "c"}}));
  CHECK_FALSE(
      IsAllowed(OnKey("ForAnyValue:StringNotEquals", two), {{"aws:Key", "b"}, {"aws:Key", "a"}}));
}

TEST_CASE("Conditions: to a list without values nothing is equal") {
  CHECK_FALSE(IsAllowed(OnKey("StringEquals", "[]"), {{"aws:Key", "a"}}));
  CHECK(IsAllowed(OnKey("StringNotEquals", "[]"), {{"aws:Key", "a"}}));
  CHECK(IsAllowed(OnKey("ForAllValues:StringEquals", "[]"), {}));
  CHECK_FALSE(IsAllowed(OnKey("ForAllValues:StringEquals", "[]"), {{"aws:Key", "a"}}));
}

TEST_CASE("Conditions: to a quantifier an empty text is no value") {
  const Keys empty{{"aws:Key", ""}};
  CHECK(IsAllowed(OnKey("StringEquals", R"("")"), empty));
  CHECK(IsAllowed(OnKey("ForAllValues:StringEquals", R"("a")"), empty));
  CHECK_FALSE(IsAllowed(OnKey("ForAnyValue:StringEquals", R"("")"), empty));
  CHECK_FALSE(IsAllowed(OnKey("ForAnyValue:StringEqualsIfExists", R"("")"), empty));
}

TEST_CASE("Conditions: operators and keys all have to hold") {
  const string document = If(R"("StringEquals":{"aws:A":"1","aws:B":"2"},"Bool":{"aws:C":true})");
  CHECK(IsAllowed(document, {{"aws:A", "1"}, {"aws:B", "2"}, {"aws:C", "true"}}));
  CHECK_FALSE(IsAllowed(document, {{"aws:A", "0"}, {"aws:B", "2"}, {"aws:C", "true"}}));
  CHECK_FALSE(IsAllowed(document, {{"aws:A", "1"}, {"aws:B", "0"}, {"aws:C", "true"}}));
  CHECK_FALSE(IsAllowed(document, {{"aws:A", "1"}, {"aws:B", "2"}, {"aws:C", "false"}}));
  CHECK_FALSE(IsAllowed(document, {}));
}

TEST_CASE("Conditions: the IAM guide's table of evaluation") {
  const string document =
      If(R"("StringEquals":{"aws:PrincipalTag/department":["finance","hr","legal"],)"
         R"("aws:PrincipalTag/role":["audit","security"]},)"
         R"("ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::222222222222:user/Ana",)"
         R"("arn:aws:iam::222222222222:user/Mary"]})");
  const auto with = [&](const Keys& tags, const string& user) {
    Keys keys = tags;
    keys.emplace_back("aws:PrincipalArn", "arn:aws:iam::222222222222:user/" + user);
    return IsAllowed(document, keys);
  };
  const string department = "aws:PrincipalTag/department";
  const string role = "aws:PrincipalTag/role";
  CHECK(with({{department, "legal"}, {role, "audit"}}, "Nikki"));
  CHECK_FALSE(with({{department, "hr"}, {role, "audit"}}, "Mary"));
  CHECK_FALSE(with({{department, "hr"}, {role, "payroll"}}, "Nikki"));
  CHECK_FALSE(with({{department, "hr"}}, "Nikki"));
  CHECK_FALSE(with({}, "Nikki"));
}

TEST_CASE("Conditions: what cannot be read as the operator's kind does not match") {
  CHECK_FALSE(IsAllowed(OnKey("NumericEquals", "1"), {{"aws:Key", "one"}}));
  CHECK_FALSE(IsAllowed(OnKey("NumericLessThan", "1"), {{"aws:Key", ""}}));
  CHECK(IsAllowed(OnKey("NumericNotEquals", "1"), {{"aws:Key", "one"}}));
  CHECK_FALSE(IsAllowed(OnKey("DateGreaterThan", "0"), {{"aws:Key", "2026-13-01"}}));
  CHECK_FALSE(IsAllowed(OnKey("IpAddress", R"("0.0.0.0/0")"), {{"aws:Key", "localhost"}}));
  CHECK(IsAllowed(OnKey("NotIpAddress", R"("0.0.0.0/0")"), {{"aws:Key", "localhost"}}));
}

TEST_CASE("Conditions: numbers and Booleans may stand without quotes") {
  CHECK(IsAllowed(OnKey("NumericLessThanEquals", "[-5.5]"), {{"aws:Key", "-6"}}));
  CHECK(IsAllowed(OnKey("StringEquals", "12"), {{"aws:Key", "12"}}));
  CHECK(IsAllowed(OnKey("Bool", "false"), {{"aws:Key", "false"}}));
}

TEST_CASE("Conditions: dates may lack what ISO 8601 lets one leave out") {
  const auto [wanted, same] = GENERATE(table<string, string>({
      {"2026-02", "1769904000"},
      {"2026-02-03", "2026-02-03T00:00:00Z"},
      {"2026-02-03T04:05", "2026-02-03T04:05:00Z"},
      {"2026-02-03T04:05Z", "2026-02-03T04:05:00Z"},
      {"2026-02-03T04:05-01:00", "2026-02-03T05:05:00Z"},
      {"2026-02-03T04:05:06", "2026-02-03T04:05:06Z"},
      {"2026-02-03T04:05:06.5", "2026-02-03T04:05:06.500Z"},
      {"2026", "1970-01-01T00:33:46Z"},
      {"1767225600.25", "2026-01-01T00:00:00.250Z"},
  }));
  CAPTURE(wanted);
  CHECK(IsAllowed(OnKey("DateEquals", Quoted(wanted)), {{"aws:Key", same}}));
}

TEST_CASE("Conditions: the far end of the calendar is later than all else") {
  CHECK(IsAllowed(OnKey("DateLessThan", R"("9999-12-31T23:59:59Z")"),
                  {{"aws:Key", "8999-12-31T23:59:59Z"}}));
}

TEST_CASE("Conditions: addresses of both versions, and of one written as the other") {
  const auto [network, inside, outside] = GENERATE(table<string, string, string>({
      {"192.0.2.1", "192.0.2.1", "192.0.2.2"},
      {"192.0.2.128/25", "192.0.2.128", "192.0.2.127"},
      {"192.0.2.0/23", "192.0.3.255", "192.0.4.0"},
      {"0.0.0.0/0", "255.255.255.255", "::1"},
      {"10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:11.0.0.1"},
      {"2001:DB8:1234:5678::/64", "2001:db8:1234:5678:ffff::1", "2001:db8:1234:5679::"},
      {"2001:db8::1", "2001:0db8:0:0::1", "2001:db8::2"},
      {"::/0", "fe80::1", "10.0.0.1"},
      {"::8000/113", "::ffff", "::7fff"},
  }));
  CAPTURE(network);
  CHECK(IsAllowed(OnKey("IpAddress", Quoted(network)), {{"aws:Key", inside}}));
  CHECK_FALSE(IsAllowed(OnKey("IpAddress", Quoted(network)), {{"aws:Key", outside}}));
}

TEST_CASE("Conditions: an ARN's parts are matched one by one") {
  const string finance = "arn:aws:someservice:*:111122223333:finance/*";
  const string other =
      "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
  CHECK(IsAllowed(OnKey("StringLike", Quoted(finance)), {{"aws:Key", other}}));
  CHECK_FALSE(IsAllowed(OnKey("ArnLike", Quoted(finance)), {{"aws:Key", other}}));
  CHECK(
      IsAllowed(OnKey("ArnLike", R"("arn:aws:sns:*:*:a*")"), {{"aws:Key", "arn:aws:sns::1:a:b"}}));
  CHECK_FALSE(IsAllowed(OnKey("ArnLike", R"("arn:aws:sns:*")"), {{"aws:Key", "arn:aws:sns:::b"}}));
  CHECK_FALSE(IsAllowed(OnKey("ArnLike", R"("arn:*:*:*:*:*")"), {{"aws:Key", "arn:aws:sns"}}));
  CHECK(IsAllowed(OnKey("ArnLike", R"("*")"), {{"aws:Key", "arn:aws:sns:::b"}}));
}

TEST_CASE("Conditions: wildcards") {
  const auto [pattern, match, miss] = GENERATE(table<string, string, string>({
      {"*", "", ""},
      {"?", "a", "ab"},
      {"?*", "a", ""},
      {"a*b*c", "a-b-b-c", "a-c-b"},
      {"*ab", "aab", "aba"},
      {"a**b", "ab", "a"},
      {"*a?c*", "xxabcaxcx", "xabx"},
      {"?", "\xc3\xbc", "\xc3\xbc\xc3\xbc"},
      {"*?\xc3\xbc", "\xe2\x82\xac\xc3\xbc", "\xc3\xbc"},
      {"[a-z]+", "[a-z]+", "abc"},
      {"", "", "a"},
  }));
  CAPTURE(pattern);
  CHECK(IsAllowed(OnKey("StringLike", Quoted(pattern)), {{"aws:Key", match}}));
  if (miss != match) {
    CHECK_FALSE(IsAllowed(OnKey("StringLike", Quoted(pattern)), {{"aws:Key", miss}}));
  }
}

TEST_CASE("Conditions: many wildcards on a long text do not take for ever") {
  string pattern;
  for (int count = 0; count < 1000; ++count) pattern += "*a";
  CHECK_FALSE(
      IsAllowed(OnKey("StringLike", Quoted(pattern + "b")), {{"aws:Key", string(2000, 'a')}}));
}
