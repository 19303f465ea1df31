// Lists of browsers as they stand in a column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "state/canary.hpp"

namespace synthetics::state {

// `CHROME,FIREFOX`; names that are none are passed over.
std::string FormatBrowsers(const std::vector<Browser>& browsers);
std::vector<Browser> ParseBrowsers(std::string_view text);

}  // namespace synthetics::state
