#include "server/tls_certificate.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include <boost/asio/ip/address.hpp>
#include <mbedtls/asn1write.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

#include "server/tls_library.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
using std::chrono::system_clock;

constexpr std::size_t kLargestPem = 64UL * 1024;
constexpr std::size_t kLargestExtension = 32UL * 1024;
constexpr const char* kAuthorityName = "O=synthetics-local,CN=synthetics-local throwaway CA";
constexpr const char* kServerName = "O=synthetics-local,CN=synthetics-local";

using Number = TlsHandle<mbedtls_mpi, mbedtls_mpi_init, mbedtls_mpi_free>;

class Key {
 public:
  Key() {
    CheckTls(mbedtls_pk_setup(pair_.get(), mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)));
    CheckTls(mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*pair_.get()), &TlsChance,
                                 nullptr));
  }

  mbedtls_pk_context* get() { return pair_.get(); }

  std::string Pem() {
    std::array<unsigned char, 4096> text{};
    CheckTls(mbedtls_pk_write_key_pem(pair_.get(), text.data(), text.size()));
    return {text.begin(), std::find(text.begin(), text.end(), '\0')};
  }

 private:
  TlsHandle<mbedtls_pk_context, mbedtls_pk_init, mbedtls_pk_free> pair_;
};

// As certificates have it.
std::string Stamp(system_clock::time_point instant) {
  const std::time_t seconds = system_clock::to_time_t(instant);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 20> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%d%H%M%S", &utc)};
}

// Apple's systems take no certificate that is good for more than 825 days.
constexpr std::chrono::days kGoodFor{800};

// A certificate in the making.
class Draft {
 public:
  Draft(Key& key, const char* subject, Key& issuer_key, const char* issuer) {
    mbedtls_x509write_cert* const draft = draft_.get();
    mbedtls_x509write_crt_set_version(draft, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(draft, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(draft, key.get());
    mbedtls_x509write_crt_set_issuer_key(draft, issuer_key.get());
    CheckTls(mbedtls_x509write_crt_set_subject_name(draft, subject));
    CheckTls(mbedtls_x509write_crt_set_issuer_name(draft, issuer));
    SetSerial();
    SetValidity();
    CheckTls(mbedtls_x509write_crt_set_subject_key_identifier(draft));
    CheckTls(mbedtls_x509write_crt_set_authority_key_identifier(draft));
  }

  mbedtls_x509write_cert* get() { return draft_.get(); }

  std::string Sign() {
    std::vector<unsigned char> text(kLargestPem);
    CheckTls(
        mbedtls_x509write_crt_pem(draft_.get(), text.data(), text.size(), &TlsChance, nullptr));
    return {text.begin(), std::find(text.begin(), text.end(), '\0')};
  }

 private:
  // Clients refuse a second certificate with an issuer's number that they have seen.
  void SetSerial() {
    constexpr std::size_t kBytes = 16;
    Number serial;
    CheckTls(mbedtls_mpi_fill_random(serial.get(), kBytes, &TlsChance, nullptr));
    CheckTls(mbedtls_mpi_set_bit(serial.get(), 8 * kBytes - 1, 0));  // it is positive
    CheckTls(mbedtls_x509write_crt_set_serial(draft_.get(), serial.get()));
  }

  void SetValidity() {
    const auto now = system_clock::now();
    const std::string from = Stamp(now - std::chrono::days{1});
    const std::string until = Stamp(now + kGoodFor);
    CheckTls(mbedtls_x509write_crt_set_validity(draft_.get(), from.c_str(), until.c_str()));
  }

  TlsHandle<mbedtls_x509write_cert, mbedtls_x509write_crt_init, mbedtls_x509write_crt_free> draft_;
};

// DER, which mbedTLS writes from its end to its beginning.
class Extension {
 public:
  void Add(int tag, const std::string& content) {
    Count(mbedtls_asn1_write_tagged_string(&begin_, bytes_.data(), tag, content.data(),
                                           content.size()));
  }

  // Around all that was added.
  void Enclose() {
    Count(mbedtls_asn1_write_len(&begin_, bytes_.data(), size_));
    Count(mbedtls_asn1_write_tag(&begin_, bytes_.data(),
                                 MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE));
  }

  void PutInto(Draft& draft, const std::string& oid) {
    CheckTls(
        mbedtls_x509write_crt_set_extension(draft.get(), oid.data(), oid.size(), 0, begin_, size_));
  }

 private:
  void Count(int written) {
    CheckTls(written);
    size_ += static_cast<std::size_t>(written);
  }

  std::vector<unsigned char> bytes_ = std::vector<unsigned char>(kLargestExtension);
  unsigned char* begin_ = bytes_.data() + bytes_.size();
  std::size_t size_ = 0;
};

// mbedTLS 2.28 can write this extension's parts only (RFC 5280, 4.2.1.6).
void PutNames(Draft& draft, const std::vector<std::string>& names) {
  constexpr int kDnsName = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 2;
  constexpr int kIpAddress = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7;
  Extension extension;
  for (const std::string& name : names) {
    boost::system::error_code is_name;
    const auto address = asio::ip::make_address(name, is_name);
    if (is_name) {
      extension.Add(kDnsName, name);
    } else if (address.is_v4()) {
      const auto bytes = address.to_v4().to_bytes();
      extension.Add(kIpAddress, {bytes.begin(), bytes.end()});
    } else {
      const auto bytes = address.to_v6().to_bytes();
      extension.Add(kIpAddress, {bytes.begin(), bytes.end()});
    }
  }
  extension.Enclose();
  extension.PutInto(draft, MBEDTLS_OID_SUBJECT_ALT_NAME);
}

// Some clients, such as Apple's, ask for it.
void PutPurpose(Draft& draft) {
  Extension extension;
  extension.Add(MBEDTLS_ASN1_OID, MBEDTLS_OID_SERVER_AUTH);
  extension.Enclose();
  extension.PutInto(draft, MBEDTLS_OID_EXTENDED_KEY_USAGE);
}

std::string SignAuthority(Key& key) {
  Draft draft(key, kAuthorityName, key, kAuthorityName);
  CheckTls(mbedtls_x509write_crt_set_basic_constraints(draft.get(), 1, 0));
  CheckTls(mbedtls_x509write_crt_set_key_usage(draft.get(), MBEDTLS_X509_KU_KEY_CERT_SIGN));
  return draft.Sign();
}

std::string SignServer(Key& key, Key& authority, const std::vector<std::string>& names) {
  Draft draft(key, kServerName, authority, kAuthorityName);
  CheckTls(mbedtls_x509write_crt_set_basic_constraints(draft.get(), 0, -1));
  CheckTls(mbedtls_x509write_crt_set_key_usage(draft.get(), MBEDTLS_X509_KU_DIGITAL_SIGNATURE));
  PutNames(draft, names);
  PutPurpose(draft);
  return draft.Sign();
}

}  // namespace

MadeCertificate MakeCertificate(const std::vector<std::string>& names) {
  Key authority;
  Key server;
  return {.authority = SignAuthority(authority),
          .certificate = SignServer(server, authority, names),
          .key = server.Pem()};
}

}  // namespace synthetics::server
