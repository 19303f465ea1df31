#include "server/application.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "api/auth/credentials.hpp"
#include "api/control/load.hpp"
#include "api/gateway.hpp"
#include "api/runtime_file.hpp"
#include "server/encryption.hpp"
#include "server/files.hpp"
#include "server/listener.hpp"
#include "server/log.hpp"
#include "server/signals.hpp"
#include "server/start_error.hpp"
#include "server/storage.hpp"
#include "server/system_clock.hpp"
#include "server/ticker.hpp"
#include "server/version.hpp"
#include "state/runtimes/catalogue.hpp"
#include "state/sqlite/database.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;

// How long a signal lets requests finish. The rest of its second is for closing the data.
constexpr std::chrono::milliseconds kDrainTime{800};

std::vector<state::RuntimeVersion> ReadRuntimes(const std::string& path) {
  if (path.empty()) return state::RuntimeCatalogue();
  auto versions = api::ParseRuntimeFile(ReadFile(path, "runtimes file"));
  if (!versions) {
    throw StartError("cannot use the runtimes file '" + path + "': " + versions.error().message);
  }
  return *std::move(versions);
}

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

state::sqlite::Durability DurabilityOf(const Settings& settings) {
  using enum state::sqlite::Durability;
  return settings.survives_power_loss ? kFull : kProcess;
}

// The state as the first request finds it.
class World {
 public:
  explicit World(const Settings& settings)
      : storage_(settings.data_directory, DurabilityOf(settings)),
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
        listener_(context_, settings.host, settings.port, settings.max_connections,
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

// To whom --auth keeps from the service.
bool LeavesControlOpen(const Settings& settings) {
  return settings.auth != api::Auth::kOff && settings.admin_token.empty() &&
         !asio::ip::make_address(settings.host).is_loopback();
}

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
  if (LeavesControlOpen(settings)) {
    Log(LogLevel::kWarning,
        "Whoever reaches the port may use /_emulator: there is no --admin-token",
        {{"host", settings.host}});
  }
  application->Run();
}

}  // namespace synthetics::server
