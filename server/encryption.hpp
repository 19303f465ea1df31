// What connections are encrypted with, if they are.
#pragma once

#include <optional>
#include <string>

#include "server/settings.hpp"
#include "server/tls_config.hpp"

namespace synthetics::server {

class Encryption {
 public:
  // Reads a certificate, or makes one. Throws `StartError` where it is of no use.
  explicit Encryption(const Settings& settings);

  // Null: in the clear.
  const TlsConfig* config() const { return config_ ? &*config_ : nullptr; }
  // PEM; empty where it is none of ours.
  const std::string& authority() const { return authority_; }

 private:
  void Make(const Settings& settings);
  void Read(const std::string& certificate, const std::string& key);

  std::optional<TlsConfig> config_;
  std::string authority_;
};

}  // namespace synthetics::server
