// Between HTTP messages and the values that the API speaks in.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "api/http.hpp"

namespace synthetics::server {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

// Views into `request`, which has to outlive it.
api::Request ToApi(const HttpRequest& request);

// Takes over the body. `Date` is the host's time: clients correct their own clocks by it.
HttpResponse ToHttp(api::Response response, const HttpRequest& request);

}  // namespace synthetics::server
