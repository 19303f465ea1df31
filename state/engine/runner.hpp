// Starts a canary's runs and ends them.
#pragma once

#include "state/canary.hpp"
#include "state/random.hpp"
#include "state/run.hpp"
#include "state/store/store.hpp"

namespace synthetics::state {

class Runner {
 public:
  explicit Runner(Store& store) : store_(store) {}

  // One run at `now` in each of the canary's browsers, its end already decided and on the timeline.
  // Returns how many.
  int Start(const Canary& canary, Instant now, Random& random);

  // A run that is due to end does.
  void Complete(std::int64_t run, Instant now);

 private:
  Store& store_;
};

// Where a run that started then puts its artifacts: the canary's location (for a bare bucket with
// `canary/<region>/<name>` behind it),
// `<year>/<month>/<day>/<hour>/<minute>-<second>-<millisecond>` in UTC, and the browser's name
// where browsers were asked for. As recorded from the service.
std::string ArtifactLocation(const Canary& canary, Instant started, Browser browser);

}  // namespace synthetics::state
