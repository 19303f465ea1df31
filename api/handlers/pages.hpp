// What all listings do with `NextToken` and `MaxResults`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/page_token.hpp"
#include "api/shape.hpp"

namespace synthetics::api {

inline ApiError InvalidToken(const std::string& token) {
  return {ErrorKind::kInvalid, "Invalid NextToken: '" + token + "'",
          "A token goes on with the listing that gave it: the same operation, account, region and"
          " filters; a listing without NextToken begins anew."};
}

// A page that is asked for.
struct Page {
  // What its token is bound to: the operation, the world it was asked in, and whatever it was
  // filtered by.
  std::string listing;
  std::string after;  // the key after which it begins: empty for the first
  std::int64_t limit = 0;
};

// The page that a request asks for, of at most as many rows as the service's own limit says.
// Invalid for a token of another listing, or of nobody's.
template <class Request>
Result<Page> PageOf(const Context& context, const Request& request, std::string_view operation,
                    const Constraint& max_results, const std::vector<std::string>& filters = {}) {
  Page page;
  page.listing.append(operation).append("\n").append(context.scope.account);
  page.listing.append("\n").append(context.scope.region);
  for (const std::string& filter : filters) page.listing.append("\n").append(filter);
  page.limit = request.max_results.value_or(max_results.max);
  if (!request.next_token) return page;
  auto key = OpenPageToken(page.listing, *request.next_token);
  if (!key) return InvalidToken(*request.next_token);
  page.after = *std::move(key);
  return page;
}

// `rows` were read with one more than the page's limit, if there was one: that one is cut off, and
// the token leads to it. `key_of` gives the key of a row.
template <class Row, class KeyOf>
std::optional<std::string> EndPage(std::vector<Row>& rows, const Page& page, KeyOf key_of) {
  if (std::ssize(rows) <= page.limit) return {};
  rows.resize(static_cast<std::size_t>(page.limit));
  return SealPageToken(page.listing, key_of(rows.back()));
}

}  // namespace synthetics::api
