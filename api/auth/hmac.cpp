#include "api/auth/hmac.hpp"

#include <array>
#include <stdexcept>

#include <mbedtls/md.h>
// Of all its headers this one does not say so itself.
extern "C" {
#include <mbedtls/constant_time.h>
}

namespace synthetics::api {
namespace {

constexpr std::size_t kDigestSize = 32;

const unsigned char* BytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast)
}

unsigned char* BytesOf(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());  // NOLINT(*-reinterpret-cast)
}

const mbedtls_md_info_t* Algorithm() { return mbedtls_md_info_from_type(MBEDTLS_MD_SHA256); }

// It fails for want of memory, and for nothing else that can be met here.
void Expect(int error) {
  if (error != 0) throw std::runtime_error("Mbed TLS: error " + std::to_string(error));
}

}  // namespace

std::string Sha256(std::string_view data) {
  std::string digest(kDigestSize, '\0');
  Expect(mbedtls_md(Algorithm(), BytesOf(data), data.size(), BytesOf(digest)));
  return digest;
}

std::string Hmac(std::string_view key, std::string_view data) {
  std::string digest(kDigestSize, '\0');
  Expect(mbedtls_md_hmac(Algorithm(), BytesOf(key), key.size(), BytesOf(data), data.size(),
                         BytesOf(digest)));
  return digest;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text.append({kDigits[value >> 4U], kDigits[value & 15U]});
  }
  return text;
}

// By their digests, which are of one length whatever the two are.
bool IsSameSecret(std::string_view left, std::string_view right) {
  return mbedtls_ct_memcmp(Sha256(left).data(), Sha256(right).data(), kDigestSize) == 0;
}

}  // namespace synthetics::api
