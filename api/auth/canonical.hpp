// What of a request is signed, by SigV4's rules for all services but S3.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/target.hpp"

namespace synthetics::api {

// Each name once and in order, in small letters.
using HeaderNames = std::set<std::string>;

// `host;x-amz-date` as names, and back.
HeaderNames ParseHeaderNames(std::string_view text);
std::string Join(const HeaderNames& names);

// The canonical request. Its payload hash is always that of the body.
std::string CanonicalRequest(const Request& request, const Target& target,
                             const HeaderNames& signed_headers);

}  // namespace synthetics::api
