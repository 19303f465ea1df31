#include "server/health_probe.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds kPatience{2};
constexpr unsigned kVersion11 = 11;

tcp::endpoint EndpointOf(const Settings& settings) {
  auto address = asio::ip::make_address(settings.host);
  if (address.is_unspecified()) {
    address = address.is_v6() ? asio::ip::address(asio::ip::address_v6::loopback())
                              : asio::ip::address(asio::ip::address_v4::loopback());
  }
  return {address, settings.port};
}

asio::awaitable<Exit> Ask(tcp::endpoint endpoint) {
  beast::tcp_stream stream(co_await asio::this_coro::executor);
  stream.expires_after(kPatience);
  co_await stream.async_connect(endpoint, asio::use_awaitable);
  http::request<http::empty_body> request(http::verb::get, "/_emulator/health", kVersion11);
  request.set(http::field::host, "localhost");
  request.keep_alive(false);
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  co_await http::async_read(stream, buffer, response, asio::use_awaitable);
  const bool is_well = response.result() == http::status::ok;
  co_return Exit{is_well ? 0 : 1, response.body()};
}

}  // namespace

Exit ProbeHealth(const Settings& settings) {
  asio::io_context context;
  auto answer = asio::co_spawn(context, Ask(EndpointOf(settings)), asio::use_future);
  context.run();
  try {
    return answer.get();
  } catch (const boost::system::system_error& error) {
    return {1, "synthetics-local: no answer at " + settings.host + ":" +
                   std::to_string(settings.port) + ": " + error.code().message()};
  }
}

}  // namespace synthetics::server
