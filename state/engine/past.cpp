#include "state/engine/past.hpp"

#include <algorithm>

#include "state/engine/schedule.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::state {

Past::Past(Engine& engine, Instant begin)
    : engine_(engine), present_(engine.now()), transitions_(engine.world().transitions) {
  engine_.SetTransitions(Transitions(Profile::kInstant));
  engine_.GoBackTo(begin);
}

void Past::LiveTo(Instant instant) {
  while (engine_.ApplyNext(instant)) {
  }
  engine_.MoveTo(instant);
}

void Past::End() {
  LiveTo(present_);
  engine_.SetTransitions(transitions_);
}

std::int64_t CountScheduledRuns(const Canary& canary, Instant start, Instant end,
                                std::int64_t most) {
  const Schedule schedule = ParseSchedule(canary.schedule.expression).value();
  const std::int64_t at_once =
      std::max<std::int64_t>(std::ssize(BrowsersOf(canary)), 1) * (1 + canary.schedule.max_retries);
  if (schedule.IsOnce()) return at_once;
  if (canary.schedule.duration.count() > 0) end = std::min(end, start + canary.schedule.duration);
  std::int64_t runs = 0;
  for (Instant at = schedule.First(start); at <= end && runs <= most; at = schedule.Next(at)) {
    runs += at_once;
  }
  return runs;
}

}  // namespace synthetics::state
