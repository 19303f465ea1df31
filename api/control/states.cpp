#include <memory>

#include "api/control/routes.hpp"
#include "api/control/seconds.hpp"
#include "api/control/shapes.hpp"
#include "api/handlers/configure.hpp"
#include "state/engine/lifecycle.hpp"

namespace synthetics::api {
namespace {

using state::StateReasonCode;

Result<state::CanaryStatus> StatusOf(const StateRequest& request) {
  state::CanaryStatus status;
  status.state = state::ParseCanaryState(request.state).value();
  status.reason = request.state_reason.value_or("");
  const std::string code =
      request.state_reason_code.value_or(std::string(Name(state::FirstCodeIn(status.state))));
  const auto known = state::ParseStateReasonCode(code);
  status.code = known.value_or(StateReasonCode::kNone);
  if (!known || !state::Engine::CanBe(status)) {
    return ApiError{ErrorKind::kInvalid,
                    "'" + code + "' at 'stateReasonCode' is no code of " + request.state};
  }
  return status;
}

// Looks for a state a hundred times a second. What ends states meanwhile is the clock.
class WaitTask : public Task<StateResponse> {
 public:
  WaitTask(const ControlContext& context, state::Scope scope, const WaitRequest& request,
           state::Duration timeout)
      : engine_(context.engine),
        host_(context.host),
        scope_(std::move(scope)),
        name_(request.name),
        awaited_(request.state),
        deadline_(context.host.Now() + timeout) {}

  std::optional<Result<StateResponse>> Step() override {
    engine_.CatchUp(state::kSlice);
    const auto canary = engine_.store().canaries.Find(scope_, name_);
    const std::string state(canary ? Name(canary->status.state) : kDeleted);
    if (state == awaited_) return StateResponse{state};
    if (host_.Now() < deadline_) return {};
    return ApiError{ErrorKind::kTimedOut, name_ + " is " + state + ", and not " + awaited_ + "."};
  }

  std::chrono::milliseconds Pause() const override { return std::chrono::milliseconds{10}; }

 private:
  state::Engine& engine_;
  const state::HostClock& host_;
  state::Scope scope_;
  std::string name_;
  std::string awaited_;
  state::Instant deadline_;
};

}  // namespace

Result<NoContent> PutState(ControlContext& context, const StateRequest& request) {
  const auto status = StatusOf(request);
  if (!status) return status.error();
  state::Engine::Change change(context.engine);
  auto canary = CanaryIn(context, ScopeIn(context, request), request.name);
  if (!canary) return canary.error();
  context.engine.Force(*canary, *status, VpcOf(*canary));
  change.Commit();
  return NoContent{};
}

Result<NoContent> PostRelease(ControlContext& context, const CanaryInScope& request) {
  state::Engine::Change change(context.engine);
  auto canary = CanaryIn(context, ScopeIn(context, request), request.name);
  if (!canary) return canary.error();
  if (!context.engine.Release(*canary)) {
    return ApiError{
        ErrorKind::kConflict,
        request.name + " is " + std::string(Name(canary->status.state)) + ", and not held."};
  }
  change.Commit();
  return NoContent{};
}

Result<Later<StateResponse>> GetWait(ControlContext& context, const WaitRequest& request) {
  constexpr double kDefaultSeconds = 5;
  const state::Duration timeout = FromSeconds(request.timeout_seconds.value_or(kDefaultSeconds));
  return Later<StateResponse>{
      std::make_unique<WaitTask>(context, ScopeIn(context, request), request, timeout)};
}

}  // namespace synthetics::api
