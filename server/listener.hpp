// Takes connections and gives each a session.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/session.hpp"

namespace synthetics::server {

class Listener {
 public:
  // Binds at once; throws `StartError` where it cannot. `at_end` is called when the last session
  // ends after `Stop`.
  Listener(boost::asio::io_context& context, const std::string& host, std::uint16_t port,
           Session::Shared shared, std::function<void()> at_end);

  // Begins to accept.
  void Start();

  // No new connections; those that there are answer what is under way and end.
  void Stop();

  // Where it listens: `http://127.0.0.1:4566`, or `https://`.
  std::string Url() const;

 private:
  boost::asio::awaitable<void> Accept();
  boost::asio::awaitable<void> Serve(std::shared_ptr<Session> session);

  boost::asio::io_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  Session::Shared shared_;
  std::function<void()> at_end_;
  std::unordered_set<Session*> sessions_;
  bool is_stopping_ = false;
};

}  // namespace synthetics::server
