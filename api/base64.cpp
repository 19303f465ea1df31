#include "api/base64.hpp"

#include <array>
#include <cstdint>

namespace synthetics::api {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using Digits = std::array<int, 256>;

constexpr Digits DigitsOf(std::string_view alphabet) {
  Digits digits{};
  digits.fill(-1);
  for (std::size_t value = 0; value < alphabet.size(); ++value) {
    digits.at(static_cast<unsigned char>(alphabet[value])) = static_cast<int>(value);
  }
  return digits;
}

// `text` without its padding. A last digit with bits to spare has to leave them 0.
std::optional<std::string> Decode(std::string_view text, const Digits& digits) {
  if (text.size() % 4 == 1) return {};
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char character : text) {
    const int digit = digits.at(static_cast<unsigned char>(character));
    if (digit < 0) return {};
    pending = (pending << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>((pending >> bits) & 0xffU));
    pending &= (1U << bits) - 1;
  }
  if (pending != 0) return {};
  return bytes;
}

}  // namespace

std::optional<std::string> DecodeBase64(std::string_view text) {
  static constexpr Digits kDigits = DigitsOf(kStandard);
  if (text.size() % 4 != 0) return {};
  if (text.ends_with("==")) {
    text.remove_suffix(2);
  } else if (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  return Decode(text, kDigits);
}

std::string EncodeBase64Url(std::string_view bytes) {
  std::string text;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char byte : bytes) {
    pending = (pending << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) text.push_back(kUrl[(pending >> (bits - 6)) & 0x3fU]);
  }
  if (bits > 0) text.push_back(kUrl[(pending << (6 - bits)) & 0x3fU]);
  return text;
}

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  static constexpr Digits kDigits = DigitsOf(kUrl);
  return Decode(text, kDigits);
}

}  // namespace synthetics::api
