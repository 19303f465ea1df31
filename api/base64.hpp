// Base64 as RFC 4648 has it, for the code of canaries and for page tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace synthetics::api {

// The standard alphabet, padded. Nothing for a text that is not exactly that.
std::optional<std::string> DecodeBase64(std::string_view text);

// The alphabet for URLs, without padding.
std::string EncodeBase64Url(std::string_view bytes);
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace synthetics::api
