// What all encrypted connections of a side share: TLS 1.2 with forward secrecy and AEAD ciphers.
#pragma once

#include <string>

#include <mbedtls/ssl.h>

#include "server/tls_library.hpp"

namespace synthetics::server {

// mbedTLS 2.28 knows no newer version than 1.2.
class TlsConfig {
 public:
  // For a client that takes any certificate.
  TlsConfig();

  // For a server, from PEM: its certificate with what leads from it to an authority, and its key,
  // which is not encrypted. Throws `std::runtime_error` where they are no such thing.
  TlsConfig(const std::string& certificates, const std::string& key);

  const mbedtls_ssl_config* get() const { return config_.get(); }

 private:
  explicit TlsConfig(int endpoint);

  TlsHandle<mbedtls_ssl_config, mbedtls_ssl_config_init, mbedtls_ssl_config_free> config_;
  TlsHandle<mbedtls_x509_crt, mbedtls_x509_crt_init, mbedtls_x509_crt_free> certificates_;
  TlsHandle<mbedtls_pk_context, mbedtls_pk_init, mbedtls_pk_free> key_;
};

}  // namespace synthetics::server
