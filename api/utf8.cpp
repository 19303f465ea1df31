#include "api/utf8.hpp"

#include <cstdint>
#include <cstring>

#include <rapidjson/memorystream.h>
#include <rapidjson/stringbuffer.h>

namespace synthetics::api {
namespace {

// Where the ASCII at its beginning ends. Eight bytes at a time: nearly every text is nothing else.
std::size_t SkipAscii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if ((bytes & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

bool IsAscii(std::string_view text) { return SkipAscii(text) == text.size(); }

std::optional<std::size_t> FindBadByte(std::string_view text) {
  std::size_t at = SkipAscii(text);
  rapidjson::MemoryStream bytes(text.data() + at, text.size() - at);
  unsigned character = 0;
  while (bytes.Tell() < text.size() - at) {
    const std::size_t begin = at + bytes.Tell();
    if (!rapidjson::UTF8<>::Decode(bytes, &character)) return begin;
  }
  return {};
}

std::string AsUtf8(std::string_view text) {
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::StringBuffer characters;
  constexpr unsigned kReplacement = 0xfffd;
  while (bytes.Tell() < text.size()) {
    unsigned character = 0;
    const bool is_good = rapidjson::UTF8<>::Decode(bytes, &character);
    rapidjson::UTF8<>::Encode(characters, is_good ? character : kReplacement);
  }
  return {characters.GetString(), characters.GetSize()};
}

}  // namespace synthetics::api
