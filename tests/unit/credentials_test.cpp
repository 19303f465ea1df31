#include "api/auth/credentials.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::api;

namespace {

std::string File(const std::string& principals) { return R"({"principals":[)" + principals + "]}"; }

const std::string kOne = R"({"accessKeyId":"AKIA1","secretAccessKey":"hush"})";

}  // namespace

TEST_CASE("Credentials: a principal needs a key and its secret") {
  const auto principals = ParseCredentials(File(kOne)).value();
  REQUIRE(principals.size() == 1);
  REQUIRE(FindPrincipal(principals, "AKIA1")->secret_access_key == "hush");
  REQUIRE_FALSE(FindPrincipal(principals, "AKIA1")->session_token);
  REQUIRE(FindPrincipal(principals, "AKIA2") == nullptr);
  REQUIRE(FindPrincipal(principals, "") == nullptr);
}

TEST_CASE("Credentials: all that a principal can have") {
  const auto principals = ParseCredentials(File(kOne + R"(,
      {"accessKeyId":"ASIA2","secretAccessKey":"hush","sessionToken":"token",
       "account":"111122223333","userName":"ann","arn":"arn:aws:iam::111122223333:user/ann",
       "tags":{"team":"web"},"policies":[{"Version":"2012-10-17","Statement":
         {"Effect":"Allow","Action":"synthetics:*","Resource":"*"}}]})"));
  const Principal& principal = *FindPrincipal(principals.value(), "ASIA2");
  REQUIRE(principal.session_token == "token");
  REQUIRE(principal.account == "111122223333");
  REQUIRE(principal.user_name == "ann");
  REQUIRE(principal.arn == "arn:aws:iam::111122223333:user/ann");
  REQUIRE(principal.tags->at("team") == "web");
  REQUIRE(principal.identity_policies.size() == 1);
  REQUIRE(principal.identity_policies[0].statements.size() == 1);
}

TEST_CASE("Credentials: a mistake names principal and member, and no secret") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"[]", "not a JSON object"},
      {"{", "not JSON"},
      {"{}", "'principals'"},
      {R"({"principals":[]})", "'principals'"},
      {R"({"principals":"hush"})", "'principals'"},
      {R"({"principals":["hush"]})", "'principals.1.member'"},
      {R"({"principles":[]})", "'principles' is not a known field"},
      {File(kOne + "," + kOne), "'principals.2.member.accessKeyId': two principals have AKIA1"},
      {File(R"({"accessKeyId":"AKIA1"})"), "'principals.1.member.secretAccessKey'"},
      {File(R"({"secretAccessKey":"hush"})"), "'principals.1.member.accessKeyId'"},
      {File(R"({"accessKeyId":"A/B","secretAccessKey":"hush"})"),
       "principals.1.member.accessKeyId"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","secretAccessKey":"hush"})"),
       "two members of one name"},
      {File(kOne + R"(,{"accessKeyId":"A","secretAccessKey":["hush"]})"),
       "Value '***' at 'principals.2.member.secretAccessKey'"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","account":"12"})"), "account"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","acount":"111122223333"})"),
       "'principals.1.member.acount' is not a known field"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","tags":{"a":1}})"), "tags.a"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","policies":["{}"]})"),
       "'principals.1.member.policies.1.member': it is not an object"},
      {File(R"({"accessKeyId":"A","secretAccessKey":"hush","policies":[{"Statement":[]}]})"),
       "'principals.1.member.policies.1.member': Statement: the list is empty"},
  };
  for (const auto& [file, message] : cases) {
    INFO(file);
    const auto refused = ParseCredentials(file);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE_THAT(refused.error().message, Catch::Contains(message));
    REQUIRE_THAT(refused.error().message, !Catch::Contains("hush"));
  }
}
