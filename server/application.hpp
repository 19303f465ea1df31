// The process: builds everything once, serves until a signal, and ends in good order.
#pragma once

#include "server/settings.hpp"

namespace synthetics::server {

// It cannot start, for a reason that its user can mend; the text is one line.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Serves until SIGTERM or SIGINT. Throws `StartError` where it cannot begin to.
void Serve(const Settings& settings);

}  // namespace synthetics::server
