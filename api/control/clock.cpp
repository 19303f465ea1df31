#include <algorithm>
#include <memory>

#include "api/control/clock_view.hpp"
#include "api/control/given.hpp"
#include "api/control/routes.hpp"
#include "api/control/seconds.hpp"
#include "state/engine/advance.hpp"

namespace synthetics::api {
namespace {

using state::Advance;
using state::Goal;

// The first few of what is due, for a message.
std::string PendingSentence(const state::Engine& engine) {
  constexpr std::int64_t kShown = 5;
  std::string sentence;
  for (const state::Event& event : engine.store().timeline.List(kShown)) {
    const state::Canary canary = engine.store().canaries.FindByKey(event.canary).value();
    if (!sentence.empty()) sentence += ", ";
    sentence.append(Name(event.kind)).append(" of ").append(canary.name).append(" at ");
    sentence += state::ToIso(event.at);
  }
  return sentence;
}

// Answers with how the clock stands or with what has happened, whichever the request asks for.
template <Shape Shown>
using Finish = Shown (*)(const state::Engine& engine, const Advance& advance);

AdvanceResponse ShowAdvance(const state::Engine& engine, const Advance& advance) {
  const state::Tally& tally = advance.tally();
  return {.now = {engine.now()},
          .transitions = tally.transitions,
          .runs_started = tally.runs_started,
          .runs_completed = tally.runs_completed()};
}

ClockResponse ShowMovedClock(const state::Engine& engine, const Advance& /*advance*/) {
  return ShowClock(engine);
}

ApiError Conflict(const std::string& why) { return {ErrorKind::kConflict, why}; }

template <Shape Shown>
class AdvanceTask : public Task<Shown> {
 public:
  AdvanceTask(state::Engine& engine, const Goal& goal, const Advance::ClockAfter& after,
              Finish<Shown> finish)
      : engine_(engine), advance_(engine, goal, after), finish_(finish) {}

  std::optional<Result<Shown>> Step() override {
    if (!advance_.Step(state::kSlice)) return {};
    switch (advance_.ending()) {
      case Advance::Ending::kReached:
        return finish_(engine_, advance_);
      case Advance::Ending::kGaveUp:
        return Conflict("A year went by; still pending: " + PendingSentence(engine_));
      case Advance::Ending::kCancelled:
        return Conflict("A reset or a snapshot ended this advance.");
    }
    return {};
  }

 private:
  state::Engine& engine_;
  Advance advance_;
  Finish<Shown> finish_;
};

template <Shape Shown>
Result<Later<Shown>> Start(ControlContext& context, const Goal& goal,
                           const Advance::ClockAfter& after, Finish<Shown> finish) {
  if (context.engine.is_advancing()) return Conflict("Another advance of the clock is under way.");
  return Later<Shown>{std::make_unique<AdvanceTask<Shown>>(context.engine, goal, after, finish)};
}

Advance::ClockAfter AsItIs(const state::Engine& engine) {
  return {engine.world().clock.mode, engine.world().clock.speed};
}

ApiError NotBack(const state::Engine& engine, state::Instant to) {
  return {ErrorKind::kConflict, "The clock never goes back: it is " + state::ToIso(engine.now()) +
                                    ", asked for was " + state::ToIso(to)};
}

Result<Goal> GoalOf(const state::Engine& engine, const AdvanceRequest& request) {
  if (CountGiven(request.seconds.has_value(), request.to.has_value(), request.until.has_value()) !=
      1) {
    return ApiError{ErrorKind::kInvalid, "An advance takes one of 'seconds', 'to' and 'until'."};
  }
  if (request.until) {
    return Goal{*request.until == "settled" ? state::Until::kSettled : state::Until::kNextRun};
  }
  if (request.to) {
    if (request.to->instant < engine.now()) return NotBack(engine, request.to->instant);
    return Goal{request.to->instant};
  }
  return Goal{std::min(engine.now() + FromSeconds(*request.seconds), state::kEndOfTime)};
}

}  // namespace

Result<ClockResponse> GetClock(ControlContext& context, const Empty& /*request*/) {
  return ShowClock(context.engine);
}

Result<Later<ClockResponse>> PutClock(ControlContext& context, const ClockRequest& request) {
  Advance::ClockAfter after = AsItIs(context.engine);
  if (request.mode) after.mode = state::ParseClockMode(*request.mode).value();
  if (request.speed) after.speed = *request.speed;
  if (!state::IsSpeed(after.speed)) {
    return ApiError{ErrorKind::kInvalid, "Value '" + std::to_string(after.speed) +
                                             "' at 'speed': must be between 0.001 and 100000"};
  }
  const state::Instant target = request.now ? request.now->instant : context.engine.now();
  if (target < context.engine.now()) return NotBack(context.engine, target);
  return Start(context, Goal{target}, after, &ShowMovedClock);
}

Result<Later<AdvanceResponse>> PostAdvance(ControlContext& context, const AdvanceRequest& request) {
  const auto goal = GoalOf(context.engine, request);
  if (!goal) return goal.error();
  return Start(context, *goal, AsItIs(context.engine), &ShowAdvance);
}

Result<PendingResponse> GetPending(ControlContext& context, const PendingRequest& request) {
  constexpr std::int64_t kDefaultLimit = 100;
  const state::Timeline& timeline = context.engine.store().timeline;
  PendingResponse response;
  for (const state::Event& event : timeline.List(request.limit.value_or(kDefaultLimit))) {
    const auto canary = context.engine.store().canaries.FindByKey(event.canary).value();
    response.pending.push_back({.at = {event.at},
                                .kind = std::string(Name(event.kind)),
                                .canary = canary.name,
                                .account = canary.scope.account,
                                .region = canary.scope.region});
  }
  response.total = timeline.Count();
  return response;
}

}  // namespace synthetics::api
