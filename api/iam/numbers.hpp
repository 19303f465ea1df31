// Numbers and dates of conditions.
#pragma once

#include <optional>
#include <string_view>

namespace synthetics::api::iam {

// A decimal number that is finite; nothing for anything else.
std::optional<double> ParseNumber(std::string_view text);

// Milliseconds since 1970. Reads seconds since then, and ISO 8601: a date without a time, or a time
// without seconds or zone, as well. Years from 9000 on, to which no clock here comes, are the end
// of time.
std::optional<double> ParseDate(std::string_view text);

}  // namespace synthetics::api::iam
