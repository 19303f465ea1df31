// The settings: one table of flags, environment variables and defaults.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "api/options.hpp"
#include "server/log.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::server {

enum class Command {
  kServe,
  kHealth,  // ask a process that serves how it is
};

struct Settings {
  std::string host;
  std::string data_directory;
  state::Scope defaults;
  state::Beginning beginning;
  std::chrono::milliseconds idle_timeout{0};
  std::size_t max_connections = 0;
  std::vector<std::string> allowed_hosts;
  std::string runtimes_file;  // here and below, files: empty where there is none
  std::string load_file;
  std::string tls_certificate;
  std::string tls_key;
  std::string credentials_file;
  std::string admin_token;  // empty: none
  std::int64_t journal_size = 0;
  api::Quotas quotas;
  std::vector<api::Setting> sources;           // every setting, its value and where that came from
  std::vector<std::string> unknown_variables;  // named like a setting's, but there is none
  Command command = Command::kServe;
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kText;
  api::Auth auth = api::Auth::kOff;
  std::uint16_t port = 0;  // 0: any free one
  bool survives_power_loss = false;
  bool skips_missed_runs = false;
  bool is_self_signed = false;  // TLS with a certificate made at the start
  bool groups_die_at_home = false;
  bool is_lenient = false;
};

// What to say instead of serving: `--help`, `--version`, or a mistake.
struct Exit {
  int code = 0;
  std::string text;
};

using Environment = std::map<std::string, std::string>;

// That of this process.
Environment EnvironmentOf(const char* const* variables);

// A flag wins over an environment variable, `SYNTHETICS_LOCAL_PORT` over `PORT`, and an empty
// variable is none. Those that Kubernetes makes of a service with the program's name are none
// either. The seed is drawn where none is given. A mistake is an `Exit` with one line and code 2.
std::variant<Settings, Exit> ParseSettings(std::vector<std::string> arguments,
                                           const Environment& environment);

}  // namespace synthetics::server
