// SHA-256 and HMAC, and a comparison that tells nobody by its time how much is right.
#pragma once

#include <string>
#include <string_view>

namespace synthetics::api {

// 32 bytes.
std::string Sha256(std::string_view data);

// HMAC-SHA-256: 32 bytes.
std::string Hmac(std::string_view key, std::string_view data);

// Two lower-case digits a byte.
std::string Hex(std::string_view bytes);

// Takes as long wherever the two differ.
bool IsSameSecret(std::string_view left, std::string_view right);

}  // namespace synthetics::api
