// The one way in: a request becomes an answer, or a job that will have one.
#pragma once

#include <chrono>

#include "api/control/control.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/job.hpp"
#include "api/journal.hpp"
#include "api/metrics.hpp"
#include "api/options.hpp"
#include "state/engine/engine.hpp"
#include "state/host_clock.hpp"

namespace synthetics::api {

class Gateway {
 public:
  Gateway(state::Engine& engine, const state::HostClock& host, Options options);

  // What `request` views has to live until the answer is there, also where that is a job's. Never
  // throws for anything that a request can contain: what nobody can answer for is a 500.
  Reply Handle(const Request& request);

  // What is wrong already with a request whose body has not been read: nobody has to keep a
  // stranger's snapshot in memory to refuse it.
  std::optional<ApiError> RefuseHead(const Request& head) const;

  // How large the body of a request may be, in bytes, by its method and target.
  static std::uint64_t LargestBody(Method method, std::string_view target);

  // The answer to a request that could not be read to its end, in the form of the plane that its
  // target is of; the target is empty where not even that could be read.
  static Response RefuseUnread(std::string_view target, const ApiError& error);

  // Tells journal and metrics how long an answer took, which nothing in this room can know.
  void Answered(const Trace& trace, int status, std::chrono::microseconds took);

 private:
  state::Engine& engine_;
  const state::HostClock& host_;
  Options options_;
  state::Random request_ids_;
  Journal journal_;
  Metrics metrics_;
  Control control_;
};

}  // namespace synthetics::api
