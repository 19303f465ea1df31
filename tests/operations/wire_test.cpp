#include "api/operation.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;
using synthetics::api::Method;

TEST_CASE("Wire: every operation of the service has a row, and its route leads to it") {
  const auto operations = synthetics::api::Operations();
  REQUIRE(operations.size() == 22);
  for (const auto& operation : operations) {
    std::string path(operation.path);
    if (const auto open = path.find('{'); open != std::string::npos) {
      path.replace(open, path.find('}') - open + 1, "x");
    }
    const auto target = synthetics::api::ParseTarget(path);
    REQUIRE(FindRoute(operation.method, *target)->operation == &operation);
  }
}

TEST_CASE("Wire: a route that there is not is a 404 in JSON") {
  Emulation emulation;
  for (const Answer& answer :
       {emulation.Get("/"), emulation.Get("/nope"), emulation.Put("/canary/shop", "{}"),
        emulation.Send(Method::kOther, "/canaries"), emulation.Get("/canary/a/b/c/d"),
        emulation.Get("/canary/")}) {
    REQUIRE(answer.status == 404);
    REQUIRE(answer.error_type == "UnknownOperationException");
    REQUIRE_FALSE(answer.Message().empty());
  }
}

TEST_CASE("Wire: every answer has a request id of its own") {
  Emulation emulation;
  const Answer good = emulation.Post("/canaries");
  const Answer bad = emulation.Get("/canary/nope");
  REQUIRE(good.request_id.size() == 36);
  REQUIRE(bad.request_id.size() == 36);
  REQUIRE(good.request_id != bad.request_id);
  REQUIRE(emulation.Get("/%zz").request_id.size() == 36);
}

TEST_CASE("Wire: bodies that are no JSON objects are refused") {
  Emulation emulation;
  for (const std::string& body : std::vector<std::string>{
           "{", "[]", "\"x\"", "null", "{\"MaxResults\":1}x", std::string("{}\0", 3),
           "{\"Names\":[\"\xff\"]}", "{\"Names\":[\"\\ud800\"]}", "\xef\xbb\xbf{}",
           "{\"MaxResults\":1,\"MaxResults\":1}", "{\"MaxResults\":1e400}",
           "{\"MaxResults\":1.00000000001e-2147483638}", "{\"MaxResults\":99999999999999999999}",
           "{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"}) {
    const Answer answer = emulation.Post("/canaries", body);
    REQUIRE(answer.status == 400);
    REQUIRE(answer.error_type == "ValidationException");
  }
}

TEST_CASE("Wire: a parameter that is given twice is refused, one that is a list may be") {
  Emulation emulation;
  emulation.Create("shop");
  const std::string id = "01234567-89ab-cdef-0123-456789abcdef";
  const Answer twice = emulation.Get("/canary/shop?dryRunId=" + id + "&dryRunId=" + id);
  REQUIRE(twice.status == 400);
  REQUIRE(twice.Message() == "The parameter 'dryRunId' is given more than once.");
  REQUIRE(emulation
              .Delete("/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop"
                      "?tagKeys=a&tagKeys=b")
              .status == 200);
}

TEST_CASE("Wire: accounts and regions are worlds of their own") {
  Emulation emulation;
  const auto credential = [](const std::string& key, const std::string& region) {
    return "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + region +
           "/synthetics/aws4_request, SignedHeaders=host, Signature=ab";
  };
  const std::vector<std::string> worlds{
      credential("111122223333", "us-east-1"), credential("111122223333", "eu-west-1"),
      credential("444455556666", "us-east-1"), credential("AKIAEXAMPLE", "us-east-1")};
  for (const std::string& world : worlds) {
    REQUIRE(emulation.Send(Method::kPost, "/canary", CanaryBody("shop").Json(), world).status ==
            200);
  }
  for (const std::string& world : worlds) {
    REQUIRE(emulation.Send(Method::kPost, "/canaries", "{}", world).Size("/Canaries") == 1);
  }
  // Without credentials it is the default account's world.
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Id") ==
          emulation.Send(Method::kGet, "/canary/shop", "", worlds[3]).Text("/Canary/Id"));
}

TEST_CASE("Wire: ARNs carry the partition of their region") {
  Emulation emulation;
  const std::string china =
      "AWS4-HMAC-SHA256 Credential=AKIA/20260101/cn-north-1/synthetics/aws4_request";
  emulation.Send(Method::kPost, "/canary", CanaryBody("shop").Json(), china);
  emulation.Settle();
  REQUIRE(emulation.Send(Method::kGet, "/canary/shop", "", china)
              .Text("/Canary/EngineArn")
              .starts_with("arn:aws-cn:lambda:cn-north-1:"));
}

TEST_CASE("Wire: a refused credential scope is shown, and 403") {
  Emulation emulation;
  const Answer answer = emulation.Send(Method::kPost, "/canaries", "", "X Credential=a/b");
  REQUIRE(answer.status == 403);
  REQUIRE(answer.error_type == "IncompleteSignatureException");
}

TEST_CASE("Wire: the log hears of operation, resource, account and region") {
  Emulation emulation;
  const Answer answer = emulation.Get("/canary/nope");
  REQUIRE(answer.trace.operation == "GetCanary");
  REQUIRE(answer.trace.resource == "nope");
  REQUIRE(answer.trace.account == "123456789012");
  REQUIRE(answer.trace.region == "us-east-1");
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Json()).trace.resource == "shop");
}

TEST_CASE("Wire: a fault of our own is a 500 with the id under which the log has the reason") {
  Emulation emulation;
  emulation.Create("shop");
  // A state that no version has ever written.
  synthetics::state::Canary canary =
      emulation.engine().store().canaries.Find({"123456789012", "us-east-1"}, "shop").value();
  canary.configuration = "not JSON";
  emulation.engine().store().canaries.Save(canary);
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.status == 500);
  REQUIRE(answer.error_type == "InternalServerException");
  REQUIRE(answer.Message().find(answer.request_id) != std::string::npos);
  REQUIRE(answer.trace.fault.find("stored JSON") != std::string::npos);
  REQUIRE(answer.trace.operation == "GetCanary");
  REQUIRE(emulation.Post("/runtime-versions").status == 200);
}

TEST_CASE("Wire: a fault in a tag operation has the tag operations' name") {
  Emulation emulation;
  emulation.Create("shop");
  // Its tags are known since it was created: nobody would look.
  emulation.engine().store().canary_tags.Forget();
  emulation.database().Execute("UPDATE canaries SET tags = 'none'");
  const Answer answer =
      emulation.Get("/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop");
  REQUIRE(answer.status == 500);
  REQUIRE(answer.error_type == "InternalFailureException");
}

TEST_CASE("Wire: what cannot be stored is a 500 for all who asked at the same time") {
  Emulation emulation;
  const std::vector<std::string> bodies{CanaryBody("one").Json(), CanaryBody("two").Json()};
  std::vector<synthetics::api::Reply> replies;
  for (const std::string& body : bodies) {
    replies.push_back(emulation.gateway().Handle({.method = Method::kPost,
                                                  .target = "/canary",
                                                  .authorization = {},
                                                  .content_type = {},
                                                  .host = {},
                                                  .origin = {},
                                                  .body = body}));
  }
  // As SQLite does when the disk is full.
  emulation.database().Execute("ROLLBACK");
  for (auto& reply : replies) {
    auto& job = std::get<std::unique_ptr<synthetics::api::Job>>(reply);
    const Answer answer(job->Step().value());
    REQUIRE(answer.status == 500);
    REQUIRE(answer.trace.fault.find("no transaction is active") != std::string::npos);
  }
  REQUIRE(emulation.Get("/canary/one").status == 404);
  emulation.Create("one");
}
