// Files that settings name.
#pragma once

#include <string>

namespace synthetics::server {

// All of it. Throws `StartError` with the words for `what` it is where it cannot be read.
std::string ReadFile(const std::string& path, const std::string& what);

}  // namespace synthetics::server
