#include "server/settings.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics;
using namespace synthetics::server;

namespace {

std::variant<Settings, Exit> Parse(const std::vector<std::string>& arguments,
                                   const Environment& variables = {}) {
  return ParseSettings(arguments, variables);
}

Settings Good(const std::vector<std::string>& arguments, const Environment& variables = {}) {
  return std::get<Settings>(Parse(arguments, variables));
}

std::string SourceOf(const Settings& settings, const std::string& name) {
  for (const api::Setting& setting : settings.sources) {
    if (setting.name == name) return setting.value + " by " + setting.source;
  }
  return "not there";
}

}  // namespace

TEST_CASE("Settings: the defaults") {
  const Settings settings = Good({});
  REQUIRE(settings.command == Command::kServe);
  REQUIRE(settings.host == "127.0.0.1");
  REQUIRE(settings.port == 4566);
  REQUIRE(settings.defaults == state::Scope{.account = "123456789012", .region = "us-east-1"});
  REQUIRE(settings.idle_timeout == std::chrono::seconds{60});
  REQUIRE(settings.max_connections == 4000);
  REQUIRE(settings.beginning.mode == state::ClockMode::kRunning);
  REQUIRE(SourceOf(settings, "port") == "4566 by default");
}

TEST_CASE("Settings: a health check takes options before and behind it") {
  for (const auto& arguments : {std::vector<std::string>{"health", "--port", "4599"},
                                std::vector<std::string>{"--port", "4599", "health"}}) {
    const Settings settings = Good(arguments);
    REQUIRE(settings.command == Command::kHealth);
    REQUIRE(settings.port == 4599);
  }
  REQUIRE(std::get<Exit>(Parse({"healthy"})).code == 2);
}

TEST_CASE("Settings: what requests are held to") {
  const Settings defaults = Good({});
  REQUIRE_FALSE(defaults.is_lenient);
  REQUIRE_FALSE(defaults.groups_die_at_home);
  REQUIRE(defaults.quotas.groups == 20);
  const Settings set =
      Good({"--validation", "lenient", "--group-deletion", "home", "--quota-groups", "1",
            "--quota-group-canaries", "2", "--quota-canary-groups", "3", "--runtimes", "list.json",
            "--load", "seed.json"});
  REQUIRE(set.is_lenient);
  REQUIRE(set.groups_die_at_home);
  REQUIRE(set.quotas.groups == 1);
  REQUIRE(set.quotas.canaries_of_group == 2);
  REQUIRE(set.quotas.groups_of_canary == 3);
  REQUIRE(set.runtimes_file == "list.json");
  REQUIRE(set.load_file == "seed.json");
}

TEST_CASE("Settings: TLS is off, by files or self-signed, and not by both") {
  REQUIRE_FALSE(Good({}).is_self_signed);
  REQUIRE(Good({"--tls", "self-signed"}).is_self_signed);
  const Settings files = Good({"--tls-cert", "cert.pem", "--tls-key", "key.pem"});
  REQUIRE(files.tls_certificate == "cert.pem");
  REQUIRE(files.tls_key == "key.pem");
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--tls-cert", "cert.pem"},
        {"--tls-key", "key.pem"},
        {"--tls", "self-signed", "--tls-cert", "cert.pem", "--tls-key", "key.pem"},
        {"--tls", "self-signed", "--tls-key", "key.pem"},
        {"--tls", "on"}}) {
    REQUIRE(std::get<Exit>(Parse(wrong)).code == 2);
  }
}

TEST_CASE("Settings: a flag wins over the long variable, and that over the short one") {
  const Environment both{{"SYNTHETICS_LOCAL_PORT", "1"}, {"PORT", "2"}};
  REQUIRE(Good({"--port", "3"}, both).port == 3);
  REQUIRE(Good({}, both).port == 1);
  REQUIRE(Good({}, {{"PORT", "2"}}).port == 2);
  REQUIRE(Good({}, {{"SYNTHETICS_LOCAL_PORT", ""}}).port == 4566);
  REQUIRE(SourceOf(Good({"--port=3"}, both), "port") == "3 by flag");
  REQUIRE(SourceOf(Good({}, both), "port") == "1 by environment");
}

TEST_CASE("Settings: the clock is running, frozen, frozen at an instant, or fast") {
  REQUIRE(Good({"--clock", "frozen"}).beginning.mode == state::ClockMode::kFrozen);
  const auto at = Good({"--clock", "2026-01-01T00:00:00Z"}).beginning;
  REQUIRE(at.mode == state::ClockMode::kFrozen);
  REQUIRE(state::ToIso(at.now.value()) == "2026-01-01T00:00:00Z");
  const auto fast = Good({"--clock", "x60"}).beginning;
  REQUIRE(fast.mode == state::ClockMode::kRunning);
  REQUIRE(fast.speed == 60);
}

TEST_CASE("Settings: a mistake is one line that names option and value, and exit code 2") {
  const std::vector<std::string> arguments = GENERATE(
      as<std::vector<std::string>>{}, std::vector<std::string>{"--port", "66000"},
      std::vector<std::string>{"--port", "x"}, std::vector<std::string>{"--host", "example.com"},
      std::vector<std::string>{"--account", "12"}, std::vector<std::string>{"--region", "US East"},
      std::vector<std::string>{"--clock", "yesterday"}, std::vector<std::string>{"--clock", "x0"},
      std::vector<std::string>{"--seed", "-1"}, std::vector<std::string>{"--transitions", "slow"},
      std::vector<std::string>{"--idle-timeout", "0"},
      std::vector<std::string>{"--max-connections", "0"},
      std::vector<std::string>{"--max-connections", "-1"},
      std::vector<std::string>{"--validation", "loose"},
      std::vector<std::string>{"--group-deletion", "nowhere"},
      std::vector<std::string>{"--quota-groups", "-1"},
      std::vector<std::string>{"--log-level", "loud"},
      std::vector<std::string>{"--auth", "perhaps"},
      std::vector<std::string>{"--log-format", "xml"});
  const auto exit = std::get<Exit>(Parse(arguments));
  REQUIRE(exit.code == 2);
  REQUIRE(exit.text.find('\n') == std::string::npos);
  REQUIRE(exit.text.find(arguments[0]) != std::string::npos);
  REQUIRE(exit.text.find("'" + arguments[1] + "'") != std::string::npos);
}

TEST_CASE("Settings: signatures need credentials to verify them by") {
  REQUIRE(Good({}).auth == api::Auth::kOff);
  const Settings set = Good({"--auth", "signature", "--credentials", "keys.json"});
  REQUIRE(set.auth == api::Auth::kSignature);
  REQUIRE(set.credentials_file == "keys.json");
  const auto exit = std::get<Exit>(Parse({"--auth", "signature"}));
  REQUIRE(exit.code == 2);
  REQUIRE(exit.text.find("--credentials") != std::string::npos);
}

TEST_CASE("Settings: the admin token is shown to nobody") {
  const Settings settings = Good({}, {{"ADMIN_TOKEN", "hush"}});
  REQUIRE(settings.admin_token == "hush");
  REQUIRE(SourceOf(settings, "admin-token") == "<hidden> by environment");
  REQUIRE(SourceOf(Good({}), "admin-token") == " by default");
  const auto exit = std::get<Exit>(Parse({"--admin-token", "hu sh"}));
  REQUIRE(exit.code == 2);
  REQUIRE(exit.text.find("hu sh") == std::string::npos);
}

TEST_CASE("Settings: an option that does not exist, or has no value, is a mistake") {
  REQUIRE(std::get<Exit>(Parse({"--prot", "1"})).code == 2);
  REQUIRE(std::get<Exit>(Parse({"--port"})).code == 2);
  REQUIRE(std::get<Exit>(Parse({"serve"})).code == 2);
}

TEST_CASE("Settings: help and version are no mistakes, and help knows every setting") {
  REQUIRE(std::get<Exit>(Parse({"--version"})).code == 0);
  const auto help = std::get<Exit>(Parse({"--help"}));
  REQUIRE(help.code == 0);
  for (const api::Setting& setting : Good({}).sources) {
    REQUIRE(help.text.find("--" + setting.name) != std::string::npos);
  }
}

TEST_CASE("Settings: without a seed one is drawn") {
  REQUIRE(Good({"--seed", "7"}).beginning.seed == 7);
  REQUIRE(Good({}).beginning.seed != Good({}).beginning.seed);
}

TEST_CASE("Settings: a variable that is named like a setting's but is none is told") {
  const Settings settings = Good({}, {{"SYNTHETICS_LOCAL_PROT", "4599"},
                                      {"SYNTHETICS_LOCAL_LOG_LEVEL", "debug"},
                                      {"SYNTHETICS_LOCAL_", ""},
                                      {"PROT", "4599"}});
  REQUIRE(settings.unknown_variables ==
          std::vector<std::string>{"SYNTHETICS_LOCAL_", "SYNTHETICS_LOCAL_PROT"});
}

TEST_CASE("Settings: what Kubernetes says of a service of the same name is no setting") {
  const Environment links{{"SYNTHETICS_LOCAL_PORT", "tcp://10.0.0.7:4566"},
                          {"SYNTHETICS_LOCAL_PORT_4566_TCP", "tcp://10.0.0.7:4566"},
                          {"SYNTHETICS_LOCAL_PORT_4566_TCP_PORT", "4566"},
                          {"SYNTHETICS_LOCAL_SERVICE_HOST", "10.0.0.7"},
                          {"SYNTHETICS_LOCAL_SERVICE_PORT", "4566"},
                          {"PORT", "4599"}};
  const Settings settings = Good({}, links);
  REQUIRE(settings.port == 4599);
  REQUIRE(settings.unknown_variables.empty());
}

TEST_CASE("Settings: the environment of a process") {
  const char* const variables[] = {"PORT=4599", "EMPTY=", "ODD", "TWO=a=b", nullptr};
  REQUIRE(EnvironmentOf(variables) ==
          Environment{{"EMPTY", ""}, {"ODD", ""}, {"PORT", "4599"}, {"TWO", "a=b"}});
}
