#include "server/tls_config.hpp"

#include <array>
#include <stdexcept>

#include <mbedtls/ssl_ciphersuites.h>

namespace synthetics::server {
namespace {

// The first that the client knows as well is taken. AES is faster than ChaCha20 where the processor
// knows it, as all do that this runs on.
constexpr std::array kCiphers{
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    0,
};

// mbedTLS wants the final zero of a text to be counted.
template <class Parse>
void ParsePem(const std::string& text, std::string_view what, Parse parse) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.c_str());
  const int result = parse(bytes, text.size() + 1);
  if (result == 0) return;
  // A positive one counts the certificates that cannot be read.
  throw std::runtime_error(std::string(what) + " cannot be read" +
                           (result < 0 ? ": " + TlsError(result).message() : ""));
}

}  // namespace

TlsConfig::TlsConfig(int endpoint) {
  mbedtls_ssl_config* const config = config_.get();
  CheckTls(mbedtls_ssl_config_defaults(config, endpoint, MBEDTLS_SSL_TRANSPORT_STREAM,
                                       MBEDTLS_SSL_PRESET_DEFAULT));
  mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
  mbedtls_ssl_conf_ciphersuites(config, kCiphers.data());
  mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
  mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_NONE);
  mbedtls_ssl_conf_rng(config, &TlsChance, nullptr);
}

TlsConfig::TlsConfig() : TlsConfig(MBEDTLS_SSL_IS_CLIENT) {}

TlsConfig::TlsConfig(const std::string& certificates, const std::string& key)
    : TlsConfig(MBEDTLS_SSL_IS_SERVER) {
  ParsePem(certificates, "the certificate", [this](const unsigned char* bytes, std::size_t size) {
    return mbedtls_x509_crt_parse(certificates_.get(), bytes, size);
  });
  ParsePem(key, "the key", [this](const unsigned char* bytes, std::size_t size) {
    return mbedtls_pk_parse_key(key_.get(), bytes, size, nullptr, 0);
  });
  if (mbedtls_pk_check_pair(&certificates_.get()->pk, key_.get()) != 0) {
    throw std::runtime_error("the key is not that of the certificate");
  }
  CheckTls(mbedtls_ssl_conf_own_cert(config_.get(), certificates_.get(), key_.get()));
}

}  // namespace synthetics::server
