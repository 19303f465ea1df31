// Takes connections and gives each a session.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/session.hpp"

namespace synthetics::server {

class Listener {
 public:
  // Those that are told at one time that there are too many. Whoever comes then waits to be
  // accepted.
  static constexpr std::size_t kMostRefused = 64;

  // Binds at once; throws `StartError` where it cannot. So many connections are served at a time,
  // or as many as the process can have, and one more is refused. `at_end` is called when the last
  // session ends after `Stop`.
  Listener(boost::asio::io_context& context, const std::string& host, std::uint16_t port,
           std::size_t max_connections, Session::Shared shared, std::function<void()> at_end);

  // Begins to accept.
  void Start();

  // No new connections; those that there are answer what is under way and end.
  void Stop();

  // Where it listens: `http://127.0.0.1:4566`, or `https://`.
  std::string Url() const;

 private:
  boost::asio::awaitable<void> Accept();
  enum class Welcome { kServe, kRefuse };
  boost::asio::awaitable<void> Serve(std::shared_ptr<Session> session, Welcome welcome);
  void Spawn(boost::asio::ip::tcp::socket socket);
  // A line of the log, and a second of silence after it, whatever happens meanwhile.
  void Warn(std::string_view what, const std::string& why);

  boost::asio::io_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  Session::Shared shared_;
  std::function<void()> at_end_;
  std::size_t max_connections_;
  std::unordered_set<Session*> sessions_;
  std::size_t refused_ = 0;                 // of the sessions
  boost::asio::steady_timer refusal_ends_;  // never by itself
  std::chrono::steady_clock::time_point quiet_until_;
  bool is_stopping_ = false;
};

}  // namespace synthetics::server
