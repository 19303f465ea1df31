// What the process was started with, as far as answers depend on it.
#pragma once

#include <string>
#include <vector>

#include "state/scope.hpp"

namespace synthetics::api {

// A setting as `/_emulator/settings` tells it.
struct Setting {
  std::string name;
  std::string value;
  std::string source;  // default, environment or flag
};

struct Options {
  std::string version;
  state::Scope defaults;       // of requests without credentials
  std::string data_directory;  // empty: in memory
  std::vector<std::string> allowed_hosts;
  std::vector<Setting> settings;
};

}  // namespace synthetics::api
