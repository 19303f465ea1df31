// How often each operation was asked for, how that ended and how long it took, for
// `/_emulator/metrics`. Of this process, since it began or was reset.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "api/http.hpp"

namespace synthetics::api {

// Its bounds in microseconds, and as they are printed, in seconds; what is longer is above all of
// them. An answer takes about 0.0001 seconds.
inline constexpr std::array<std::pair<std::int64_t, std::string_view>, 13> kBuckets{{
    {50, "0.00005"},
    {100, "0.0001"},
    {250, "0.00025"},
    {500, "0.0005"},
    {1'000, "0.001"},
    {2'500, "0.0025"},
    {5'000, "0.005"},
    {10'000, "0.01"},
    {25'000, "0.025"},
    {100'000, "0.1"},
    {250'000, "0.25"},
    {1'000'000, "1"},
    {10'000'000, "10"},
}};

struct Durations {
  std::array<std::int64_t, kBuckets.size()> counts{};  // up to each bound, and above the one before
  std::int64_t count = 0;                              // of all
  std::chrono::microseconds sum{0};
};

class Metrics {
 public:
  // The control plane's requests do not count: a test's own means, a health check or a scrape is
  // nothing that was asked of the service.
  void Count(const Trace& trace, int status, std::chrono::microseconds took);

  void Reset() { *this = {}; }

  // By operation, `unknown` where the request was for none, and status, 0 where a fault kept the
  // answer back.
  const std::map<std::pair<std::string, int>, std::int64_t>& requests() const { return requests_; }
  const std::map<std::string, Durations>& durations() const { return durations_; }

 private:
  std::map<std::pair<std::string, int>, std::int64_t> requests_;
  std::map<std::string, Durations> durations_;
};

}  // namespace synthetics::api
