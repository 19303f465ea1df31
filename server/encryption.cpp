#include "server/encryption.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/host_name.hpp>

#include "server/files.hpp"
#include "server/start_error.hpp"
#include "server/tls_certificate.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;

// Where a client may look for it.
std::vector<std::string> NamesOf(const Settings& settings) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1", asio::ip::host_name()};
  if (!asio::ip::make_address(settings.host).is_unspecified()) names.push_back(settings.host);
  names.insert(names.end(), settings.allowed_hosts.begin(), settings.allowed_hosts.end());
  std::erase(names, "");
  return names;
}

}  // namespace

Encryption::Encryption(const Settings& settings) {
  if (settings.is_self_signed) {
    Make(settings);
  } else if (!settings.tls_certificate.empty()) {
    Read(settings.tls_certificate, settings.tls_key);
  }
}

void Encryption::Make(const Settings& settings) {
  MadeCertificate made = MakeCertificate(NamesOf(settings));
  config_.emplace(made.certificate, made.key);
  authority_ = std::move(made.authority);
}

void Encryption::Read(const std::string& certificate, const std::string& key) {
  const std::string certificate_text = ReadFile(certificate, "certificate");
  const std::string key_text = ReadFile(key, "key");
  try {
    config_.emplace(certificate_text, key_text);
  } catch (const std::runtime_error& error) {
    throw StartError("cannot use the certificate '" + certificate + "' with the key '" + key +
                     "': " + error.what());
  }
}

}  // namespace synthetics::server
