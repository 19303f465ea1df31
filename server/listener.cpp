#include "server/listener.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/log.hpp"
#include "server/no_throw.hpp"
#include "server/start_error.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Without free descriptors an accept fails at once, and would again.
constexpr std::chrono::milliseconds kAfterFailedAccept{100};

tcp::acceptor Bind(asio::io_context& context, const std::string& host, std::uint16_t port) {
  try {
    return {context, tcp::endpoint(asio::ip::make_address(host), port)};
  } catch (const boost::system::system_error& error) {
    throw StartError("cannot listen on " + host + ":" + std::to_string(port) + ": " +
                     error.code().message());
  }
}

}  // namespace

Listener::Listener(asio::io_context& context, const std::string& host, std::uint16_t port,
                   Session::Shared shared, std::function<void()> at_end)
    : context_(context),
      acceptor_(Bind(context, host, port)),
      shared_(std::move(shared)),
      at_end_(std::move(at_end)) {}

void Listener::Start() { asio::co_spawn(context_, Accept(), asio::detached); }

void Listener::Stop() {
  is_stopping_ = true;
  acceptor_.close();
  for (Session* const session : sessions_) session->Stop();
  if (sessions_.empty()) at_end_();
}

std::string Listener::Url() const {
  const auto endpoint = acceptor_.local_endpoint();
  const auto address = endpoint.address();
  const std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return (shared_.tls == nullptr ? "http://" : "https://") + host + ":" +
         std::to_string(endpoint.port());
}

asio::awaitable<void> Listener::Accept() {
  while (acceptor_.is_open()) {
    auto [error, socket] = co_await acceptor_.async_accept(kNoThrow);
    if (!acceptor_.is_open()) co_return;
    if (error) {
      Log(LogLevel::kWarning, "A connection could not be accepted", {{"why", error.message()}});
      asio::steady_timer pause(context_, kAfterFailedAccept);
      co_await pause.async_wait(kNoThrow);
      continue;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto session = std::make_shared<Session>(std::move(socket), shared_);
    asio::co_spawn(context_, Serve(std::move(session)), asio::detached);
  }
}

asio::awaitable<void> Listener::Serve(std::shared_ptr<Session> session) {
  sessions_.insert(session.get());
  try {
    co_await Session::Run(session);
  } catch (const std::exception& error) {
    Log(LogLevel::kError, "A connection ended by a fault of our own", {{"why", error.what()}});
  }
  sessions_.erase(session.get());
  if (is_stopping_ && sessions_.empty()) at_end_();
}

}  // namespace synthetics::server
