// Lets a running clock's events happen when they are due, also while nobody asks.
#pragma once

#include <chrono>
#include <exception>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "state/engine/engine.hpp"

namespace synthetics::server {

class Ticker {
 public:
  Ticker(boost::asio::io_context& context, state::Engine& engine);

  // Sets the one timer to the earliest event, or leaves it at an earlier instant. Call after
  // anything that may have changed what is due. Does not throw: a fault of the database is logged,
  // and it is tried again.
  void Rearm();

  void Stop();

 private:
  void WaitFor(state::Duration duration);
  void Tick();
  void TryAgain(const std::exception& error);

  state::Engine& engine_;
  boost::asio::steady_timer timer_;
  std::optional<std::chrono::steady_clock::time_point> waits_until_;
  bool stopped_ = false;
};

}  // namespace synthetics::server
