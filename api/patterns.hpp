// The contract's patterns, in time linear in the text: no input makes matching slow.
#pragma once

#include <string_view>

namespace synthetics::api {

// Whether the whole text is of the pattern. The pattern is a literal: it is compiled once and kept.
bool MatchesPattern(std::string_view text, std::string_view pattern);

}  // namespace synthetics::api
