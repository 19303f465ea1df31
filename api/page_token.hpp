// The `NextToken` of listings: opaque, good only for the listing that gave it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace synthetics::api {

// A token for the page after the row `key` of a listing. `listing` names the operation and whatever
// it was filtered by. The token has at most 252 characters while the key has at most 180.
std::string SealPageToken(std::string_view listing, std::string_view key);

// The key; nothing for a token that is damaged, forged by hand or of another listing.
std::optional<std::string> OpenPageToken(std::string_view listing, std::string_view token);

}  // namespace synthetics::api
