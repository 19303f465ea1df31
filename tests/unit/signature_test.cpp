#include "api/auth/signature.hpp"

#include "api/auth/canonical.hpp"
#include "api/auth/hmac.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics;
using namespace synthetics::api;

namespace {

using enum Method;
using Headers = std::vector<Header>;

const Principals kPrincipals{
    {.access_key_id = "AKIDEXAMPLE",
     .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
    {.access_key_id = "ASIAEXAMPLE", .secret_access_key = "secret", .session_token = "the/token"}};

// 2015-08-30T12:36:00Z, the instant of the published vectors.
constexpr state::Instant kNow{std::chrono::seconds{1'440'938'160}};

struct Signed {
  Method method = kGet;
  std::string target = "/";
  Headers headers = {};  // besides host and date
  std::string body = {};
  std::string signed_headers = "host;x-amz-date";
  std::string signature = "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2";
  std::string credential = "AKIDEXAMPLE/20150830/us-east-1/synthetics/aws4_request";
  std::string date = "20150830T123600Z";
  std::string algorithm = "AWS4-HMAC-SHA256";
  state::Instant now = kNow;

  std::string Authorization() const {
    return algorithm + " Credential=" + credential + ", SignedHeaders=" + signed_headers +
           ", Signature=" + signature;
  }
};

Result<Signer> Verify(const Request& request, state::Instant now = kNow) {
  return VerifySignature(request, ParseTarget(request.target).value(), kPrincipals, now);
}

Result<Signer> Verify(const Signed& sent) {
  Headers headers = sent.headers;
  headers.push_back({"Host", "example.amazonaws.com"});
  if (!sent.date.empty()) headers.push_back({"X-Amz-Date", sent.date});
  const std::string authorization = sent.Authorization();
  return Verify({.method = sent.method,
                 .target = sent.target,
                 .authorization = authorization,
                 .content_type = {},
                 .host = {},
                 .origin = {},
                 .body = sent.body,
                 .headers = headers},
                sent.now);
}

Result<Signer> VerifyQuery(const std::string& target, state::Instant now = kNow) {
  const Headers headers{{"host", "example.amazonaws.com"}};
  return Verify({.method = kGet,
                 .target = target,
                 .authorization = {},
                 .content_type = {},
                 .host = {},
                 .origin = {},
                 .body = {},
                 .headers = headers},
                now);
}

// Kind and message of a refusal.
void RequireRefused(const Result<Signer>& verified, ErrorKind kind, const std::string& message) {
  REQUIRE_FALSE(verified.has_value());
  REQUIRE(verified.error().kind == kind);
  REQUIRE_THAT(verified.error().message, Catch::Contains(message));
}

const std::string kPresigned =
    "/canary/shop?dryRunId=a%3Ab&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
    "AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fsynthetics%2Faws4_request&X-Amz-Date=20150830T123600Z&"
    "X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature="
    "2e5f620202bafd740532f56822d7fc6b084661c899d6060f7a231e276795bdd4";

std::string With(std::string text, const std::string& old, const std::string& changed) {
  return text.replace(text.find(old), old.size(), changed);
}

}  // namespace

TEST_CASE("Signature: the published values of its parts") {
  const Headers headers{{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}};
  const Request request{.method = kGet,
                        .target = "/",
                        .authorization = {},
                        .content_type = {},
                        .host = {},
                        .origin = {},
                        .body = {},
                        .headers = headers};
  REQUIRE(Hex(Sha256(CanonicalRequest(request, {}, ParseHeaderNames("host;x-amz-date")))) ==
          "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63");
  std::string key = "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  for (const auto* const part : {"20150830", "us-east-1", "iam", "aws4_request"}) {
    key = Hmac(key, part);
  }
  REQUIRE(Hex(key) == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST_CASE("Signature: secrets are the same or not") {
  REQUIRE(IsSameSecret("", ""));
  REQUIRE(IsSameSecret("abc", "abc"));
  REQUIRE_FALSE(IsSameSecret("abc", "abd"));
  REQUIRE_FALSE(IsSameSecret("abc", "abcd"));
  REQUIRE_FALSE(IsSameSecret("abc", ""));
}

// The requests of the published suite (aws-sig-v4-test-suite) and some of this service, as botocore
// 1.43 signs them for it.
TEST_CASE("Signature: what botocore signs is good, and only with that signature") {
  struct Vector {
    std::string name;
    Method method;
    std::string target;
    Headers headers;
    std::string body;
    std::string signed_headers;
    std::string signature;
  };
  // clang-format off
  const std::vector<Vector> vectors{
      {"get-vanilla", kGet, "/", {}, "", "host;x-amz-date", "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2"},
      {"get-vanilla-query-order-key", kGet, "/?Param1=value2&Param1=Value1", {}, "", "host;x-amz-date", "6a57db79582abed1098c4e9ec51618601bc886a23f75731c5cf2d212150c2898"},
      {"get-vanilla-query-order-value", kGet, "/?Param2=value2&Param1=value1", {}, "", "host;x-amz-date", "96de557fcbcf3144d7e3cc2b69c789b3d695d2b74f563a5bbec3ddb2a881d31d"},
      {"get-vanilla-query-unreserved", kGet, "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", {}, "", "host;x-amz-date", "0849ff528d189fc05c9ff81700c091c2291de683173b68e599a9f0e7b33a41e6"},
      {"get-vanilla-empty-query-key", kGet, "/?Param1=value1", {}, "", "host;x-amz-date", "841653e12704306262f402873869b5504a852fa572639327ea7e1736995bd96e"},
      {"get-utf8", kGet, "/%E1%88%B4", {}, "", "host;x-amz-date", "118a1004743ddb4f44093658ca5897a0095f6f012f808193478cc814b0a61650"},
      {"get-header-key-duplicate", kGet, "/", {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}, "", "host;my-header1;x-amz-date", "2df2a74b9203bf487b41e289a57e3e49dd704d4069ce181209091bcb71e0ac57"},
      {"get-header-value-order", kGet, "/", {{"My-Header1", "value4"}, {"My-Header1", "value1"}, {"My-Header1", "value3"}}, "", "host;my-header1;x-amz-date", "0641a720e677c2900e7ec88d0fe0c58f624d472cd697b6c43591158820b5c0d6"},
      {"get-header-value-trim", kGet, "/", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}, "", "host;my-header1;my-header2;x-amz-date", "a6d5276036f5801d943f0500f859b13c13421f78a5d0b5e69e05e3f3c0ed0b2b"},
      {"get-relative", kGet, "/example/..", {}, "", "host;x-amz-date", "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2"},
      {"get-relative-relative", kGet, "/example1/example2/../..", {}, "", "host;x-amz-date", "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2"},
      {"get-slash", kGet, "//", {}, "", "host;x-amz-date", "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2"},
      {"get-slash-dot-slash", kGet, "/./", {}, "", "host;x-amz-date", "0bad2e12f4dca6862d3033bdedbfe3a3abd2519dd3e3dad15699fc0dffa912e2"},
      {"get-slash-pointless-dot", kGet, "/./example", {}, "", "host;x-amz-date", "7edcce7d0a830420c83fd738572138b50122373f709240cbd493d576ce662471"},
      {"get-slashes", kGet, "//example//", {}, "", "host;x-amz-date", "acefe260c59ca0321da5ff9fd199b1d273f4c8e11f24eff0ed4932eb835d56d2"},
      {"post-vanilla", kPost, "/", {}, "", "host;x-amz-date", "dfd8863478c6d6200fdcd1af67ef529cbb5c615178a01a5dbf1191d5e58de85d"},
      {"post-vanilla-query", kPost, "/?Param1=value1", {}, "", "host;x-amz-date", "9c9f5a5d472b371af8655cc8873fd8d9aa15523905ff8875af98d8906723ea01"},
      {"post-header-key-sort", kPost, "/", {{"My-Header1", "value1"}}, "", "host;my-header1;x-amz-date", "4545fcba09425c23942a95bcf1669376bdb0990ea585e6ca3e6ed98d26bc6a97"},
      {"post-header-value-case", kPost, "/", {{"My-Header1", "VALUE1"}}, "", "host;my-header1;x-amz-date", "2e1012ea2c4c570063735750215444be80fffb1c29a109dfc6ef1b5425e3765d"},
      {"post-x-www-form-urlencoded", kPost, "/", {{"Content-Type", "application/x-www-form-urlencoded"}}, "Param1=value1", "content-type;host;x-amz-date", "8dba4ccad7698c1d6a8abc6cf3be933e82d969572e3e2e4ea28ae6bb8ff75cec"},
      {"ARN in the path", kGet, "/tags/arn%3Aaws%3Asynthetics%3Aus-east-1%3A123456789012%3Acanary%3Ashop", {}, "", "host;x-amz-date", "86fae974d11341ca56c12ad7bd10f1dc743e9cb50ce2e0b06a2332860f30971d"},
      {"ARN in the path as it is", kGet, "/tags/arn:aws:synthetics:us-east-1:123456789012:canary:shop", {}, "", "host;x-amz-date", "b6708938552b902b818c0c1311df655286b30c421df84342f5c54231115d9ccc"},
      {"query with colons and slashes", kDelete, "/tags/arn%3Aaws?tagKeys=a%20b&tagKeys=c%3Ad&tagKeys=e%2Ff", {}, "", "host;x-amz-date", "4d2b014c638426ffa03becea1247a131014d4acf5abaeb13bd61aaf7a8a34350"},
      {"UTF-8 in path and body", kPost, "/group/My%20Group%20%C3%BC%2Fx/resources", {{"Content-Type", "application/json"}}, "{\"NextToken\":\"für\"}", "content-type;host;x-amz-date", "929c8a11739952e97841d2844938600c36e24ba113431ea615d3271b9a06b454"},
  };
  // clang-format on
  for (const Vector& vector : vectors) {
    INFO(vector.name);
    Signed sent{.method = vector.method,
                .target = vector.target,
                .headers = vector.headers,
                .body = vector.body,
                .signed_headers = vector.signed_headers,
                .signature = vector.signature};
    REQUIRE(Verify(sent).value().principal->access_key_id == "AKIDEXAMPLE");
    for (char& digit : sent.signature) {
      const char right = std::exchange(digit, digit == '0' ? '1' : '0');
      REQUIRE_FALSE(Verify(sent).has_value());
      digit = right;
    }
  }
}

TEST_CASE("Signature: a header Date does for X-Amz-Date, as botocore writes it") {
  const std::string authorization =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/synthetics/aws4_request, "
      "SignedHeaders=date;host, "
      "Signature=cc92ff29e6621e459cd649d654ba2743e012b903248ff7022dba9a1983d0dfe3";
  Headers headers{{"Host", "example.amazonaws.com"}, {"Date", "Sun, 30 Aug 2015 12:36:00 -0000"}};
  Request request{.method = kGet,
                  .target = "/",
                  .authorization = authorization,
                  .content_type = {},
                  .host = {},
                  .origin = {},
                  .body = {},
                  .headers = headers};
  REQUIRE(Verify(request).has_value());
  headers[1].value = "Sun, 30 Aug 2015 12:36:01 -0000";
  RequireRefused(Verify(request), ErrorKind::kBadSignature, "does not match");
  headers[1].value = "Sun, 30 Abc 2015 12:36:00 -0000";
  RequireRefused(Verify(request), ErrorKind::kUnsigned, "ISO-8601");
}

TEST_CASE("Signature: whatever is altered is refused, with both strings") {
  const Signed good{
      .method = kPost,
      .target = "/group/My%20Group%20%C3%BC%2Fx/resources",
      .headers = {{"Content-Type", "application/json"}},
      .body = "{\"NextToken\":\"für\"}",
      .signed_headers = "content-type;host;x-amz-date",
      .signature = "929c8a11739952e97841d2844938600c36e24ba113431ea615d3271b9a06b454"};
  REQUIRE(Verify(good).has_value());
  std::vector<Signed> altered(10, good);
  altered[0].method = kPut;
  altered[1].target = "/group/My%20Group%20%C3%BC/x/resources";
  altered[2].target += "?x=y";
  altered[3].headers[0].value = "application/xml";
  altered[4].headers.clear();
  altered[5].headers.push_back({"Host", "elsewhere"});
  altered[6].body += " ";
  altered[7].date = "20150830T123601Z";
  altered[8].credential = With(good.credential, "us-east-1", "us-east-2");
  altered[9].signed_headers = "host;x-amz-date";
  for (const Signed& sent : altered) {
    const auto refused = Verify(sent);
    RequireRefused(refused, ErrorKind::kBadSignature,
                   "The request signature we calculated does not match the signature you "
                   "provided. Check your AWS Secret Access Key and signing method. Consult the "
                   "service documentation for details.\n\nThe Canonical String for this request "
                   "should have been\n'P");
    REQUIRE_THAT(refused.error().message,
                 Catch::Contains("'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n"
                                 "20150830T12360"));
  }
}

TEST_CASE("Signature: the message has the canonical request") {
  Signed sent;
  sent.signature = "0";
  RequireRefused(Verify(sent), ErrorKind::kBadSignature,
                 "'GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
                 "host;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b"
                 "855'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n"
                 "20150830T123600Z\n20150830/us-east-1/synthetics/aws4_request\n"
                 "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63'\n");
}

TEST_CASE("Signature: the payload's hash is that of the body") {
  Signed sent;
  sent.headers = {
      {"X-Amz-Content-SHA256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}};
  REQUIRE(Verify(sent).has_value());
  sent.headers[0].value = "UNSIGNED-PAYLOAD";
  RequireRefused(Verify(sent), ErrorKind::kBadSignature, "does not match");
  REQUIRE_THAT(Verify(sent).error().explain, Catch::Contains("x-amz-content-sha256"));
}

TEST_CASE("Signature: what is not there is named") {
  RequireRefused(VerifyQuery("/"), ErrorKind::kNoSignature, "Missing Authentication Token");
  Signed sent;
  sent.algorithm = "Basic";
  RequireRefused(Verify(sent), ErrorKind::kNoSignature, "Missing Authentication Token");
  sent.algorithm = "AWS4-HMAC-SHA512";
  RequireRefused(Verify(sent), ErrorKind::kUnsigned,
                 "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'");
  sent = {.signed_headers = "", .signature = "", .credential = "", .date = ""};
  RequireRefused(Verify(sent), ErrorKind::kUnsigned,
                 "Authorization header requires 'Credential' parameter. Authorization header "
                 "requires 'Signature' parameter. Authorization header requires 'SignedHeaders' "
                 "parameter. Authorization header requires existence of either a 'X-Amz-Date' or "
                 "a 'Date' header.");
  RequireRefused(VerifyQuery("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x&X-Amz-Signature=0"),
                 ErrorKind::kUnsigned,
                 "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string "
                 "parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string "
                 "parameters.");
  sent = {.target = kPresigned};
  RequireRefused(Verify(sent), ErrorKind::kBadSignature, "Found both");
}

TEST_CASE("Signature: host and date have to be signed") {
  Signed sent{.signed_headers = "x-amz-date"};
  RequireRefused(Verify(sent), ErrorKind::kBadSignature,
                 "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  sent.signed_headers = "host";
  RequireRefused(Verify(sent), ErrorKind::kBadSignature,
                 "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.");
}

TEST_CASE("Signature: the credential scope is that of the day, the service and any region") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"AKIDEXAMPLE/20150831/us-east-1/synthetics/aws4_request",
       "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
       "'20150831' != '20150830', from '20150830T123600Z'."},
      {"AKIDEXAMPLE/20150830/US+EAST/synthetics/aws4_request",
       "Credential should be scoped to a valid region, not 'US EAST'."},
      {"AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request",
       "Credential should be scoped to correct service: 'synthetics'."},
      {"AKIDEXAMPLE/20150830/us-east-1/synthetics/aws5_request",
       "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'."}};
  for (const auto& [credential, message] : cases) {
    INFO(credential);
    RequireRefused(VerifyQuery(With(
                       kPresigned, "AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fsynthetics%2Faws4_request",
                       credential)),
                   ErrorKind::kBadSignature, message);
  }
  Signed sent;
  sent.credential = "AKIDEXAMPLE/20150830/us-east-1/synthetics";
  RequireRefused(Verify(sent), ErrorKind::kUnsigned, "exactly 5 slash-delimited elements");
}

TEST_CASE("Signature: an access key that nobody has, and a session token that is not the key's") {
  Signed sent;
  sent.credential = "AKIDOTHER/20150830/us-east-1/synthetics/aws4_request";
  RequireRefused(Verify(sent), ErrorKind::kUnknownClient,
                 "The security token included in the request is invalid.");
  // A good signature, with a token where the key has none.
  sent = {};
  sent.headers = {{"X-Amz-Security-Token", "some"}};
  RequireRefused(Verify(sent), ErrorKind::kUnknownClient, "security token");
}

TEST_CASE("Signature: five minutes off is good, either way, and a second more is not") {
  using namespace std::chrono_literals;
  Signed sent;
  for (const auto skew : {-300s, 0s, 300s}) {
    sent.now = kNow + skew;
    REQUIRE(Verify(sent).has_value());
  }
  sent.now = kNow + 301s;
  RequireRefused(Verify(sent), ErrorKind::kBadSignature,
                 "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z "
                 "(20150830T124101Z - 5 min.)");
  sent.now = kNow - 301s;
  RequireRefused(Verify(sent), ErrorKind::kBadSignature,
                 "Signature not yet current: 20150830T123600Z is still later than "
                 "20150830T123559Z (20150830T123059Z + 5 min.)");
  for (const auto* const date : {"2015-08-30T12:36:00Z", "20150830T126000Z", "2015", "x"}) {
    sent.date = date;
    RequireRefused(Verify(sent), ErrorKind::kUnsigned, "ISO-8601");
  }
}

TEST_CASE("Signature: a presigned request is good for as long as it says") {
  using namespace std::chrono_literals;
  for (const auto after : {-300s, 0s, 60s}) {
    REQUIRE(VerifyQuery(kPresigned, kNow + after).has_value());
  }
  RequireRefused(VerifyQuery(kPresigned, kNow + 61s), ErrorKind::kExpired, "Request has expired.");
  RequireRefused(VerifyQuery(kPresigned, kNow - 301s), ErrorKind::kBadSignature,
                 "Signature not yet current");
  RequireRefused(VerifyQuery(With(kPresigned, "a%3Ab", "a%3Ac")), ErrorKind::kBadSignature,
                 "does not match");
  // Longer than it was signed for.
  RequireRefused(VerifyQuery(With(kPresigned, "Expires=60", "Expires=600")),
                 ErrorKind::kBadSignature, "does not match");
  for (const auto* const expires : {"0", "-1", "604801", "1e3", "", "99999999999999999999"}) {
    RequireRefused(VerifyQuery(With(kPresigned, "Expires=60", std::string("Expires=") + expires)),
                   ErrorKind::kUnsigned, "X-Amz-Expires must be a number of seconds from 1");
  }
}

TEST_CASE("Signature: a presigned request of a week, and where its parts stand matters not") {
  const std::string week =
      With(With(kPresigned, "dryRunId=a%3Ab&", ""), "Expires=60", "Expires=604800");
  const std::string signature = "5d6a5a5182e649a352eee6e896791d3db7ff696cba6875306cb6112415491f24";
  const std::string target = week.substr(0, week.rfind('=') + 1) + signature;
  REQUIRE(VerifyQuery(target, kNow + std::chrono::hours{24 * 7}).has_value());
  const std::string moved = With(target, "X-Amz-Date=20150830T123600Z&", "");
  REQUIRE(VerifyQuery(moved + "&X-Amz-Date=20150830T123600Z").has_value());
}

TEST_CASE("Signature: no message repeats a session token") {
  const std::string target =
      "/canary/shop?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2F"
      "us-east-1%2Fsynthetics%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&"
      "X-Amz-SignedHeaders=host&X-Amz-Security-Token=the%2Ftoken&X-Amz-Signature=";
  // Its signature is good, but the key has no token.
  RequireRefused(
      VerifyQuery(target + "df6e7fdb4a8d9d15b5f39e419a75e77e562d86157e678ddcfdb29403ce85d8f5"),
      ErrorKind::kUnknownClient, "security token");
  const auto refused = VerifyQuery(target + "00");
  RequireRefused(refused, ErrorKind::kBadSignature, "X-Amz-Security-Token=***&");
  REQUIRE_THAT(refused.error().message, !Catch::Contains("the%2Ftoken"));
}
