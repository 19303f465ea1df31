// What an answer looks like on a connection.
#pragma once

#include <string>

#include "api/http.hpp"
#include "server/http_request.hpp"

namespace synthetics::server {

// The head of the answer, with the length of the body that a GET would get. `Date` is the host's
// time: clients correct their own clocks by it.
std::string HeadOf(const api::Response& response, const HttpRequest& request, bool keep_alive);

// Whether the body follows the head.
bool HasBody(const api::Response& response, const HttpRequest& request);

}  // namespace synthetics::server
