// The process cannot start, for a reason that its user can mend; the text is one line.
#pragma once

#include <stdexcept>

namespace synthetics::server {

class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace synthetics::server
