// Letters of ASCII, whatever the locale: of hosts, headers and policies none other have a case, and
// a locale's idea of a letter would cost a tenth of an answer.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace synthetics::api {

constexpr char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string Lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), Lower);
  return lower;
}

inline bool EqualsIgnoringCase(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, Lower, Lower);
}

}  // namespace synthetics::api
