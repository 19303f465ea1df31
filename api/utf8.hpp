// Texts that may or may not be UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace synthetics::api {

bool IsAscii(std::string_view text);

// Where the text first is not UTF-8; none where all of it is.
std::optional<std::size_t> FindBadByte(std::string_view text);

// The text, with U+FFFD where it is not UTF-8.
std::string AsUtf8(std::string_view text);

}  // namespace synthetics::api
