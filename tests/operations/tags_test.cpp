#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

const std::string kShop = "/tags/arn%3Aaws%3Asynthetics%3Aus-east-1%3A123456789012%3Acanary%3Ashop";

}  // namespace

TEST_CASE("Tags: new ones are added, known ones overwritten, and the canary shows them") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("Tags", R"({"team":"web","stage":"test"})"));
  REQUIRE(emulation.Post(kShop, R"({"Tags":{"stage":"live","cost":"low"}})").raw == "{}");
  const std::string expected = R"({"cost":"low","stage":"live","team":"web"})";
  REQUIRE(emulation.Get(kShop).Text("/Tags") == expected);
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Tags") == expected);
  REQUIRE(emulation.Post("/canaries").Text("/Canaries/0/Tags") == expected);
}

TEST_CASE("Tags: what has been stored comes back, whatever is in it, and can be changed") {
  Emulation emulation;
  const std::string odd = R"("1:a":"2:b\n3:c\u0000")";
  emulation.Create(CanaryBody("shop").With("Tags", "{" + odd + "}"));
  emulation.engine().store().canary_tags.Forget();
  REQUIRE(emulation.Get(kShop).Text("/Tags") == "{" + odd + "}");
  emulation.Post(kShop, R"({"Tags":{"team":"web","cost":"low"}})");
  emulation.Delete(kShop + "?tagKeys=cost");
  emulation.engine().store().canary_tags.Forget();
  REQUIRE(emulation.Get(kShop).Text("/Tags") == "{" + odd + R"(,"team":"web"})");
}

TEST_CASE("Tags: keys are removed, and those that there are not passed over") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("Tags", R"({"a b":"1","c":"2"})"));
  REQUIRE(emulation.Delete(kShop + "?tagKeys=a%20b&tagKeys=nope").status == 200);
  REQUIRE(emulation.Get(kShop).Text("/Tags") == R"({"c":"2"})");
  REQUIRE(emulation.Delete(kShop).status == 400);
}

TEST_CASE("Tags: the ARN may have its colons plain, or lack the account") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("Tags", R"({"a":"1"})"));
  REQUIRE(emulation.Get("/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop").status ==
          200);
  REQUIRE(emulation.Get("/tags/arn:aws:synthetics:us-east-1::canary:shop").status == 200);
}

TEST_CASE("Tags: what there is not is a NotFoundException, also in another region or account") {
  Emulation emulation;
  emulation.Create("shop");
  for (const auto* const arn : {"arn:aws:synthetics:us-east-1:123456789012:canary:nope",
                                "arn:aws:synthetics:eu-west-1:123456789012:canary:shop",
                                "arn:aws:synthetics:us-east-1:111122223333:canary:shop",
                                "arn:aws:synthetics:us-east-1:123456789012:group:abc"}) {
    const Answer answer = emulation.Get("/tags/" + std::string(arn));
    REQUIRE(answer.status == 404);
    REQUIRE(answer.error_type == "NotFoundException");
  }
}

TEST_CASE("Tags: their operations refuse with BadRequestException") {
  Emulation emulation;
  emulation.Create("shop");
  for (const Answer& answer :
       {emulation.Get("/tags/not-an-arn"), emulation.Post(kShop, "{}"),
        emulation.Post(kShop, R"({"Tags":{}})"), emulation.Post(kShop, R"({"Tags":{"aws:x":"1"}})"),
        emulation.Post(kShop, R"({"Tags":{"a":1}})"),
        emulation.Post(kShop, R"({"Tags":{"a":")" + std::string(257, 'x') + "\"}}")}) {
    REQUIRE(answer.status == 400);
    REQUIRE(answer.error_type == "BadRequestException");
  }
  REQUIRE(emulation.Get(kShop).Text("/Tags") == "{}");
}

TEST_CASE("Tags: a canary has at most 50, and a call that would make it more changes nothing") {
  Emulation emulation;
  emulation.Create("shop");
  const auto tags = [](int from, int count) {
    std::string json;
    for (int index = from; index < from + count; ++index) {
      json += (json.empty() ? "\"k" : ",\"k") + std::to_string(index) + "\":\"v\"";
    }
    return "{\"Tags\":{" + json + "}}";
  };
  REQUIRE(emulation.Post(kShop, tags(0, 49)).status == 200);
  REQUIRE(emulation.Post(kShop, tags(49, 2)).status == 400);
  REQUIRE(emulation.Get(kShop).Size("/Tags") == 49);
  REQUIRE(emulation.Post(kShop, tags(48, 2)).status == 200);
}

TEST_CASE("Tags: they can be changed in every state, and move no time stamp") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Patch("/canary/shop", "{}");
  const std::string before = emulation.Get("/canary/shop").Text("/Canary/Timeline");
  emulation.Advance(R"({"seconds":0.05})");
  REQUIRE(emulation.Post(kShop, R"({"Tags":{"a":"1"}})").status == 200);
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Timeline") == before);
}
