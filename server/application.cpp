#include "server/application.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/host_name.hpp>
#include <boost/asio/steady_timer.hpp>

#include "api/auth/credentials.hpp"
#include "api/control/load.hpp"
#include "api/gateway.hpp"
#include "api/runtime_file.hpp"
#include "server/descriptors.hpp"
#include "server/listener.hpp"
#include "server/log.hpp"
#include "server/signals.hpp"
#include "server/start_error.hpp"
#include "server/system_clock.hpp"
#include "server/ticker.hpp"
#include "server/tls_certificate.hpp"
#include "server/tls_config.hpp"
#include "server/version.hpp"
#include "state/runtimes/catalogue.hpp"
#include "state/sqlite/database.hpp"
#include "state/sqlite/schema.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
using state::sqlite::Database;
using state::sqlite::Durability;

constexpr std::string_view kDatabaseFile = "synthetics-local.db";

// How long a signal lets requests finish. The rest of its second is for closing the data.
constexpr std::chrono::milliseconds kDrainTime{800};

Database OpenDatabase(const std::string& directory, Durability durability) {
  if (directory.empty()) return Database::InMemory();
  std::filesystem::create_directories(directory);
  return Database::InFile((std::filesystem::path(directory) / kDatabaseFile).string(), durability);
}

// SQLite's words for damage may have the file's bytes in them.
std::string Why(const state::sqlite::Error& error) {
  if (error.IsBusy()) return "another process uses it";
  if (error.IsDamage()) return "it is damaged";
  return error.what();
}

// Opens and migrates; what is wrong with the directory is the user's to mend.
class Storage {
 public:
  Storage(const std::string& directory, Durability durability) try
      : database_(OpenDatabase(directory, durability)) {
    state::sqlite::CheckFile(database_);
    state::sqlite::Migrate(database_);
  } catch (const state::sqlite::Error& error) {
    throw StartError("cannot use the data directory '" + directory + "': " + Why(error));
  } catch (const std::exception& error) {
    throw StartError("cannot use the data directory '" + directory + "': " + error.what());
  }

  Database& database() { return database_; }

 private:
  Database database_;
};

// `what` it is, for the message.
std::string ReadFile(const std::string& path, const std::string& what) {
  std::ifstream file(path, std::ios::binary);
  // A directory can be opened, and not be read.
  if (!file || std::filesystem::is_directory(path)) {
    throw StartError("cannot read the " + what + " '" + path + "'");
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<state::RuntimeVersion> ReadRuntimes(const std::string& path) {
  if (path.empty()) return state::RuntimeCatalogue();
  auto versions = api::ParseRuntimeFile(ReadFile(path, "runtimes file"));
  if (!versions) {
    throw StartError("cannot use the runtimes file '" + path + "': " + versions.error().message);
  }
  return *std::move(versions);
}

// Where a client may look for it.
std::vector<std::string> NamesOf(const Settings& settings) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1", asio::ip::host_name()};
  if (!asio::ip::make_address(settings.host).is_unspecified()) names.push_back(settings.host);
  names.insert(names.end(), settings.allowed_hosts.begin(), settings.allowed_hosts.end());
  std::erase(names, "");
  return names;
}

// What connections are encrypted with, if they are.
class Encryption {
 public:
  explicit Encryption(const Settings& settings) {
    if (settings.is_self_signed) {
      MadeCertificate made = MakeCertificate(NamesOf(settings));
      config_.emplace(made.certificate, made.key);
      authority_ = std::move(made.authority);
    } else if (!settings.tls_certificate.empty()) {
      Read(settings.tls_certificate, settings.tls_key);
    }
  }

  const TlsConfig* config() const { return config_ ? &*config_ : nullptr; }
  // PEM; empty where it is none of ours.
  const std::string& authority() const { return authority_; }

 private:
  void Read(const std::string& certificate, const std::string& key) {
    const std::string certificate_text = ReadFile(certificate, "certificate");
    const std::string key_text = ReadFile(key, "key");
    try {
      config_.emplace(certificate_text, key_text);
    } catch (const std::runtime_error& error) {
      throw StartError("cannot use the certificate '" + certificate + "' with the key '" + key +
                       "': " + error.what());
    }
  }

  std::optional<TlsConfig> config_;
  std::string authority_;
};

api::Principals ReadPrincipals(const std::string& path) {
  if (path.empty()) return {};
  auto principals = api::ParseCredentials(ReadFile(path, "credentials file"));
  if (!principals) {
    throw StartError("cannot use the credentials file '" + path +
                     "': " + principals.error().message);
  }
  return *std::move(principals);
}

// With the seed of the world that there is: one that was kept or loaded has its own.
std::vector<api::Setting> SettingsInForce(const Settings& settings, std::uint64_t seed) {
  auto sources = settings.sources;
  api::Setting& setting = *std::ranges::find(sources, "seed", &api::Setting::name);
  if (setting.value != std::to_string(seed)) {
    setting.value = std::to_string(seed);
    setting.source = "file";
  }
  return sources;
}

api::Options OptionsOf(const Settings& settings, std::vector<api::Setting> in_force,
                       api::Principals principals, std::string tls_authority = {}) {
  return {.version = std::string(Version()),
          .defaults = settings.defaults,
          .data_directory = settings.data_directory,
          .allowed_hosts = settings.allowed_hosts,
          .settings = std::move(in_force),
          .tls_authority = std::move(tls_authority),
          .quotas = settings.quotas,
          .groups_die_at_home = settings.groups_die_at_home,
          .journal_size = settings.journal_size,
          .is_lenient = settings.is_lenient,
          .auth = settings.auth,
          .principals = std::move(principals),
          .admin_token = settings.admin_token};
}

// What a user who starts the same command again has done meanwhile is not to be lost.
void Load(state::Engine& engine, const Settings& settings) {
  const std::string& path = settings.load_file;
  if (path.empty()) return;
  if (api::HasResources(engine)) {
    Log(LogLevel::kInfo, "Not loaded: the data directory has canaries or groups already",
        {{"file", path}, {"data", settings.data_directory}});
    return;
  }
  const std::string file = ReadFile(path, "file to load");
  if (const auto refusal = api::LoadFile(engine, OptionsOf(settings, {}, {}), file)) {
    throw StartError("cannot load '" + path + "': " + refusal->message);
  }
  Log(LogLevel::kInfo, "Loaded", {{"file", path}});
}

// As many as are wanted, or as the process can have; at least one.
std::size_t ConnectionsThatFit(std::size_t wanted) {
  // The database's files, the log, what Asio waits with, and some to spare.
  constexpr std::size_t kOthers = 64;
  const std::size_t reserved = Listener::kMostRefused + kOthers;
  const std::size_t descriptors = RaiseDescriptorLimit(wanted + reserved);
  if (descriptors >= wanted + reserved) return wanted;
  const std::size_t fit = descriptors > reserved ? descriptors - reserved : 1;
  Log(LogLevel::kWarning, "Fewer connections than --max-connections, for want of file descriptors",
      {{"connections", static_cast<std::int64_t>(fit)},
       {"descriptors", static_cast<std::int64_t>(descriptors)}});
  return fit;
}

// The state as the first request finds it.
class World {
 public:
  explicit World(const Settings& settings)
      : storage_(settings.data_directory,
                 settings.survives_power_loss ? Durability::kFull : Durability::kProcess),
        engine_(storage_.database(), clock_, settings.beginning,
                ReadRuntimes(settings.runtimes_file)) {
    if (settings.skips_missed_runs) engine_.SkipMissedRuns();
    Load(engine_, settings);
  }

  const SystemClock& clock() const { return clock_; }
  state::Engine& engine() { return engine_; }

 private:
  SystemClock clock_;
  Storage storage_;
  state::Engine engine_;
};

class Application {
 public:
  explicit Application(const Settings& settings)
      : encryption_(settings),
        world_(settings),
        settings_(SettingsInForce(settings, world_.engine().world().seed)),
        gateway_(world_.engine(), world_.clock(),
                 OptionsOf(settings, settings_, ReadPrincipals(settings.credentials_file),
                           encryption_.authority())),
        ticker_(context_, world_.engine()),
        listener_(context_, settings.host, settings.port,
                  ConnectionsThatFit(settings.max_connections),
                  {.gateway = gateway_,
                   .idle_timeout = settings.idle_timeout,
                   .after_request = [this] { ticker_.Rearm(); },
                   .tls = encryption_.config(),
                   .keeps_headers = settings.auth != api::Auth::kOff},
                  [this] { context_.stop(); }),
        drain_(context_),
        stop_signal_(context_, [this](int signal) { Drain(signal); }) {}

  void Run() {
    for (const auto& [name, value, source] : settings_) {
      Log(LogLevel::kDebug, "Setting", {{"name", name}, {"value", value}, {"source", source}});
    }
    listener_.Start();
    ticker_.Rearm();
    std::cout << encryption_.authority() << "synthetics-local " << Version() << " on "
              << listener_.Url() << " (seed " << world_.engine().world().seed << ")\nReady."
              << std::endl;
    context_.run();
    Log(LogLevel::kInfo, "Stopped");
  }

 private:
  void Drain(int signal) {
    Log(LogLevel::kInfo, "Stopping", {{"signal", std::int64_t{signal}}});
    drain_.expires_after(kDrainTime);
    drain_.async_wait([this](const boost::system::error_code& /*error*/) { context_.stop(); });
    ticker_.Stop();
    listener_.Stop();
  }

  Encryption encryption_;
  World world_;
  std::vector<api::Setting> settings_;
  api::Gateway gateway_;
  // Below what its handlers refer to: it destroys those that a hard stop leaves.
  asio::io_context context_{1};
  Ticker ticker_;
  Listener listener_;
  asio::steady_timer drain_;
  StopSignal stop_signal_;
};

// Whatever goes wrong before anything is served is a mistake of the start's.
std::unique_ptr<Application> Build(const Settings& settings) {
  try {
    return std::make_unique<Application>(settings);
  } catch (const StartError&) {
    throw;
  } catch (const std::exception& error) {
    const std::string with = settings.data_directory.empty()
                                 ? std::string()
                                 : " with the data directory '" + settings.data_directory + "'";
    throw StartError("cannot start" + with + ": " + error.what());
  }
}

}  // namespace

void Serve(const Settings& settings) {
  BeginSignals();
  const auto application = Build(settings);
  for (const std::string& variable : settings.unknown_variables) {
    Log(LogLevel::kWarning, "No setting has this variable", {{"variable", variable}});
  }
  application->Run();
}

}  // namespace synthetics::server
