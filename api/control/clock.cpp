#include <algorithm>
#include <memory>

#include "api/control/clock_view.hpp"
#include "api/control/routes.hpp"
#include "api/control/seconds.hpp"
#include "state/engine/advance.hpp"

namespace synthetics::api {
namespace {

using state::Advance;
using state::Goal;

ApiError Busy() { return {ErrorKind::kConflict, "Another advance of the clock is under way."}; }

// The first few of what is due, for a message.
std::string PendingSentence(const state::Engine& engine) {
  constexpr std::int64_t kShown = 5;
  std::string sentence;
  for (const auto& event : engine.store().timeline.List(kShown)) {
    if (!sentence.empty()) sentence += ", ";
    sentence.append(Name(event.kind)).append(" of ").append(event.canary).append(" at ");
    sentence += state::ToIso(event.at);
  }
  return sentence;
}

// Answers with how the clock stands or with what has happened, whichever the request asks for.
using Finish = Response (*)(const state::Engine& engine, const Advance& advance);

Response ShowAdvance(const state::Engine& engine, const Advance& advance) {
  const state::Tally& tally = advance.tally();
  return Json200(AdvanceResponse{.now = {engine.now()},
                                 .transitions = tally.transitions,
                                 .runs_started = tally.runs_started,
                                 .runs_completed = tally.runs_completed});
}

Response ShowMovedClock(const state::Engine& engine, const Advance& /*advance*/) {
  return Json200(ShowClock(engine));
}

Response Conflict(const std::string& why) {
  return ToResponse({ErrorKind::kConflict, why}, Family::kControl);
}

class AdvanceJob : public Job {
 public:
  AdvanceJob(state::Engine& engine, std::unique_ptr<Advance> advance, Finish finish)
      : engine_(engine), advance_(std::move(advance)), finish_(finish) {}

  std::optional<Response> Step() override {
    if (!advance_->Step(state::kSlice)) return {};
    switch (advance_->ending()) {
      case Advance::Ending::kReached:
        return finish_(engine_, *advance_);
      case Advance::Ending::kGaveUp:
        return Conflict("A year went by; still pending: " + PendingSentence(engine_));
      case Advance::Ending::kCancelled:
        return Conflict("A reset or a snapshot ended this advance.");
    }
    return {};
  }

 private:
  state::Engine& engine_;
  std::unique_ptr<Advance> advance_;
  Finish finish_;
};

ControlResult Start(ControlContext& context, const Goal& goal, const Advance::ClockAfter& after,
                    Finish finish) {
  if (context.engine.is_advancing()) return Busy();
  auto advance = std::make_unique<Advance>(context.engine, goal, after);
  return Reply{std::make_unique<AdvanceJob>(context.engine, std::move(advance), finish)};
}

Advance::ClockAfter AsItIs(const state::Engine& engine) {
  return {engine.world().clock.mode, engine.world().clock.speed};
}

ApiError NotBack(const state::Engine& engine, state::Instant to) {
  return {ErrorKind::kConflict, "The clock never goes back: it is " + state::ToIso(engine.now()) +
                                    ", asked for was " + state::ToIso(to)};
}

Result<Goal> GoalOf(const state::Engine& engine, const AdvanceRequest& request) {
  const int given = static_cast<int>(request.seconds.has_value()) +
                    static_cast<int>(request.to.has_value()) +
                    static_cast<int>(request.until.has_value());
  if (given != 1) {
    return ApiError{ErrorKind::kInvalid, "An advance takes one of 'seconds', 'to' and 'until'."};
  }
  if (request.until) {
    return Goal{*request.until == "settled" ? state::Until::kSettled : state::Until::kNextRun};
  }
  if (request.to) {
    if (request.to->instant < engine.now()) return NotBack(engine, request.to->instant);
    return Goal{request.to->instant};
  }
  const auto duration = FromSeconds(*request.seconds);
  if (!duration) return InvalidSeconds("seconds", *request.seconds);
  return Goal{std::min(engine.now() + *duration, state::kEndOfTime)};
}

}  // namespace

ControlResult GetClock(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>(call); !request) return request.error();
  return Reply{Json200(ShowClock(context.engine))};
}

ControlResult PutClock(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<ClockRequest>(call);
  if (!request) return request.error();
  Advance::ClockAfter after = AsItIs(context.engine);
  if (request->mode) after.mode = state::ParseClockMode(*request->mode).value();
  if (request->speed) after.speed = *request->speed;
  if (!state::IsSpeed(after.speed)) {
    return ApiError{ErrorKind::kInvalid, "Value '" + std::to_string(after.speed) +
                                             "' at 'speed': must be between 0.001 and 100000"};
  }
  const state::Instant target = request->now ? request->now->instant : context.engine.now();
  if (target < context.engine.now()) return NotBack(context.engine, target);
  return Start(context, target, after, &ShowMovedClock);
}

ControlResult PostAdvance(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<AdvanceRequest>(call);
  if (!request) return request.error();
  const auto goal = GoalOf(context.engine, *request);
  if (!goal) return goal.error();
  return Start(context, *goal, AsItIs(context.engine), &ShowAdvance);
}

ControlResult GetPending(ControlContext& context, const Call& call) {
  constexpr std::int64_t kDefaultLimit = 100;
  const auto request = DecodeControl<PendingRequest>(call);
  if (!request) return request.error();
  const state::Timeline& timeline = context.engine.store().timeline;
  PendingResponse response;
  for (const auto& event : timeline.List(request->limit.value_or(kDefaultLimit))) {
    response.pending.push_back({.at = {event.at},
                                .kind = std::string(Name(event.kind)),
                                .canary = event.canary,
                                .account = event.scope.account,
                                .region = event.scope.region});
  }
  response.total = timeline.Count();
  return Reply{Json200(response)};
}

}  // namespace synthetics::api
