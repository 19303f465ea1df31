// IP addresses of both versions, and ranges of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace synthetics::api::iam {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t bits = 0;  // 32 or 128
};

struct Network {
  Address address;
  std::size_t prefix = 0;  // how many bits of it all its addresses share
};

// An IPv4 address that is written as an IPv6 one, as a socket for both tells it
// (`::ffff:192.0.2.1`), is the IPv4 address.
std::optional<Address> ParseAddress(std::string_view text);

// Reads `192.0.2.0/24` and `2001:db8::/32`; an address alone is a range of one.
std::optional<Network> ParseNetwork(std::string_view text);

bool Contains(const Network& network, const Address& address);

}  // namespace synthetics::api::iam
