#include "api/page_token.hpp"

#include <cstdint>

#include "api/base64.hpp"
#include "api/hash.hpp"

namespace synthetics::api {
namespace {

constexpr std::size_t kChecksumSize = 8;

// It only has to tell a mistake from a token.
std::string Checksum(std::string_view listing, std::string_view key) {
  std::string both(listing);
  both.push_back('\0');
  const std::uint64_t hash = Hash(both.append(key));
  std::string bytes;
  for (std::size_t index = 0; index < kChecksumSize; ++index) {
    bytes.push_back(static_cast<char>((hash >> (8 * index)) & 0xff));
  }
  return bytes;
}

}  // namespace

std::string SealPageToken(std::string_view listing, std::string_view key) {
  return EncodeBase64Url(Checksum(listing, key).append(key));
}

std::optional<std::string> OpenPageToken(std::string_view listing, std::string_view token) {
  const auto bytes = DecodeBase64Url(token);
  if (!bytes || bytes->size() < kChecksumSize) return {};
  std::string key = bytes->substr(kChecksumSize);
  if (bytes->substr(0, kChecksumSize) != Checksum(listing, key)) return {};
  return key;
}

}  // namespace synthetics::api
