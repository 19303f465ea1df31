#include "api/iam/addresses.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <string>

namespace synthetics::api::iam {
namespace {

constexpr std::size_t kBitsOfByte = 8;
constexpr std::size_t kBits4 = 32;
constexpr std::size_t kBits6 = 128;

// What stands before the four bytes of an IPv4 address in an IPv6 one.
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<Address> ParseAddress(std::string_view text) {
  // The system's function reads up to a NUL.
  if (text.find('\0') != std::string_view::npos) return {};
  const std::string terminated(text);
  Address address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
    address.bits = kBits4;
    return address;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) != 1) return {};
  address.bits = kBits6;
  if (std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin())) {
    std::copy(address.bytes.begin() + kMapped.size(), address.bytes.end(), address.bytes.begin());
    address.bits = kBits4;
  }
  return address;
}

std::optional<Network> ParseNetwork(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = ParseAddress(text.substr(0, slash));
  if (!address) return {};
  Network network{.address = *address, .prefix = address->bits};
  if (slash == std::string_view::npos) return network;
  const std::string_view prefix = text.substr(slash + 1);
  const char* const end = prefix.data() + prefix.size();
  const auto [rest, error] = std::from_chars(prefix.data(), end, network.prefix);
  if (error != std::errc{} || rest != end || network.prefix > address->bits) return {};
  return network;
}

bool Contains(const Network& network, const Address& address) {
  if (network.address.bits != address.bits) return false;
  const std::size_t whole = network.prefix / kBitsOfByte;
  const std::size_t rest = network.prefix % kBitsOfByte;
  const auto& left = network.address.bytes;
  const auto& right = address.bytes;
  if (!std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(whole), right.begin())) {
    return false;
  }
  return rest == 0 ||
         (left[whole] >> (kBitsOfByte - rest)) == (right[whole] >> (kBitsOfByte - rest));
}

}  // namespace synthetics::api::iam
