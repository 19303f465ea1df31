#include "server/ticker.hpp"

#include <algorithm>

#include "server/log.hpp"

namespace synthetics::server {
namespace {

// The host's clock may be set, or sleep: no wait is longer than this.
constexpr state::Duration kLongestWait = std::chrono::minutes{1};

constexpr state::Duration kAfterFault = std::chrono::seconds{1};

}  // namespace

Ticker::Ticker(boost::asio::io_context& context, state::Engine& engine)
    : engine_(engine), timer_(context) {}

void Ticker::Rearm() {
  if (stopped_) return;
  try {
    if (const auto wait = engine_.UntilNextDue()) WaitFor(std::min(*wait, kLongestWait));
  } catch (const std::exception& error) {
    TryAgain(error);
  }
}

void Ticker::Stop() {
  stopped_ = true;
  timer_.cancel();
}

void Ticker::WaitFor(state::Duration duration) {
  const auto until = std::chrono::steady_clock::now() + duration;
  // A look too many costs less than to set the timer with each request.
  if (waits_until_ && *waits_until_ <= until) return;
  waits_until_ = until;
  timer_.expires_at(until);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    waits_until_.reset();
    Tick();
  });
}

void Ticker::Tick() {
  try {
    engine_.CatchUp(state::kSlice);
  } catch (const std::exception& error) {
    TryAgain(error);
    return;
  }
  Rearm();
}

void Ticker::TryAgain(const std::exception& error) {
  Log(LogLevel::kError, "What was due could not happen", {{"why", error.what()}});
  WaitFor(kAfterFault);
}

}  // namespace synthetics::server
