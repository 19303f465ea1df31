#include "api/base64.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics::api;

TEST_CASE("Base64: the vectors of RFC 4648") {
  REQUIRE(DecodeBase64("") == "");
  REQUIRE(DecodeBase64("Zg==") == "f");
  REQUIRE(DecodeBase64("Zm8=") == "fo");
  REQUIRE(DecodeBase64("Zm9v") == "foo");
  REQUIRE(DecodeBase64("Zm9vYmFy") == "foobar");
  REQUIRE(DecodeBase64("+/+/") == "\xfb\xff\xbf");
}

TEST_CASE("Base64: what is not exactly base64 is refused") {
  const auto* const text =
      GENERATE("Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v\n", "Zm 9", "-_-_", "Zh==", "Zm9=");
  REQUIRE_FALSE(DecodeBase64(text));
}

TEST_CASE("Base64: what was encoded for a URL is decoded again, of any length") {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    const std::string text = EncodeBase64Url(bytes);
    REQUIRE(text.find_first_of("+/=") == std::string::npos);
    REQUIRE(DecodeBase64Url(text) == bytes);
    bytes.push_back(static_cast<char>(length * 7));
  }
}
