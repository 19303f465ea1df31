// SIGTERM and SIGINT, from the first moment of the process to its last.
#pragma once

#include <functional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace synthetics::server {

// From here on a signal ends the process at once, with 128 and its number for an exit code: process
// 1 of a container, which this may be, has no default that would do so. For the same reason it
// leaves no zombie of a process that was put into its care. A reader of its output that has gone is
// no reason to go too.
void BeginSignals();

// Takes the first signal from there. What comes then ends the process at once, with exit code 0, as
// what was answered is kept in any case: a second signal, or a second that has passed. So no
// statement that takes long, and no closing of a file, keeps an orchestrator waiting.
class StopSignal {
 public:
  // `on_stop` is called with the signal's number, once.
  StopSignal(boost::asio::io_context& context, std::function<void(int)> on_stop);

 private:
  boost::asio::posix::stream_descriptor descriptor_;
};

}  // namespace synthetics::server
