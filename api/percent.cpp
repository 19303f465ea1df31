#include "api/percent.hpp"

#include <charconv>

namespace synthetics::api {

std::optional<std::string> DecodePercent(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus == PlusSign::kIsSpace) {
      decoded.push_back(' ');
    } else if (text[at] != '%') {
      decoded.push_back(text[at]);
    } else {
      unsigned byte = 0;
      const std::string_view digits = text.substr(at + 1, 2);
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
      if (error != std::errc{} || digits.size() != 2 || end != digits.data() + 2) return {};
      decoded.push_back(static_cast<char>(byte));
      at += 2;
    }
  }
  return decoded;
}

}  // namespace synthetics::api
