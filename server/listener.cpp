#include "server/listener.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "server/descriptors.hpp"
#include "server/log.hpp"
#include "server/no_throw.hpp"
#include "server/start_error.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Without free descriptors an accept fails at once, and would again.
constexpr std::chrono::milliseconds kAfterFailedAccept{100};

constexpr std::chrono::seconds kBetweenWarnings{1};

tcp::acceptor Bind(asio::io_context& context, const std::string& host, std::uint16_t port) {
  try {
    return {context, tcp::endpoint(asio::ip::make_address(host), port)};
  } catch (const boost::system::system_error& error) {
    throw StartError("cannot listen on " + host + ":" + std::to_string(port) + ": " +
                     error.code().message());
  }
}

// As many as are wanted, or as the process can have; at least one.
std::size_t ConnectionsThatFit(std::size_t wanted) {
  // The database's files, the log, what Asio waits with, and some to spare.
  constexpr std::size_t kOthers = 64;
  constexpr std::size_t kReserved = Listener::kMostRefused + kOthers;
  const std::size_t descriptors = RaiseDescriptorLimit(wanted + kReserved);
  if (descriptors >= wanted + kReserved) return wanted;
  const std::size_t fit = descriptors > kReserved ? descriptors - kReserved : 1;
  Log(LogLevel::kWarning, "Fewer connections than --max-connections, for want of file descriptors",
      {{"connections", static_cast<std::int64_t>(fit)},
       {"descriptors", static_cast<std::int64_t>(descriptors)}});
  return fit;
}

}  // namespace

Listener::Listener(asio::io_context& context, const std::string& host, std::uint16_t port,
                   std::size_t max_connections, Session::Shared shared,
                   std::function<void()> at_end)
    : context_(context),
      acceptor_(Bind(context, host, port)),
      shared_(std::move(shared)),
      at_end_(std::move(at_end)),
      max_connections_(ConnectionsThatFit(max_connections)),
      refusal_ends_(context, asio::steady_timer::time_point::max()) {}

void Listener::Start() { asio::co_spawn(context_, Accept(), asio::detached); }

void Listener::Stop() {
  is_stopping_ = true;
  acceptor_.close();
  refusal_ends_.cancel();
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
    if (refused_ >= kMostRefused) {
      co_await refusal_ends_.async_wait(kNoThrow);
      continue;
    }
    auto [error, socket] = co_await acceptor_.async_accept(kNoThrow);
    if (!acceptor_.is_open()) co_return;
    if (error) {
      Warn("A connection could not be accepted", error.message());
      asio::steady_timer pause(context_, kAfterFailedAccept);
      co_await pause.async_wait(kNoThrow);
      continue;
    }
    Spawn(std::move(socket));
  }
}

void Listener::Spawn(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const bool is_full = sessions_.size() - refused_ >= max_connections_;
  if (is_full) {
    ++refused_;
    Warn("A connection was refused", "there are " + std::to_string(max_connections_));
  }
  auto session = std::make_shared<Session>(std::move(socket), shared_);
  sessions_.insert(session.get());
  const Welcome welcome = is_full ? Welcome::kRefuse : Welcome::kServe;
  asio::co_spawn(context_, Serve(std::move(session), welcome), asio::detached);
}

asio::awaitable<void> Listener::Serve(std::shared_ptr<Session> session, Welcome welcome) {
  try {
    if (welcome == Welcome::kServe) {
      co_await Session::Run(session);
    } else {
      co_await Session::Refuse(session);
    }
  } catch (const std::exception& error) {
    Log(LogLevel::kError, "A connection ended by a fault of our own", {{"why", error.what()}});
  }
  sessions_.erase(session.get());
  if (welcome == Welcome::kRefuse) {
    --refused_;
    refusal_ends_.cancel();
  }
  if (is_stopping_ && sessions_.empty()) at_end_();
}

void Listener::Warn(std::string_view what, const std::string& why) {
  const auto now = std::chrono::steady_clock::now();
  if (now < quiet_until_) return;
  quiet_until_ = now + kBetweenWarnings;
  Log(LogLevel::kWarning, what, {{"why", why}});
}

}  // namespace synthetics::server
