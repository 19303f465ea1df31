// An answer that takes long: it is worked out in slices, and other requests are answered in
// between.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

#include "api/http.hpp"

namespace synthetics::api {

class Job {
 public:
  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  virtual ~Job() = default;

  // A few milliseconds of the work, after others had their turn. The answer, once it is there; no
  // step follows it.
  virtual std::optional<Response> Step() = 0;

  // How long the next step has time, of the host's: none for work, some for what only waits.
  virtual std::chrono::milliseconds Pause() const { return std::chrono::milliseconds{0}; }
};

using Reply = std::variant<Response, std::unique_ptr<Job>>;

}  // namespace synthetics::api
