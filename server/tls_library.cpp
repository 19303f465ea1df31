#include "server/tls_library.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <unistd.h>

#include <boost/system/system_error.hpp>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>

namespace synthetics::server {
namespace {

class TlsCategory : public std::error_category {
 public:
  const char* name() const noexcept override { return "mbedtls"; }

  std::string message(int result) const override {
    constexpr std::size_t kLongest = 200;
    std::array<char, kLongest> text{};
    mbedtls_strerror(result, text.data(), text.size());
    return text.data();
  }
};

}  // namespace

boost::system::error_code TlsError(int result) {
  static const TlsCategory category;
  return std::error_code(result, category);
}

void CheckTls(int result) {
  if (result < 0) throw boost::system::system_error(TlsError(result));
}

int TlsChance(void* /*context*/, unsigned char* into, std::size_t size) {
  constexpr std::size_t kMostAtOnce = 256;  // getentropy's
  while (size > 0) {
    const std::size_t piece = std::min(size, kMostAtOnce);
    if (::getentropy(into, piece) != 0) return MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    into += piece;
    size -= piece;
  }
  return 0;
}

}  // namespace synthetics::server
