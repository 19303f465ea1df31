#include "server/settings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>
#include <random>
#include <sstream>

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>

#include "server/start_error.hpp"
#include "server/version.hpp"
#include "state/names.hpp"

namespace synthetics::server {
namespace {

// Takes a value over into the settings; false where it is none of its kind.
using Apply = bool (*)(Settings& settings, const std::string& value);

struct Row {
  std::string_view name;
  std::string_view placeholder;
  std::string_view default_value;
  std::string_view help;
  Apply apply;
  std::string_view mounted = {};  // a file that is taken where nothing is said and it is there
  bool is_secret = false;         // shown to nobody
};

template <class Number>
bool ParseNumber(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end;
}

bool ApplyHost(Settings& settings, const std::string& value) {
  boost::system::error_code error;
  settings.host = value == "localhost" ? "127.0.0.1" : value;
  boost::asio::ip::make_address(settings.host, error);
  return !error;
}

bool ApplyAccount(Settings& settings, const std::string& value) {
  settings.defaults.account = value;
  return value.size() == 12 && value.find_first_not_of("0123456789") == std::string::npos;
}

bool ApplyRegion(Settings& settings, const std::string& value) {
  settings.defaults.region = value;
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !value.empty() && value.find_first_not_of(kCharacters) == std::string::npos;
}

bool ApplySeed(Settings& settings, const std::string& value) {
  if (!value.empty()) return ParseNumber(value, settings.beginning.seed);
  // Short enough to be typed again.
  settings.beginning.seed = std::random_device{}();
  return true;
}

bool ApplyClock(Settings& settings, const std::string& value) {
  state::Beginning& beginning = settings.beginning;
  if (const auto mode = state::ParseClockMode(value)) {
    beginning.mode = *mode;
    return true;
  }
  if (value.starts_with('x')) {
    return ParseNumber(value.substr(1), beginning.speed) && state::IsSpeed(beginning.speed);
  }
  beginning.mode = state::ClockMode::kFrozen;
  beginning.now = state::ParseIso(value);
  return beginning.now.has_value();
}

bool ApplyTransitions(Settings& settings, const std::string& value) {
  const auto profile = state::ParseProfile(value);
  settings.beginning.profile = profile.value_or(state::Profile::kFast);
  return profile.has_value();
}

bool ApplyIdleTimeout(Settings& settings, const std::string& value) {
  double seconds = 0;
  if (!ParseNumber(value, seconds) || !(seconds > 0 && seconds <= 86'400)) return false;
  settings.idle_timeout = std::chrono::milliseconds{std::llround(seconds * 1000)};
  return true;
}

bool ApplyMaxConnections(Settings& settings, const std::string& value) {
  constexpr std::size_t kMost = 1'000'000;
  std::size_t& most = settings.max_connections;
  return ParseNumber(value, most) && most > 0 && most <= kMost;
}

bool ApplyAllowedHosts(Settings& settings, const std::string& value) {
  std::istringstream names(value);
  for (std::string name; std::getline(names, name, ',');) settings.allowed_hosts.push_back(name);
  return true;
}

// Sets the flag where the value is the second of two. False where it is neither.
bool ApplyChoice(bool& flag, const std::string& value, std::string_view first,
                 std::string_view second) {
  flag = value == second;
  return flag || value == first;
}

constexpr state::NameTable<api::Auth, 4> kAuth{{
    {api::Auth::kOff, "off"},
    {api::Auth::kSignature, "signature"},
    {api::Auth::kIam, "iam"},
    {api::Auth::kAudit, "audit"},
}};

bool ApplyAuth(Settings& settings, const std::string& value) {
  const auto auth = state::ValueIn(kAuth, value);
  settings.auth = auth.value_or(api::Auth::kOff);
  return auth.has_value();
}

// What a header can carry.
bool ApplyAdminToken(Settings& settings, const std::string& value) {
  settings.admin_token = value;
  return std::ranges::all_of(value, [](char byte) { return byte > ' ' && byte <= '~'; });
}

template <std::int64_t api::Quotas::*kQuota>
bool ApplyQuota(Settings& settings, const std::string& value) {
  std::int64_t& quota = settings.quotas.*kQuota;
  return ParseNumber(value, quota) && quota >= 0;
}

bool ApplyJournalSize(Settings& settings, const std::string& value) {
  constexpr std::int64_t kMost = 100'000;
  std::int64_t& size = settings.journal_size;
  return ParseNumber(value, size) && size >= 0 && size <= kMost;
}

bool ApplyLogLevel(Settings& settings, const std::string& value) {
  const auto level = ParseLogLevel(value);
  settings.log_level = level.value_or(LogLevel::kInfo);
  return level.has_value();
}

bool ApplyLogFormat(Settings& settings, const std::string& value) {
  const auto format = ParseLogFormat(value);
  settings.log_format = format.value_or(LogFormat::kText);
  return format.has_value();
}

// clang-format off
constexpr std::array kRows{
    Row{"host",          "ADDRESS",    "127.0.0.1",    "IP address to listen on",                                         &ApplyHost},
    Row{"port",          "PORT",       "4566",         "Port to listen on; 0 picks a free one",
        [](Settings& settings, const std::string& value) { return ParseNumber(value, settings.port); }},
    Row{"data",          "DIR",        "",             "Directory to keep all state in; in memory without one",
        [](Settings& settings, const std::string& value) { settings.data_directory = value; return true; }},
    Row{"durability",    "LEVEL",      "process",      "What survives in --data's directory: process, the end of the process however it ends, or full, a loss of power too",
        [](Settings& settings, const std::string& value) { return ApplyChoice(settings.survives_power_loss, value, "process", "full"); }},
    Row{"load",          "FILE",       "",             "Snapshot, or JSON file of canaries and groups, to begin with; not loaded over what --data has kept; without one, /etc/synthetics-local/seed.json where there is one",
        [](Settings& settings, const std::string& value) { settings.load_file = value; return true; }, "/etc/synthetics-local/seed.json"},
    Row{"account",       "ID",         "123456789012", "Account of requests whose access key is not one (12 digits)",     &ApplyAccount},
    Row{"region",        "NAME",       "us-east-1",    "Region of requests without credentials",                          &ApplyRegion},
    Row{"clock",         "CLOCK",      "running",      "Clock of a new world: running, frozen, frozen at an instant such as 2026-01-01T00:00:00Z, or running at a speed such as x60", &ApplyClock},
    Row{"catch-up",      "RULE",       "all",          "Runs that were due while the host slept, or --data was not in use, for an hour or more: all of them happen, or skip",
        [](Settings& settings, const std::string& value) { return ApplyChoice(settings.skips_missed_runs, value, "all", "skip"); }},
    Row{"seed",          "NUMBER",     "",             "Seed of everything that is left to chance; drawn and printed without one", &ApplySeed},
    Row{"transitions",   "PROFILE",    "fast",         "How long states such as CREATING last: instant, fast or realistic", &ApplyTransitions},
    Row{"validation",    "MODE",       "strict",       "strict, or lenient, which takes any syn-... for a runtime version",
        [](Settings& settings, const std::string& value) { return ApplyChoice(settings.is_lenient, value, "strict", "lenient"); }},
    Row{"runtimes",      "FILE",       "",             "JSON file of the runtime versions there are, as describe-runtime-versions prints them; a built-in list without one",
        [](Settings& settings, const std::string& value) { settings.runtimes_file = value; return true; }},
    Row{"group-deletion", "WHERE",     "anywhere",     "Where a group can be deleted: anywhere, or home, its home region only (as with AWS)",
        [](Settings& settings, const std::string& value) { return ApplyChoice(settings.groups_die_at_home, value, "anywhere", "home"); }},
    Row{"quota-groups",  "NUMBER",     "20",           "Groups that an account can have",                                 &ApplyQuota<&api::Quotas::groups>},
    Row{"quota-group-canaries", "NUMBER", "10",        "Canaries that a group can have",                                  &ApplyQuota<&api::Quotas::canaries_of_group>},
    Row{"quota-canary-groups", "NUMBER", "10",         "Groups that a canary can be in",                                  &ApplyQuota<&api::Quotas::groups_of_canary>},
    Row{"allowed-hosts", "NAME,...",   "",             "Names under which it may be addressed, besides localhost and IP addresses", &ApplyAllowedHosts},
    Row{"tls",           "MODE",       "off",          "off, or self-signed: TLS with a certificate by a throwaway authority, which is printed and at /_emulator/tls/ca.pem",
        [](Settings& settings, const std::string& value) { return ApplyChoice(settings.is_self_signed, value, "off", "self-signed"); }},
    Row{"tls-cert",      "FILE",       "",             "PEM file of the certificate to speak TLS with, and of what leads from it to an authority",
        [](Settings& settings, const std::string& value) { settings.tls_certificate = value; return true; }},
    Row{"tls-key",       "FILE",       "",             "PEM file of that certificate's key, not encrypted",
        [](Settings& settings, const std::string& value) { settings.tls_key = value; return true; }},
    Row{"auth",          "MODE",       "off",          "off; signature: every request has to be signed by one of --credentials; iam: whose policies have to allow it, too; audit: or else it is told", &ApplyAuth},
    Row{"credentials",   "FILE",       "",             "JSON file of who may sign requests",
        [](Settings& settings, const std::string& value) { settings.credentials_file = value; return true; }},
    Row{"admin-token",   "TOKEN",      "",             "What /_emulator asks of other machines than this one, but for its health; nothing without one", &ApplyAdminToken, {}, true},
    Row{"idle-timeout",  "SECONDS",    "60",           "How long a connection may keep a request waiting",                &ApplyIdleTimeout},
    Row{"max-connections", "NUMBER",  "4000",         "Connections at a time; whoever opens one more is answered with a 503", &ApplyMaxConnections},
    Row{"journal-size",  "NUMBER",     "1000",         "Requests that /_emulator/requests remembers; 0: none",            &ApplyJournalSize},
    Row{"log-level",     "LEVEL",      "info",         "debug, info, warning, error or off",                              &ApplyLogLevel},
    Row{"log-format",    "FORMAT",     "text",         "text or json",                                                    &ApplyLogFormat},
};
// clang-format on

constexpr std::string_view kPrefix = "SYNTHETICS_LOCAL_";

std::string VariableName(std::string_view setting) {
  std::string name;
  for (const char character : setting) {
    name.push_back(character == '-' ? '_' : static_cast<char>(std::toupper(character)));
  }
  return name;
}

struct Found {
  std::string value;
  std::string source;  // default, environment or flag
  std::string name;    // of the flag or variable
};

Found Find(const Row& row, const CLI::Option& option, const Environment& environment) {
  if (option.count() > 0) {
    return {option.as<std::string>(), "flag", "--" + std::string(row.name)};
  }
  for (const std::string_view prefix : {kPrefix, std::string_view{}}) {
    const std::string variable = std::string(prefix) + VariableName(row.name);
    const auto found = environment.find(variable);
    if (found != environment.end() && !found->second.empty()) {
      return {found->second, "environment", variable};
    }
  }
  if (!row.mounted.empty() && std::filesystem::exists(row.mounted)) {
    return {std::string(row.mounted), "default", std::string(row.mounted)};
  }
  return {std::string(row.default_value), "default", {}};
}

// Kubernetes tells each container of a namespace where its services are. Of a service that is
// called synthetics-local it says so in SYNTHETICS_LOCAL_PORT=tcp://10.0.0.7:4566 and others that
// begin like these, none of which is meant for us.
Environment WithoutServiceLinks(Environment environment) {
  const auto port = environment.find(std::string(kPrefix) + "PORT");
  if (port == environment.end() || port->second.find("://") == std::string::npos) {
    return environment;
  }
  std::erase_if(environment, [](const auto& variable) {
    const std::string_view name = variable.first;
    return name.starts_with(kPrefix) && (name.substr(kPrefix.size()).starts_with("PORT") ||
                                         name.substr(kPrefix.size()).starts_with("SERVICE_"));
  });
  return environment;
}

std::vector<std::string> UnknownVariables(const Environment& environment) {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : environment) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string_view rest = std::string_view(name).substr(kPrefix.size());
    if (std::ranges::none_of(kRows,
                             [&](const Row& row) { return VariableName(row.name) == rest; })) {
      unknown.push_back(name);
    }
  }
  return unknown;
}

std::optional<std::string> ContradictionIn(const Settings& settings) {
  const bool has_certificate = !settings.tls_certificate.empty();
  if (settings.is_self_signed && has_certificate)
    return "--tls self-signed and --tls-cert exclude each other";
  if (has_certificate != !settings.tls_key.empty())
    return "--tls-cert and --tls-key need each other";
  return {};
}

// What may be shown of a value.
std::string Shown(const Row& row, const std::string& value) {
  return row.is_secret && !value.empty() ? "<hidden>" : value;
}

Exit Mistake(const std::string& what) { return {2, OneLine("synthetics-local: " + what)}; }

}  // namespace

Environment EnvironmentOf(const char* const* variables) {
  Environment environment;
  for (; *variables != nullptr; ++variables) {
    const std::string_view variable = *variables;
    const auto end = std::min(variable.find('='), variable.size());
    environment.emplace(variable.substr(0, end),
                        variable.substr(std::min(end + 1, variable.size())));
  }
  return environment;
}

std::variant<Settings, Exit> ParseSettings(std::vector<std::string> arguments,
                                           const Environment& environment) {
  const Environment variables = WithoutServiceLinks(environment);
  CLI::App app("The local double of Amazon CloudWatch Synthetics.", "synthetics-local");
  app.set_version_flag("--version", "synthetics-local " + std::string(Version()));
  app.footer(
      "Each option is an environment variable too: --log-level is SYNTHETICS_LOCAL_LOG_LEVEL\n"
      "or LOG_LEVEL. An option wins over both, the longer name over the shorter.");
  std::array<CLI::Option*, kRows.size()> options{};
  for (std::size_t index = 0; index < kRows.size(); ++index) {
    const Row& row = kRows.at(index);
    auto* const option = app.add_option("--" + std::string(row.name));
    option->description(std::string(row.help))
        ->type_name(std::string(row.placeholder))
        ->default_str(std::string(row.default_value))
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    options.at(index) = option;
  }
  const auto* const health =
      app.add_subcommand(
             "health",
             "Ask the process that serves at this host and port how it is; exit code 0: well")
          ->fallthrough();
  try {
    std::ranges::reverse(arguments);  // as CLI11 wants them
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Exit{0, app.help()};
  } catch (const CLI::CallForVersion&) {
    return Exit{0, app.version()};
  } catch (const CLI::ParseError& error) {
    return Mistake(error.what());
  }

  Settings settings;
  settings.unknown_variables = UnknownVariables(variables);
  if (health->parsed()) settings.command = Command::kHealth;
  for (std::size_t index = 0; index < kRows.size(); ++index) {
    const Row& row = kRows.at(index);
    const Found found = Find(row, *options.at(index), variables);
    if (!row.apply(settings, found.value)) {
      return Mistake("'" + Shown(row, found.value) + "' is not good for " + found.name + ": " +
                     std::string(row.help));
    }
    settings.sources.push_back({std::string(row.name), Shown(row, found.value), found.source});
  }
  if (settings.auth != api::Auth::kOff && settings.credentials_file.empty()) {
    return Mistake("--auth needs --credentials, unless it is off");
  }
  if (const auto contradiction = ContradictionIn(settings)) return Mistake(*contradiction);
  return settings;
}

}  // namespace synthetics::server
