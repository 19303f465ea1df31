// Percent-encoding of paths and queries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace synthetics::api {

enum class PlusSign { kIsPlus, kIsSpace };

// Nothing for a `%` without two hexadecimal digits behind it.
std::optional<std::string> DecodePercent(std::string_view text, PlusSign plus = PlusSign::kIsPlus);

}  // namespace synthetics::api
