#include "api/configuration.hpp"

namespace synthetics::api {

const CanaryConfiguration& ConfigurationOf(const state::Canary& canary) {
  static std::string text;
  static CanaryConfiguration configuration;
  if (text != canary.configuration) {
    configuration = DecodeStored<CanaryConfiguration>(canary.configuration);
    text = canary.configuration;
  }
  return configuration;
}

}  // namespace synthetics::api
