// What the process was started with, as far as answers depend on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/auth/credentials.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// A setting as `/_emulator/settings` tells it.
struct Setting {
  std::string name;
  std::string value;
  std::string source;  // default, environment or flag
};

// How many there can be; beyond, the service answers 402 (all documented).
struct Quotas {
  std::int64_t groups = 20;  // of an account
  std::int64_t canaries_of_group = 10;
  std::int64_t groups_of_canary = 10;
};

// What is asked of a request before it is answered.
enum class Auth {
  kOff,        // nothing: any credentials are good
  kSignature,  // that a principal has signed it
};

struct Options {
  std::string version;
  state::Scope defaults;       // of requests without credentials
  std::string data_directory;  // empty: in memory
  std::vector<std::string> allowed_hosts;
  std::vector<Setting> settings;
  Quotas quotas = {};
  // The service deletes a group in its home region only, which a test that has one emulator for
  // all regions seldom means.
  bool groups_die_at_home = false;
  std::int64_t journal_size = 1000;  // requests that are remembered
  bool is_lenient = false;  // runtime versions that nobody here knows are believed to be there
  Auth auth = Auth::kOff;
  Principals principals = {};
  std::string admin_token = {};  // empty: the control plane is open to all
};

}  // namespace synthetics::api
