#include "tests/iam/policies.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"

using namespace synthetics::api::iam;
using namespace synthetics::tests;
using std::string;

namespace {

// What some policies say to a request.
struct Trial {
  std::vector<string> documents;
  string action;
  string resource;
  Keys keys;
  Outcome outcome;
};

const auto kAllowed = Outcome::kAllowed;
const auto kDenied = Outcome::kExplicitlyDenied;
const auto kNotAllowed = Outcome::kImplicitlyDenied;

const string kShop = kCanaries + "shop";
const string kGroup = "arn:aws:synthetics:eu-west-1:123456789012:group:abc123";

string Allow(const string& action, const string& resource, const string& more = "") {
  return Document(R"({"Effect":"Allow","Action":)" + action + R"(,"Resource":)" + resource + more +
                  "}");
}

string Deny(const string& action, const string& resource, const string& more = "") {
  return Document(R"({"Effect":"Deny","Action":)" + action + R"(,"Resource":)" + resource + more +
                  "}");
}

const string kAll = R"("*")";
const string kAllowAll = Allow(kAll, kAll);
const string kReadOnly =
    Allow(R"(["synthetics:Describe*","synthetics:Get*","synthetics:List*"])", kAll);

const std::vector<Trial> kActionCases{
    {{}, "synthetics:GetCanary", kShop, {}, kNotAllowed},
    {{kAllowAll}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{kAllowAll}, "synthetics:CreateCanary", "*", {}, kAllowed},
    {{Allow(R"("synthetics:GetCanary")", kAll)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{Allow(R"("SYNTHETICS:getcanary")", kAll)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{Allow(R"("synthetics:GetCanary")", kAll)},
     "synthetics:GetCanaryRuns",
     kShop,
     {},
     kNotAllowed},
    {{Allow(R"("synthetics:GetCanary*")", kAll)}, "synthetics:GetCanaryRuns", kShop, {}, kAllowed},
    {{Allow(R"("synthetics:*")", kAll)}, "synthetics:DeleteGroup", kGroup, {}, kAllowed},
    {{Allow(R"("synthetics:?etCanary")", kAll)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{Allow(R"("synthetics:?GetCanary")", kAll)}, "synthetics:GetCanary", kShop, {}, kNotAllowed},
    {{Allow(R"("s3:*")", kAll)}, "synthetics:GetCanary", kShop, {}, kNotAllowed},
    {{Allow(R"("*:GetCanary")", kAll)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{Allow(R"(["s3:*","synthetics:Get*"])", kAll)}, "synthetics:GetGroup", kGroup, {}, kAllowed},
    {{kReadOnly}, "synthetics:DescribeRuntimeVersions", "*", {}, kAllowed},
    {{kReadOnly}, "synthetics:ListAssociatedGroups", kShop, {}, kAllowed},
    {{kReadOnly}, "synthetics:StartCanary", kShop, {}, kNotAllowed},
};

const std::vector<Trial> kDenialCases{
    {{Deny(kAll, kAll), kAllowAll}, "synthetics:GetCanary", kShop, {}, kDenied},
    {{kAllowAll, Deny(kAll, kAll)}, "synthetics:GetCanary", kShop, {}, kDenied},
    {{kAllowAll, Deny(R"("synthetics:Stop*")", kAll)}, "synthetics:StopCanary", kShop, {}, kDenied},
    {{kAllowAll, Deny(R"("synthetics:Stop*")", kAll)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{kAllowAll, Deny(kAll, R"("arn:aws:synthetics:*:*:canary:prod-*")")},
     "synthetics:GetCanary",
     kCanaries + "prod-1",
     {},
     kDenied},
    {{kAllowAll, Deny(kAll, R"("arn:aws:synthetics:*:*:canary:prod-*")")},
     "synthetics:GetCanary",
     kCanaries + "dev-1",
     {},
     kAllowed},
    {{Deny(R"("synthetics:Stop*")", kAll)}, "synthetics:GetCanary", kShop, {}, kNotAllowed},
    {{Document(R"([{"Effect":"Allow","Action":"*","Resource":"*"},)"
               R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":)"
               R"({"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}])")},
     "synthetics:GetCanary",
     kShop,
     {{"aws:RequestedRegion", "us-east-1"}},
     kDenied},
    {{Document(R"([{"Effect":"Allow","Action":"*","Resource":"*"},)"
               R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":)"
               R"({"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}])")},
     "synthetics:GetCanary",
     kShop,
     {{"aws:RequestedRegion", "eu-west-1"}},
     kAllowed},
};

const string kGetShop = R"("synthetics:GetCanary")";

const std::vector<Trial> kResourceCases{
    {{Allow(kGetShop, R"("arn:aws:synthetics:eu-west-1:123456789012:canary:shop")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kAllowed},
    {{Allow(kGetShop, R"("arn:aws:synthetics:eu-west-1:123456789012:canary:shop")")},
     "synthetics:GetCanary",
     kShop + "2",
     {},
     kNotAllowed},
    {{Allow(kGetShop, R"("arn:aws:synthetics:eu-west-1:123456789012:canary:SHOP")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kNotAllowed},
    {{Allow(kGetShop, R"(["arn:aws:s3:::x","arn:aws:synthetics:*:*:canary:sh?p"])")},
     "synthetics:GetCanary",
     kShop,
     {},
     kAllowed},
    {{Allow(kGetShop, R"("arn:aws:synthetics:*:*:canary:*")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:*:*:canary:*")")},
     "synthetics:GetGroup",
     kGroup,
     {},
     kNotAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:*:*:*")")}, "synthetics:GetGroup", kGroup, {}, kAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics")")}, "synthetics:GetGroup", kGroup, {}, kAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:us-*")")}, "synthetics:GetGroup", kGroup, {}, kNotAllowed},
    {{Allow(kAll, R"("arn:*:synthetics:*:123456789012:group:*")")},
     "synthetics:GetGroup",
     kGroup,
     {},
     kAllowed},
    // No wildcard reaches over a colon, until the sixth part.
    {{Allow(kAll, R"("arn:aws:synthetics:eu-west-1:*:shop")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kNotAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:*:canary:shop")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kNotAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:eu-west-1:123456789012:*shop")")},
     "synthetics:GetCanary",
     kShop,
     {},
     kAllowed},
    // An action without a resource needs `*`.
    {{Allow(kAll, R"("arn:aws:synthetics:*:*:*")")},
     "synthetics:CreateCanary",
     "*",
     {},
     kNotAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:*:*:canary:*")")},
     "synthetics:DescribeCanaries",
     "*",
     {},
     kNotAllowed},
};

string NotAction(const string& effect, const string& actions) {
  return Document(R"({"Effect":")" + effect + R"(","NotAction":)" + actions +
                  R"(,"Resource":"*"})");
}

string NotResource(const string& effect, const string& resources) {
  return Document(R"({"Effect":")" + effect + R"(","Action":"*","NotResource":)" + resources + "}");
}

const string kProduction = R"(["arn:aws:synthetics:*:*:canary:prod-*"])";

const std::vector<Trial> kInvertedCases{
    {{NotAction("Allow", R"("synthetics:Delete*")")}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{NotAction("Allow", R"("synthetics:Delete*")")},
     "synthetics:DeleteCanary",
     kShop,
     {},
     kNotAllowed},
    {{kAllowAll, NotAction("Deny", R"(["synthetics:Get*","synthetics:List*"])")},
     "synthetics:StartCanary",
     kShop,
     {},
     kDenied},
    {{kAllowAll, NotAction("Deny", R"(["synthetics:Get*","synthetics:List*"])")},
     "synthetics:ListGroups",
     "*",
     {},
     kAllowed},
    {{NotResource("Allow", kProduction)}, "synthetics:GetCanary", kShop, {}, kAllowed},
    {{NotResource("Allow", kProduction)},
     "synthetics:GetCanary",
     kCanaries + "prod-1",
     {},
     kNotAllowed},
    {{NotResource("Allow", kProduction)}, "synthetics:ListGroups", "*", {}, kAllowed},
    {{kAllowAll, NotResource("Deny", kProduction)}, "synthetics:GetCanary", kShop, {}, kDenied},
    {{kAllowAll, NotResource("Deny", kProduction)},
     "synthetics:GetCanary",
     kCanaries + "prod-1",
     {},
     kAllowed},
};

const string kOwn = R"("arn:aws:synthetics:*:*:canary:${aws:username}-*")";
const string kOfTeam =
    R"("arn:aws:synthetics:*:*:canary:${aws:PrincipalTag/team, 'company-wide'}-*")";
const string kSameTeam =
    R"(,"Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}})";
const string kOtherTeam =
    R"(,"Condition":{"StringNotEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}})";
const string kOldVersion = R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*",)";

const std::vector<Trial> kVariableCases{
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "ann-1", {{"aws:username", "ann"}}, kAllowed},
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "ann-1", {{"AWS:UserName", "ann"}}, kAllowed},
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "bob-1", {{"aws:username", "ann"}}, kNotAllowed},
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "-1", {}, kNotAllowed},
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "${aws:username}-1", {}, kNotAllowed},
    // What comes from the request is no pattern, and several values are none.
    {{Allow(kAll, kOwn)}, "x:Y", kCanaries + "bob-1", {{"aws:username", "*"}}, kNotAllowed},
    {{Allow(kAll, kOwn)},
     "x:Y",
     kCanaries + "ann-1",
     {{"aws:username", "ann"}, {"aws:username", "bob"}},
     kNotAllowed},
    {{Allow(kAll, kOfTeam)},
     "x:Y",
     kCanaries + "red-1",
     {{"aws:PrincipalTag/team", "red"}},
     kAllowed},
    {{Allow(kAll, kOfTeam)}, "x:Y", kCanaries + "company-wide-1", {}, kAllowed},
    {{Allow(kAll, kOfTeam)},
     "x:Y",
     kCanaries + "company-wide-1",
     {{"aws:PrincipalTag/team", "red"}},
     kNotAllowed},
    {{Allow(kAll, R"("arn:aws:synthetics:*:*:canary:${aws:username, ''}x")")},
     "x:Y",
     kCanaries + "x",
     {},
     kAllowed},
    // A variable without a value matches no resource, so that all are others.
    {{NotResource("Deny", "[" + kOwn + "]")}, "x:Y", kShop, {}, kDenied},
    {{NotResource("Deny", "[" + kOwn + "]")},
     "x:Y",
     kCanaries + "ann-1",
     {{"aws:username", "ann"}},
     kNotAllowed},
    {{Allow(kAll, kAll, kSameTeam)},
     "x:Y",
     kShop,
     {{"aws:ResourceTag/team", "red"}, {"aws:PrincipalTag/team", "red"}},
     kAllowed},
    {{Allow(kAll, kAll, kSameTeam)},
     "x:Y",
     kShop,
     {{"aws:ResourceTag/team", "red"}, {"aws:PrincipalTag/team", "blue"}},
     kNotAllowed},
    {{Allow(kAll, kAll, kSameTeam)}, "x:Y", kShop, {{"aws:ResourceTag/team", "red"}}, kNotAllowed},
    {{Allow(kAll, kAll, kSameTeam)}, "x:Y", kShop, {}, kNotAllowed},
    // Nothing is equal to a variable without a value (IAM guide).
    {{Deny(kAll, kAll, kOtherTeam)}, "x:Y", kShop, {{"aws:ResourceTag/team", "red"}}, kDenied},
    {{Deny(kAll, kAll, kOtherTeam)},
     "x:Y",
     kShop,
     {{"aws:ResourceTag/team", "red"}, {"aws:PrincipalTag/team", "red"}},
     kNotAllowed},
    {{If(R"("StringLike":{"aws:K":"a${*}${?}${$}*"})")},
     "x:Y",
     kShop,
     {{"aws:K", "a*?$b"}},
     kAllowed},
    {{If(R"("StringLike":{"aws:K":"a${*}"})")}, "x:Y", kShop, {{"aws:K", "ab"}}, kNotAllowed},
    {{If(R"("StringEquals":{"aws:K":"${$}{aws:username}"})")},
     "x:Y",
     kShop,
     {{"aws:K", "${aws:username}"}, {"aws:username", "ann"}},
     kAllowed},
    {{If(R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/${aws:username}"})")},
     "x:Y",
     kShop,
     {{"aws:PrincipalArn", "arn:aws:iam::1:user/ann"}, {"aws:username", "ann"}},
     kAllowed},
    {{If(R"("Bool":{"aws:SecureTransport":"${aws:PrincipalTag/tls}"})")},
     "x:Y",
     kShop,
     {{"aws:SecureTransport", "true"}, {"aws:PrincipalTag/tls", "true"}},
     kAllowed},
    // The version before has no variables.
    {{kOldVersion + R"("Resource":)" + kOwn + "}}"},
     "x:Y",
     kCanaries + "ann-1",
     {{"aws:username", "ann"}},
     kNotAllowed},
    {{kOldVersion + R"("Resource":)" + kOwn + "}}"},
     "x:Y",
     kCanaries + "${aws:username}-1",
     {{"aws:username", "ann"}},
     kAllowed},
    {{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":)" + kOwn + "}}"},
     "x:Y",
     kCanaries + "ann-1",
     {{"aws:username", "ann"}},
     kNotAllowed},
};

const string kTagKeys =
    R"(,"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]},)"
    R"("Null":{"aws:TagKeys":"false"}})";

const std::vector<Trial> kTagCases{
    {{Allow(kAll, kAll, kTagKeys)},
     "synthetics:TagResource",
     kShop,
     {{"aws:TagKeys", "team"}, {"aws:TagKeys", "cost"}},
     kAllowed},
    {{Allow(kAll, kAll, kTagKeys)},
     "synthetics:TagResource",
     kShop,
     {{"aws:TagKeys", "team"}, {"aws:TagKeys", "other"}},
     kNotAllowed},
    {{Allow(kAll, kAll, kTagKeys)}, "synthetics:TagResource", kShop, {}, kNotAllowed},
    {{If(R"("StringEquals":{"aws:RequestTag/Team":"red"})")},
     "synthetics:CreateCanary",
     "*",
     {{"aws:RequestTag/team", "red"}},
     kAllowed},
    {{If(R"("StringEqualsIfExists":{"aws:RequestTag/team":"red"})")},
     "synthetics:CreateCanary",
     "*",
     {},
     kAllowed},
};

Decision Decide(const Trial& each) {
  return Evaluate(
      Parse(each.documents),
      {.action = each.action, .resource = each.resource, .keys = ToConditionKeys(each.keys)});
}

}  // namespace

TEST_CASE("Policies: each decides as IAM's guide says") {
  std::int64_t count = 0;
  for (const auto* const cases : {&kActionCases, &kDenialCases, &kResourceCases, &kInvertedCases,
                                  &kVariableCases, &kTagCases}) {
    for (const Trial& each : *cases) {
      CAPTURE(each.documents, each.action, each.resource, each.keys);
      CHECK(Decide(each).outcome == each.outcome);
      ++count;
    }
  }
  RecordFigure("policy-cases", count);
}

TEST_CASE("Policies: what decided is told by policy and statement") {
  const string first =
      Document(R"([{"Effect":"Allow","Action":"x:A","Resource":"*"},)"
               R"({"Sid":"Second","Effect":"Allow","Action":"x:*","Resource":"*"}])");
  const string second = Document(R"([{"Sid":"","Effect":"Deny","Action":"x:D","Resource":"*"},)"
                                 R"({"Effect":"Deny","Action":"x:E","Resource":"*"}])");
  const auto decide = [&](const string& action) {
    return Evaluate(Parse({first, second}), {.action = action, .resource = "*", .keys = {}});
  };
  const auto is = [](const Decision& decision, std::size_t policy, const string& statement) {
    return decision.policy == policy && decision.statement == statement;
  };
  CHECK(is(decide("x:A"), 0, "Statement[0]"));
  CHECK(is(decide("x:B"), 0, "Second"));
  CHECK(is(decide("x:D"), 1, "Statement[0]"));
  CHECK(is(decide("x:E"), 1, "Statement[1]"));
  CHECK(is(decide("y:A"), 0, ""));
}

namespace {

// The policies of "Limiting a user to viewing specific canaries" (CloudWatch user guide).
string Viewer(const string& condition, const string& names) {
  return Allow(R"(["synthetics:DescribeCanaries","synthetics:DescribeCanariesLastRun"])", kAll,
               R"(,"Condition":{")" + condition + R"(":{"synthetics:Names":)" + names + "}}");
}

Outcome View(const std::vector<string>& documents, const std::vector<string>& names,
             const string& action = "synthetics:DescribeCanaries") {
  return EvaluateNames(Parse(documents), {.action = action, .resource = "*", .keys = {}}, names)
      .outcome;
}

}  // namespace

TEST_CASE("Names: with exact names a caller sees those, and has to name them") {
  const string policy = Viewer("ForAnyValue:StringEquals", R"(["shop","login"])");
  for (const auto* const action :
       {"synthetics:DescribeCanaries", "synthetics:DescribeCanariesLastRun"}) {
    CHECK(View({policy}, {"shop"}, action) == kAllowed);
    CHECK(View({policy}, {"login", "shop"}, action) == kAllowed);
    CHECK(View({policy}, {"shop", "search"}, action) == kNotAllowed);
    CHECK(View({policy}, {"search", "shop"}, action) == kNotAllowed);
    CHECK(View({policy}, {"sho*"}, action) == kNotAllowed);
    CHECK(View({policy}, {}, action) == kNotAllowed);
  }
  CHECK(View({policy}, {"shop"}, "synthetics:GetCanary") == kNotAllowed);
}

TEST_CASE("Names: with a wildcard a caller sees the team's") {
  const string policy = Viewer("ForAnyValue:StringLike", R"(["my-team-canary-*"])");
  CHECK(View({policy}, {"my-team-canary-1", "my-team-canary-2"}) == kAllowed);
  CHECK(View({policy}, {"my-team-canary-1", "other"}) == kNotAllowed);
  CHECK(View({policy}, {}) == kNotAllowed);
}

TEST_CASE("Names: several policies may allow a name each") {
  const string one = Viewer("ForAnyValue:StringEquals", R"("shop")");
  const string two = Viewer("ForAnyValue:StringEquals", R"("login")");
  CHECK(View({one, two}, {"shop", "login"}) == kAllowed);
  CHECK(View({one, two}, {"shop", "login", "search"}) == kNotAllowed);
}

TEST_CASE("Names: one that is denied denies all") {
  const string denial = Deny(kAll, kAll,
                             R"(,"Condition":{"ForAnyValue:StringLike":)"
                             R"({"synthetics:Names":"secret-*"}})");
  CHECK(View({kAllowAll, denial}, {"shop", "secret-1"}) == kDenied);
  CHECK(View({kAllowAll, denial}, {"shop"}) == kAllowed);
  CHECK(View({kAllowAll, denial}, {}) == kAllowed);
}

TEST_CASE("Names: ForAllValues holds without names") {
  const string policy = Viewer("ForAllValues:StringEquals", R"("shop")");
  CHECK(View({policy}, {}) == kAllowed);
  CHECK(View({policy}, {"shop"}) == kAllowed);
  CHECK(View({policy}, {"shop", "login"}) == kNotAllowed);
}

TEST_CASE("Names: what the request said of them before does not count") {
  const auto policies = Parse({Viewer("ForAnyValue:StringEquals", R"("shop")")});
  const RequestContext request{.action = "synthetics:DescribeCanaries",
                               .resource = "*",
                               .keys = ToConditionKeys({{"Synthetics:names", "shop"}})};
  CHECK(EvaluateNames(policies, request, {}).outcome == kNotAllowed);
  CHECK(EvaluateNames(policies, request, {"login"}).outcome == kNotAllowed);
}
