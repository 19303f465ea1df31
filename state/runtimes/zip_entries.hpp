// What is in a zip, by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synthetics::state {

// The names of a zip's entries as they stand in its directory; those of folders end with a slash.
// None of what is no zip, and those up to the damage of one that is broken.
std::vector<std::string> EntriesOf(std::string_view zip);

}  // namespace synthetics::state
