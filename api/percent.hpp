// Percent-encoding of paths and queries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace synthetics::api {

enum class PlusSign { kIsPlus, kIsSpace };

// Nothing for a `%` without two hexadecimal digits behind it.
std::optional<std::string> DecodePercent(std::string_view text, PlusSign plus = PlusSign::kIsPlus);

// Encodes all but letters, digits, `-_.~` and what is to be kept, with capital digits.
std::string EncodePercent(std::string_view text, std::string_view kept = {});

}  // namespace synthetics::api
