// What all listings do with `NextToken` and `MaxResults`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/error.hpp"
#include "api/page_token.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// What a token is bound to: the operation, the world it was asked in, and whatever it was filtered
// by.
inline std::string ListingName(std::string_view operation, const state::Scope& scope,
                               const std::vector<std::string>& filters = {}) {
  std::string name(operation);
  name.append("\n").append(scope.account).append("\n").append(scope.region);
  for (const std::string& filter : filters) name.append("\n").append(filter);
  return name;
}

inline ApiError InvalidToken(const std::string& token) {
  return {ErrorKind::kInvalid, "Invalid NextToken: '" + token + "'"};
}

// The key after which the page begins: empty for the first.
inline Result<std::string> PageStart(std::string_view listing,
                                     const std::optional<std::string>& token) {
  if (!token) return std::string{};
  auto key = OpenPageToken(listing, *token);
  if (!key) return InvalidToken(*token);
  return *std::move(key);
}

// `rows` were read with one more than `limit`, if there was one: that one is cut off, and the token
// leads to it. `key_of` gives the key of a row.
template <class Row, class KeyOf>
std::optional<std::string> EndPage(std::vector<Row>& rows, std::int64_t limit,
                                   std::string_view listing, KeyOf key_of) {
  if (std::ssize(rows) <= limit) return {};
  rows.resize(static_cast<std::size_t>(limit));
  return SealPageToken(listing, key_of(rows.back()));
}

}  // namespace synthetics::api
