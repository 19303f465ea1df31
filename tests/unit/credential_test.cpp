#include "api/credential.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::api;
using synthetics::state::Scope;

namespace {

const Scope kDefaults{.account = "123456789012", .region = "us-east-1"};

Result<Scope> ScopeOfKey(const std::string& scope) {
  return ScopeOf("AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=ab", {},
                 kDefaults);
}

}  // namespace

TEST_CASE("Credential: without one everything is the default") {
  REQUIRE(ScopeOf("", "", kDefaults).value() == kDefaults);
  REQUIRE(ScopeOf("Basic dXNlcg==", "", kDefaults).value() == kDefaults);
}

TEST_CASE("Credential: the region is the scope's, the account a key of 12 digits") {
  REQUIRE(ScopeOfKey("AKIAEXAMPLE/20260101/eu-west-1/synthetics/aws4_request").value() ==
          Scope{.account = "123456789012", .region = "eu-west-1"});
  REQUIRE(ScopeOfKey("111122223333/20260101/eu-west-1/synthetics/aws4_request").value() ==
          Scope{.account = "111122223333", .region = "eu-west-1"});
}

TEST_CASE("Credential: a presigned request has it in its query") {
  REQUIRE(
      ScopeOf("", "111122223333/20260101/sa-east-1/synthetics/aws4_request", kDefaults).value() ==
      Scope{.account = "111122223333", .region = "sa-east-1"});
}

TEST_CASE("Credential: a scope that makes no sense is refused and shown") {
  for (const auto* const scope : {"AKIAEXAMPLE", "A/B/C/D", "A/20260101//synthetics/aws4_request",
                                  "A/20260101/US EAST/synthetics/aws4_request"}) {
    const auto refused = ScopeOf("", scope, kDefaults);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE(refused.error().kind == ErrorKind::kUnsigned);
    REQUIRE(refused.error().message.find(scope) != std::string::npos);
  }
}
