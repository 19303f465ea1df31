// How this room awaits: an expected end, such as a closed connection, is a value and no exception.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace synthetics::server {

// A name for it also keeps lambdas out of `co_await` expressions, where g++ 12 destroys those with
// captures twice.
inline constexpr auto kNoThrow = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace synthetics::server
