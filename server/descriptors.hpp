// How many files and connections the process may have open.
#pragma once

#include <cstddef>

namespace synthetics::server {

// Raises the limit to what is wanted, as far as the system lets it; it is never lowered. The limit
// that there then is.
std::size_t RaiseDescriptorLimit(std::size_t wanted);

}  // namespace synthetics::server
