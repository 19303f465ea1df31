// Starts a canary's runs.
#pragma once

#include <optional>
#include <string>

#include "state/canary.hpp"
#include "state/dry_run.hpp"
#include "state/outcomes.hpp"
#include "state/random.hpp"
#include "state/run.hpp"
#include "state/store/store.hpp"

namespace synthetics::state {

// One run at `now` in each of the canary's browsers, or a single one without; how each ends is
// decided already, and its end on the timeline. Returns how many.
int StartRuns(Store& store, const Canary& canary, Instant now, Random& random);

// Another attempt at `now` in the browser of a run that failed: a run of its own, with the first
// one's metric timestamp (service model).
void StartRetry(Store& store, const Canary& canary, const Run& failed, Instant now, Random& random);

// One run at `now` beside the schedule, in the first of the canary's browsers, which ends as it is
// wanted to, if that is said. It is not tried again.
Run StartRunNow(Store& store, const Canary& canary, const std::optional<WantedOutcome>& wanted,
                Instant now, Random& random);

// The runs of a dry run, one in each browser of the trial.
void StartTrialRuns(Store& store, const DryRun& dry_run, Instant now, Random& random);

// Where a run that started then puts its artifacts: the canary's location (for a bare bucket with
// `canary/<region>/<name>` behind it),
// `<year>/<month>/<day>/<hour>/<minute>-<second>-<millisecond>` in UTC, and the browser's name
// where browsers were asked for. As recorded from the service.
std::string ArtifactLocation(const Canary& canary, Instant started, std::optional<Browser> browser);

}  // namespace synthetics::state
