#include "server/version.hpp"

namespace synthetics::server {

std::string_view Version() { return SYNTHETICS_LOCAL_VERSION; }

}  // namespace synthetics::server
