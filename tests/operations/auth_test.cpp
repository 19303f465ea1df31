#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics;
using namespace synthetics::tests;
using api::Method;

namespace {

// Signed by botocore for AKIDEXAMPLE, whose secret is `secret`, at the host's 2026-01-01T00:00:00Z.
struct Signed {
  Method method;
  std::string target;
  std::string body;
  std::string signature;
};
const Signed kCreate{Method::kPost, "/group", R"({"Name":"web"})",
                     "21d9b30fee746cdc61296ec29ef22328bed481e9047bd1de65538b2afa3339cb"};
const Signed kGet{Method::kGet, "/group/web", "",
                  "9a18e4097947467d14459615e91bb4fb9294dba596d5fe1ebd9fe336142c4cec"};
const Signed kNowhere{Method::kGet, "/nope", "",
                      "96712ec5e43fdc339fe1ab125f357892b3bd0cb730117e590b80cabdad8fad33"};

Emulation::Setup Guarded(std::optional<std::string> account = {}) {
  Emulation::Setup setup;
  setup.auth = api::Auth::kSignature;
  setup.principals = {{.access_key_id = "AKIDEXAMPLE",
                       .secret_access_key = "secret",
                       .account = std::move(account)}};
  return setup;
}

Answer Send(Emulation& emulation, const Signed& sent) {
  std::vector<api::Header> headers{{"Host", "localhost:4566"}, {"X-Amz-Date", "20260101T000000Z"}};
  std::string names = "host;x-amz-date";
  if (!sent.body.empty()) {
    headers.push_back({"Content-Type", "application/json"});
    names = "content-type;" + names;
  }
  const std::string authorization =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/synthetics/aws4_request, "
      "SignedHeaders=" +
      names + ", Signature=" + sent.signature;
  return emulation.Send({.method = sent.method,
                         .target = sent.target,
                         .authorization = authorization,
                         .content_type = "application/json",
                         .host = "localhost:4566",
                         .origin = {},
                         .body = sent.body,
                         .headers = headers});
}

}  // namespace

TEST_CASE("Auth: what is signed is answered, in the world of the principal's account") {
  Emulation emulation(Guarded("999988887777"));
  const Answer created = Send(emulation, kCreate);
  REQUIRE(created.status == 200);
  REQUIRE(created.Text("/Group/Arn").starts_with("arn:aws:synthetics:eu-west-1:999988887777:"));
  REQUIRE(created.trace.access_key_id == "AKIDEXAMPLE");
  REQUIRE(Send(emulation, kGet).status == 200);
  REQUIRE(Send(emulation, kNowhere).error_type == "UnknownOperationException");
  REQUIRE(emulation.Get("/_emulator/requests").Text("/requests/0/accessKeyId") == "AKIDEXAMPLE");
}

TEST_CASE("Auth: a principal without an account is in the default one") {
  Emulation emulation(Guarded());
  REQUIRE(Send(emulation, kCreate).Text("/Group/Arn").find(":123456789012:") != std::string::npos);
}

TEST_CASE("Auth: what is not signed, or by another secret, changes nothing") {
  Emulation emulation(Guarded());
  const Answer unsigned_answer = emulation.Post("/group", kCreate.body);
  REQUIRE(unsigned_answer.status == 403);
  REQUIRE(unsigned_answer.error_type == "MissingAuthenticationTokenException");
  REQUIRE(unsigned_answer.Message() == "Missing Authentication Token");
  REQUIRE_FALSE(unsigned_answer.explain.empty());
  Signed other = kCreate;
  other.body = R"({"Name":"app"})";
  const Answer altered = Send(emulation, other);
  REQUIRE(altered.status == 403);
  REQUIRE(altered.error_type == "InvalidSignatureException");
  REQUIRE(altered.trace.access_key_id.empty());
  REQUIRE(Send(emulation, kGet).status == 404);
}

TEST_CASE("Auth: it is the host's time that counts, wherever the emulator's clock stands") {
  Emulation emulation(Guarded());
  emulation.Advance(R"({"to":"2030-01-01T00:00:00Z"})");
  REQUIRE(Send(emulation, kCreate).status == 200);
  emulation.host.now += std::chrono::minutes{6};
  REQUIRE(Send(emulation, kGet).Message().starts_with("Signature expired: 20260101T000000Z"));
}

TEST_CASE("Auth: the control plane needs no signature") {
  Emulation emulation(Guarded());
  REQUIRE(emulation.Get("/_emulator/clock").status == 200);
}

TEST_CASE("Auth: a stranger's request meets no fault") {
  Emulation emulation(Guarded());
  emulation.Post("/_emulator/faults", R"({"fault":{"status":500,"code":"Boom"},"times":1})");
  REQUIRE(emulation.Get("/group/web").status == 403);
  REQUIRE(Send(emulation, kGet).status == 500);
}
