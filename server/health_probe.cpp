#include "server/health_probe.hpp"

#include <array>
#include <future>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/connection.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using boost::system::system_error;

constexpr std::chrono::seconds kPatience{2};
constexpr std::size_t kMostRead = 4096;  // at a time
constexpr std::string_view kRequest =
    "GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

tcp::endpoint EndpointOf(const Settings& settings) {
  auto address = asio::ip::make_address(settings.host);
  if (address.is_unspecified()) {
    address = address.is_v6() ? asio::ip::address(asio::ip::address_v6::loopback())
                              : asio::ip::address(asio::ip::address_v4::loopback());
  }
  return {address, settings.port};
}

bool SpeaksTls(const Settings& settings) {
  return settings.is_self_signed || !settings.tls_certificate.empty();
}

void Check(const error_code& error) {
  if (error) throw system_error(error);
}

asio::awaitable<std::string> ReadToEnd(Connection& connection) {
  std::string all;
  std::array<char, kMostRead> some{};
  const auto into = asio::buffer(some);
  while (true) {
    const auto [error, size] = co_await connection.Read(into);
    if (error == asio::error::eof) co_return all;
    Check(error);
    all.append(some.data(), size);
  }
}

Exit Judge(const std::string& answer) {
  http::response_parser<http::string_body> parser;
  parser.eager(true);
  error_code error;
  parser.put(asio::buffer(answer), error);
  Check(error);
  if (!parser.is_done()) throw system_error(http::make_error_code(http::error::partial_message));
  const auto& response = parser.get();
  return {response.result() == http::status::ok ? 0 : 1, response.body()};
}

// Any certificate is good: the address is one of this machine, and the process that listens there
// is the one that is asked for.
asio::awaitable<Exit> Ask(tcp::endpoint endpoint, const TlsConfig* tls) {
  tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect(endpoint, asio::use_awaitable);
  Connection connection(std::move(socket));
  if (tls != nullptr) {
    const error_code error = co_await connection.ShakeHands(*tls);
    Check(error);
  }
  const std::array<asio::const_buffer, 2> request{asio::buffer(kRequest)};
  const auto [error, size] = co_await connection.Write(request);
  Check(error);
  const std::string answer = co_await ReadToEnd(connection);
  co_return Judge(answer);
}

}  // namespace

Exit ProbeHealth(const Settings& settings) {
  const auto fail = [&](const std::string& why) {
    return Exit{1, "synthetics-local: no answer at " + settings.host + ":" +
                       std::to_string(settings.port) + ": " + why};
  };
  std::optional<TlsConfig> tls;
  if (SpeaksTls(settings)) tls.emplace();
  asio::io_context context;
  auto answer =
      asio::co_spawn(context, Ask(EndpointOf(settings), tls ? &*tls : nullptr), asio::use_future);
  context.run_for(kPatience);
  if (answer.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
    return fail("it took too long");
  }
  try {
    return answer.get();
  } catch (const system_error& error) {
    return fail(error.code().message());
  }
}

}  // namespace synthetics::server
