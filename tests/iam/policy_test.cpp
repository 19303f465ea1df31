#include "api/iam/policy.hpp"

#include "tests/iam/policies.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"

using namespace synthetics::api::iam;
using namespace synthetics::tests;
using std::string;

namespace {

// A document of one statement with these members beside an effect.
string With(const string& members) { return Document(R"([{"Effect":"Allow",)" + members + "}]"); }

// The same with an action, a resource, and a condition.
string On(const string& condition) {
  return With(R"("Action":"*","Resource":"*","Condition":)" + condition);
}

struct Bad {
  string document;
  string message;
};

const std::vector<Bad> kBad{
    {"", "The document is empty. (at byte 0)"},
    {"[]", "it is not an object"},
    {"{}", "there is no Statement"},
    {R"({"Statement":[]})", "Statement: the list is empty"},
    {R"({"Statement":"x"})", "Statement: it is not an object"},
    {R"({"Statement":[{"Effect":"Allow"},7]})", "Statement[0]: it has either Action or NotAction"},
    {R"({"Version":"2012-10-18","Statement":[]})", "Version: it is 2012-10-17 or 2008-10-17"},
    {R"({"Version":20121017,"Statement":[]})", "Version: it is not a string"},
    {R"({"Id":1,"Statement":[]})", "Id: it is not a string"},
    {R"({"statement":[]})", "'statement' is no member of it"},
    {Document("[[]]"), "Statement[0]: it is not an object"},
    {Document(R"({"Action":"*","Resource":"*"})"), "Statement: there is no Effect"},
    {Document(R"([{"Effect":"allow","Action":"*","Resource":"*"}])"),
     "Statement[0].Effect: it is Allow or Deny"},
    {Document(R"([{"Effect":["Allow"],"Action":"*","Resource":"*"}])"),
     "Statement[0].Effect: it is not a string"},
    {With(R"("Resource":"*")"), "Statement[0]: it has either Action or NotAction"},
    {With(R"("Action":"*","NotAction":"s3:*","Resource":"*")"),
     "Statement[0]: it has either Action or NotAction"},
    {With(R"("Action":"*")"), "Statement[0]: it has either Resource or NotResource"},
    {With(R"("Action":"*","Resource":"*","NotResource":"*")"),
     "Statement[0]: it has either Resource or NotResource"},
    {With(R"("Action":"*","Resource":"*","Principal":"*")"),
     "Statement[0]: an identity policy has no Principal"},
    {With(R"("Action":"*","Resource":"*","NotPrincipal":{"AWS":"1"})"),
     "Statement[0]: an identity policy has no NotPrincipal"},
    {With(R"("Action":"*","Resource":"*","Conditions":{})"),
     "Statement[0]: 'Conditions' is no member of it"},
    {With(R"("Action":[],"Resource":"*")"), "Statement[0].Action: the list is empty"},
    {With(R"("Action":["*",1],"Resource":"*")"), "Statement[0].Action[1]: it is not a string"},
    {With(R"("Action":{},"Resource":"*")"), "Statement[0].Action: it is not a string"},
    {With(R"("NotAction":"GetCanary","Resource":"*")"),
     "Statement[0].NotAction: 'GetCanary' is neither * nor a service, a colon, an action"},
    {With(R"("Action":"synthetics:","Resource":"*")"),
     "Statement[0].Action: 'synthetics:' is neither * nor a service, a colon, an action"},
    {With(R"("Action":":GetCanary","Resource":"*")"),
     "Statement[0].Action: ':GetCanary' is neither * nor a service, a colon, an action"},
    {With(R"("Action":"a:b:c","Resource":"*")"),
     "Statement[0].Action: 'a:b:c' is neither * nor a service, a colon, an action"},
    {With(R"("Action":"s*:Get","Resource":"*")"),
     "Statement[0].Action: 's*:Get' is neither * nor a service, a colon, an action"},
    {With(R"("Action":"","Resource":"*")"),
     "Statement[0].Action: '' is neither * nor a service, a colon, an action"},
    {With(R"("Action":"*","Resource":[])"), "Statement[0].Resource: the list is empty"},
    {With(R"("Action":"*","Resource":null)"), "Statement[0].Resource: it is not a string"},
    {With(R"("Action":"*","Resource":"shop")"),
     "Statement[0].Resource: 'shop' is neither * nor an ARN"},
    {With(R"("Action":"*","NotResource":["*","canary:*"])"),
     "Statement[0].NotResource[1]: 'canary:*' is neither * nor an ARN"},
    {With(R"("Action":"*","Resource":"arn:aws:s*")"),
     "Statement[0].Resource: the service of 'arn:aws:s*' has a wildcard in it"},
    {With(R"("Action":"*","Resource":"arn:aws")"),
     "Statement[0].Resource: the service of 'arn:aws' has a wildcard in it"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${aws:username")"),
     "Statement[0].Resource: a variable has no closing brace"},
    {With(R"("Action":"*","Resource":"arn:aws:s3::${aws:username}:x")"),
     "Statement[0].Resource: a variable may only stand behind the fifth colon of "
     "'arn:aws:s3::${aws:username}:x'"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${}")"),
     "Statement[0].Resource: '${}' is no variable"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${username}")"),
     "Statement[0].Resource: '${username}' is no variable"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${ aws:username}")"),
     "Statement[0].Resource: '${ aws:username}' is no variable"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${aws:username, x}")"),
     "Statement[0].Resource: '${aws:username, x}' is no variable"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${aws:username, '}")"),
     "Statement[0].Resource: '${aws:username, '}' is no variable"},
    {With(R"("Action":"*","Resource":"arn:aws:s3:::${aws:username,'x'}")"),
     "Statement[0].Resource: '${aws:username,'x'}' is no variable"},
    {With(R"("Sid":"a-b","Action":"*","Resource":"*")"),
     "Statement[0].Sid: it has letters and digits only"},
    {With(R"("Sid":1,"Action":"*","Resource":"*")"), "Statement[0].Sid: it is not a string"},
    {Document(R"([{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"},)"
              R"({"Sid":"A","Effect":"Deny","Action":"*","Resource":"*"}])"),
     "Statement: two have the Sid 'A'"},
    {On("[]"), "Statement[0].Condition: it is not an object"},
    {On(R"({"StringEqual":{"aws:K":"x"}})"),
     "Statement[0].Condition: 'StringEqual' is no operator"},
    {On(R"({"stringequals":{"aws:K":"x"}})"),
     "Statement[0].Condition: 'stringequals' is no operator"},
    {On(R"({"NullIfExists":{"aws:K":"true"}})"),
     "Statement[0].Condition: 'NullIfExists' is no operator"},
    {On(R"({"ForSomeValue:StringLike":{"aws:K":"x"}})"),
     "Statement[0].Condition: 'ForSomeValue:StringLike' is no operator"},
    {On(R"({"ForAnyValue:":{"aws:K":"x"}})"),
     "Statement[0].Condition: 'ForAnyValue:' is no operator"},
    {On(R"({"StringEquals":"x"})"), "Statement[0].Condition.StringEquals: it is not an object"},
    {On(R"({"StringEquals":{"K":"x"}})"),
     "Statement[0].Condition.StringEquals.K: a key has a service, a colon and a name"},
    {On(R"({"StringEquals":{"aws:K":null}})"),
     "Statement[0].Condition.StringEquals.aws:K: it is a string, a number, a Boolean or a list of "
     "them"},
    {On(R"({"StringEquals":{"aws:K":["x",["y"]]}})"),
     "Statement[0].Condition.StringEquals.aws:K[1]: it is a string, a number, a Boolean or a list "
     "of them"},
    {On(R"({"StringEquals":{"aws:K":"${aws:username"}})"),
     "Statement[0].Condition.StringEquals.aws:K: a variable has no closing brace"},
    {On(R"({"NumericEquals":{"aws:K":"ten"}})"),
     "Statement[0].Condition.NumericEquals.aws:K: 'ten' is not a number"},
    {On(R"({"NumericLessThan":{"aws:K":"inf"}})"),
     "Statement[0].Condition.NumericLessThan.aws:K: 'inf' is not a number"},
    {On(R"({"NumericLessThan":{"aws:K":"${aws:EpochTime}"}})"),
     "Statement[0].Condition.NumericLessThan.aws:K: '${aws:EpochTime}' is not a number"},
    {On(R"({"DateEquals":{"aws:K":"yesterday"}})"),
     "Statement[0].Condition.DateEquals.aws:K: 'yesterday' is not a date"},
    {On(R"({"DateEquals":{"aws:K":"2026-02-30"}})"),
     "Statement[0].Condition.DateEquals.aws:K: '2026-02-30' is not a date"},
    {On(R"({"DateEquals":{"aws:K":"2026-1"}})"),
     "Statement[0].Condition.DateEquals.aws:K: '2026-1' is not a date"},
    {On(R"({"BoolIfExists":{"aws:K":"yes"}})"),
     "Statement[0].Condition.BoolIfExists.aws:K: 'yes' is not true or false"},
    {On(R"({"Null":{"aws:K":"1"}})"),
     "Statement[0].Condition.Null.aws:K: '1' is not true or false"},
    {On(R"({"BinaryEquals":{"aws:K":"="}})"),
     "Statement[0].Condition.BinaryEquals.aws:K: '=' is not base64"},
    {On(R"({"IpAddress":{"aws:K":"10.0.0.0/33"}})"),
     "Statement[0].Condition.IpAddress.aws:K: '10.0.0.0/33' is not an IP address or a range of "
     "them"},
    {On(R"({"IpAddress":{"aws:K":"10.0.0/8"}})"),
     "Statement[0].Condition.IpAddress.aws:K: '10.0.0/8' is not an IP address or a range of them"},
    {On(R"({"NotIpAddress":{"aws:K":"::/129"}})"),
     "Statement[0].Condition.NotIpAddress.aws:K: '::/129' is not an IP address or a range of them"},
    {On(R"({"IpAddress":{"aws:K":"10.0.0.1/"}})"),
     "Statement[0].Condition.IpAddress.aws:K: '10.0.0.1/' is not an IP address or a range of them"},
};

}  // namespace

TEST_CASE("Policy: what IAM refuses is refused, with its place") {
  for (const Bad& bad : kBad) {
    CAPTURE(bad.document);
    const auto policy = ParsePolicy(bad.document);
    CHECK(policy.has_error());
    if (policy.has_error()) CHECK(policy.error().message == bad.message);
  }
  RecordFigure("policies-refused", static_cast<std::int64_t>(kBad.size()));
}

TEST_CASE("Policy: names that stand twice are refused") {
  CHECK_FALSE(ParsePolicy(With(R"("Effect":"Deny","Action":"*","Resource":"*")")).has_value());
}

TEST_CASE("Policy: all that its grammar has") {
  const auto policy = ParsePolicy(
      R"({"Version":"2012-10-17","Id":"any text","Statement":[)"
      R"({"Sid":"First1","Effect":"Deny","NotAction":["a:B","c:*"],"NotResource":["arn:aws:s3:::x"],)"
      R"("Condition":{"ForAllValues:StringLikeIfExists":{"aws:K":["x","y"],"aws:L":"z"},)"
      R"("Bool":{"aws:M":true}}},)"
      R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}]})");
  REQUIRE(policy.has_value());
  REQUIRE(policy->statements.size() == 2);
  const Statement& first = policy->statements.front();
  CHECK(first.label == "First1");
  CHECK(first.effect == Effect::kDeny);
  CHECK(first.actions.is_inverted);
  CHECK(first.actions.items.size() == 2);
  CHECK(first.resources.is_inverted);
  REQUIRE(first.conditions.size() == 3);
  CHECK(first.conditions.front().quantifier == Quantifier::kForAllValues);
  CHECK(first.conditions.front().if_exists);
  CHECK(first.conditions.front().values.size() == 2);
  const Statement& second = policy->statements.back();
  CHECK(second.label == "Statement[1]");
  CHECK(second.effect == Effect::kAllow);
  CHECK_FALSE(second.actions.is_inverted);
  CHECK_FALSE(second.resources.is_inverted);
  CHECK(second.conditions.empty());
}

TEST_CASE("Policy: one statement need not be in a list") {
  const auto policy = ParsePolicy(Document(R"({"Effect":"Allow","Action":"*","Resource":"*"})"));
  REQUIRE(policy.has_value());
  CHECK(policy->statements.front().label == "Statement");
}

TEST_CASE("Policy: the managed policies of Synthetics") {
  CHECK(ParsePolicy(
            Document(
                R"([{"Effect":"Allow","Action":["synthetics:*"],"Resource":"*"},)"
                R"({"Effect":"Allow","Action":["s3:CreateBucket","s3:PutEncryptionConfiguration"],)"
                R"("Resource":["arn:aws:s3:::cw-syn-results-*"]},)"
                R"({"Effect":"Allow","Action":["iam:PassRole"],)"
                R"("Resource":["arn:aws:iam::*:role/service-role/CloudWatchSyntheticsRole*"],)"
                R"("Condition":{"StringEquals":{"iam:PassedToService":)"
                R"(["lambda.amazonaws.com","synthetics.amazonaws.com"]}}},)"
                R"({"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"arn:aws:kms:*:*:key/*",)"
                R"("Condition":{"StringLike":{"kms:ViaService":["s3.*.amazonaws.com"]}}}])"))
            .has_value());
}
