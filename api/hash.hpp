// A hash that is the same everywhere and for ever.
#pragma once

#include <cstdint>
#include <string_view>

namespace synthetics::api {

// FNV-1a. Nothing that is hashed here is secret.
constexpr std::uint64_t Hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

}  // namespace synthetics::api
