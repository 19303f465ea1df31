#include "server/ticker.hpp"

#include <algorithm>

#include "server/log.hpp"

namespace synthetics::server {
namespace {

// Events between two looks at the sockets: a few milliseconds.
constexpr int kSlice = 256;

// The host's clock may be set, or sleep: no wait is longer than this.
constexpr state::Duration kLongestWait = std::chrono::minutes{1};

constexpr state::Duration kAfterFault = std::chrono::seconds{1};

}  // namespace

Ticker::Ticker(boost::asio::io_context& context, state::Engine& engine)
    : engine_(engine), timer_(context) {}

void Ticker::Rearm() {
  if (stopped_) return;
  if (const auto wait = engine_.UntilNextDue()) {
    WaitFor(std::min(*wait, kLongestWait));
  } else {
    timer_.cancel();
  }
}

void Ticker::Stop() {
  stopped_ = true;
  timer_.cancel();
}

void Ticker::WaitFor(state::Duration duration) {
  timer_.expires_after(duration);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !stopped_) Tick();
  });
}

void Ticker::Tick() {
  try {
    engine_.CatchUp(kSlice);
    Rearm();
  } catch (const std::exception& error) {
    Log(LogLevel::kError, "What was due could not happen; trying again", {{"why", error.what()}});
    WaitFor(kAfterFault);
  }
}

}  // namespace synthetics::server
