#include "api/target.hpp"

#include "api/arn.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::api;
using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("Target: segments are split first and decoded then") {
  const auto target = ParseTarget("/group/My%20Group%20%C3%BC%2Fx/resources");
  REQUIRE(target->segments ==
          std::vector<std::string>{"group", "My Group \xc3\xbc/x", "resources"});
}

TEST_CASE("Target: repeated query keys keep their order, and a plus there is a space") {
  const auto target = ParseTarget("/tags/x?tagKeys=a%20b&tagKeys=c%3Ad&tagKeys=e+f&empty=&bare");
  REQUIRE(
      target->query ==
      Pairs{
          {"tagKeys", "a b"}, {"tagKeys", "c:d"}, {"tagKeys", "e f"}, {"empty", ""}, {"bare", ""}});
}

TEST_CASE("Target: what is no path, or not decodable, is refused") {
  for (const auto* const target : {"", "canary", "*", "/a%", "/a%2", "/a%zz", "/?a=%g1", "/%-1"}) {
    REQUIRE_FALSE(ParseTarget(target));
  }
}

TEST_CASE("Path: a template matches as many segments as it has") {
  const std::vector<std::string> segments{"canary", "shop", "start"};
  REQUIRE(MatchPath("/canary/{name}/start", segments) == Pairs{{"name", "shop"}});
  REQUIRE_FALSE(MatchPath("/canary/{name}", segments));
  REQUIRE_FALSE(MatchPath("/canary/{name}/start/now", segments));
  REQUIRE_FALSE(MatchPath("/canary/{name}/stop", segments));
}

TEST_CASE("ARN: a resource's parts, with or without the account") {
  const auto arn = ParseResourceArn("arn:aws:synthetics:eu-west-1:123456789012:canary:shop");
  REQUIRE(arn->region == "eu-west-1");
  REQUIRE(arn->account == "123456789012");
  REQUIRE(arn->type == ResourceType::kCanary);
  REQUIRE(arn->name == "shop");
  REQUIRE(ParseResourceArn("arn:aws:synthetics:eu-west-1::canary:shop")->account.empty());
  REQUIRE(ParseResourceArn("arn:aws-cn:synthetics:cn-north-1:123456789012:group:abc"));
}

TEST_CASE("ARN: another service's, partition's or form is none of ours") {
  for (const auto* const arn :
       {"", "arn", "arn:aws:s3:::bucket", "arn:aws:synthetics:eu-west-1:123456789012:canary",
        "arn:aws:synthetics:eu-west-1:123456789012:canary:",
        "arn:aws:synthetics:cn-north-1:123456789012:canary:shop",
        "arn:aws:synthetics:eu-west-1:123456789012:run:shop"}) {
    REQUIRE_FALSE(ParseResourceArn(arn));
  }
}
