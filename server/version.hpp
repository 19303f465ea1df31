// The version, which stands in CMakeLists.txt and nowhere else.
#pragma once

#include <string_view>

namespace synthetics::server {

std::string_view Version();

}  // namespace synthetics::server
