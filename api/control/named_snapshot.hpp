// The states of the world that the process keeps by name.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "state/instant.hpp"
#include "state/random.hpp"

namespace synthetics::api {

struct NamedSnapshot {
  state::Instant at;  // by the emulator's clock
  std::string image;
  state::Random request_ids;  // what the world does not have in it
};
using NamedSnapshots = std::map<std::string, NamedSnapshot, std::less<>>;

}  // namespace synthetics::api
