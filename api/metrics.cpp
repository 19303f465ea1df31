#include "api/metrics.hpp"

namespace synthetics::api {

void Metrics::Count(const Trace& trace, int status, std::chrono::microseconds took) {
  if (trace.is_control) return;
  const std::string operation = trace.operation.empty() ? "unknown" : trace.operation;
  ++requests_[{operation, status}];
  Durations& durations = durations_[operation];
  ++durations.count;
  durations.sum += took;
  for (std::size_t bucket = 0; bucket < kBuckets.size(); ++bucket) {
    if (took.count() > kBuckets.at(bucket).first) continue;
    ++durations.counts.at(bucket);
    return;
  }
}

}  // namespace synthetics::api
