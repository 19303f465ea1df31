// What has happened: counts that only grow.
#pragma once

#include <cstdint>

namespace synthetics::state {

struct Tally {
  std::int64_t transitions = 0;  // changes of a canary's state
  std::int64_t runs_started = 0;
  std::int64_t runs_passed = 0;  // retries and dry runs included, as in those that failed
  std::int64_t runs_failed = 0;
  std::int64_t scheduled_runs_completed = 0;  // neither dry runs nor those on demand

  std::int64_t runs_completed() const { return runs_passed + runs_failed; }

  // What has happened between the two.
  Tally operator-(const Tally& earlier) const {
    return {
        .transitions = transitions - earlier.transitions,
        .runs_started = runs_started - earlier.runs_started,
        .runs_passed = runs_passed - earlier.runs_passed,
        .runs_failed = runs_failed - earlier.runs_failed,
        .scheduled_runs_completed = scheduled_runs_completed - earlier.scheduled_runs_completed};
  }
  Tally operator+(const Tally& more) const { return *this - (Tally{} - more); }
};

}  // namespace synthetics::state
