#include "server/signals.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace synthetics::server {
namespace {

constexpr unsigned kMostSecondsOfStopping = 1;
constexpr int kSignalled = 128;  // a shell's way to say which

// All that a handler can reach is global. All that one calls is safe in the middle of anything.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<int> stop_descriptor{-1};  // none before there is a `StopSignal`
std::atomic<int> stopping{0};          // the first signal's number
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<int>::is_always_lock_free);

void OnSignal(int number) {
  const int descriptor = stop_descriptor;
  if (descriptor < 0) ::_exit(kSignalled + number);
  if (stopping.exchange(number) != 0) ::_exit(0);
  ::alarm(kMostSecondsOfStopping);
  const std::uint64_t one = 1;
  const int error = errno;
  static_cast<void>(::write(descriptor, &one, sizeof one));
  errno = error;
}

void Handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(number, &action, nullptr);
}

int OpenStopDescriptor() {
  const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  return descriptor;
}

}  // namespace

void BeginSignals() {
  Handle(SIGPIPE, SIG_IGN);
  Handle(SIGCHLD, SIG_IGN);
  Handle(SIGTERM, &OnSignal);
  Handle(SIGINT, &OnSignal);
  Handle(SIGALRM, [](int /*number*/) { ::_exit(0); });
}

StopSignal::StopSignal(boost::asio::io_context& context, std::function<void(int)> on_stop)
    : descriptor_(context, OpenStopDescriptor()) {
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [on_stop = std::move(on_stop)](const boost::system::error_code& error) {
                           if (!error) on_stop(stopping);
                         });
  stop_descriptor = descriptor_.native_handle();
}

}  // namespace synthetics::server
