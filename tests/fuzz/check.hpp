// What has to hold of every input.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace synthetics::tests {

inline std::string_view TextOf(const std::uint8_t* data, std::size_t size) {
  // NOLINTNEXTLINE(*-reinterpret-cast): bytes are characters
  return size == 0 ? std::string_view{}
                   : std::string_view(reinterpret_cast<const char*>(data), size);
}

// Ends the process, which is how a fuzzer is told, and says what did not hold and of what.
inline void Expect(bool holds, std::string_view what, std::string_view of = {}) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n" << of << std::endl;
  std::abort();
}

// Cuts the text up to the separator, or all of it, off the front of `rest`.
inline std::string_view Cut(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + separator.size());
  return piece;
}

}  // namespace synthetics::tests
