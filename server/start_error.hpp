// The process cannot start, for a reason that its user can mend; the text is one line.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>

namespace synthetics::server {

// One line, whatever the text quotes.
inline std::string OneLine(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char byte) { return byte < ' '; }, '?');
  return text;
}

class StartError : public std::runtime_error {
 public:
  explicit StartError(const std::string& what) : std::runtime_error(OneLine(what)) {}
};

}  // namespace synthetics::server
