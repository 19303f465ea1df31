#include <iostream>
#include <unistd.h>

#include "server/application.hpp"
#include "server/health_probe.hpp"
#include "server/settings.hpp"

namespace {

using synthetics::server::Command;
using synthetics::server::Exit;
using synthetics::server::Settings;

int Leave(const Exit& exit) {
  (exit.code == 0 ? std::cout : std::cerr) << exit.text << std::endl;
  return exit.code;
}

int Run(const Settings& settings) {
  synthetics::server::SetUpLog(settings.log_level, settings.log_format);
  try {
    synthetics::server::Serve(settings);
    return 0;
  } catch (const synthetics::server::StartError& error) {
    std::cerr << "synthetics-local: " << error.what() << std::endl;
    return 2;
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto parsed = synthetics::server::ParseSettings(
        {argv + 1, argv + argc}, synthetics::server::EnvironmentOf(environ));
    if (const auto* exit = std::get_if<Exit>(&parsed)) return Leave(*exit);
    const auto& settings = std::get<Settings>(parsed);
    if (settings.command == Command::kServe) return Run(settings);
    return Leave(synthetics::server::ProbeHealth(settings));
  } catch (const std::exception& error) {
    std::cerr << "synthetics-local: " << error.what() << std::endl;
    return 1;
  }
}
