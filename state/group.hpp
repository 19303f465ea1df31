// A group: canaries of one account that belong together, whatever their regions.
#pragma once

#include <cstdint>
#include <string>

#include "state/instant.hpp"

namespace synthetics::state {

struct Group {
  std::int64_t key = 0;  // of its row
  std::string account;
  std::string home_region;  // where it was made, and which its ARN shows
  std::string id;
  std::string name;
  Instant created;
  Instant last_modified;
};

}  // namespace synthetics::state
