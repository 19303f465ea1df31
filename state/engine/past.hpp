// A past that is lived through afterwards. Within one `Engine::Change` the world goes back to an
// earlier instant, what is new in it is made there, and from then on happens whatever falls due, by
// the same rules and in the same order as if time had passed. What the world had before is not
// touched: all of it is due at the present or later.
#pragma once

#include "state/engine/engine.hpp"

namespace synthetics::state {

class Past {
 public:
  // Goes back to `begin`, the present at the latest. Until `End` states take no time: nobody looks
  // at them. Call where nothing is due any more, and no advance is under way.
  Past(Engine& engine, Instant begin);

  // Whatever falls due until then has happened, and it is then: the present at the latest.
  void LiveTo(Instant instant);

  // It is the present again, with whatever falls due at it done.
  void End();

 private:
  Engine& engine_;
  Instant present_;
  Transitions transitions_;
};

// How many runs the schedule of a canary begins at most that is started at `start`, up to `end` and
// with it, all retries counted. Stops to count beyond `most`.
std::int64_t CountScheduledRuns(const Canary& canary, Instant start, Instant end,
                                std::int64_t most);

}  // namespace synthetics::state
