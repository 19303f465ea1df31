#include "state/transitions.hpp"

#include "api/control/routes.hpp"
#include "api/control/seconds.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {
namespace {

using state::CanaryState;

// The member of the shape that holds a state's time.
std::optional<StateTime>& TimeOf(StateTimes& times, CanaryState state) {
  switch (state) {
    case CanaryState::kCreating:
      return times.creating;
    case CanaryState::kStarting:
      return times.starting;
    case CanaryState::kUpdating:
      return times.updating;
    case CanaryState::kStopping:
      return times.stopping;
    default:
      return times.deleting;
  }
}

TransitionsBody ShowTransitions(const state::Transitions& transitions) {
  TransitionsBody body;
  body.profile = Name(transitions.profile());
  StateTimes& times = body.states.emplace();
  for (const CanaryState state : state::kTransitionalStates) {
    if (const auto time = transitions.OwnTimeIn(state)) {
      TimeOf(times, state) = StateTime{ToSeconds(*time)};
    }
  }
  return body;
}

}  // namespace

Result<TransitionsBody> GetTransitions(ControlContext& context, const Empty& /*request*/) {
  return ShowTransitions(context.engine.world().transitions);
}

Result<TransitionsBody> PutTransitions(ControlContext& context, const TransitionsBody& request) {
  const std::string_view current = Name(context.engine.world().transitions.profile());
  const auto profile = state::ParseProfile(request.profile.value_or(std::string(current)));
  state::Transitions transitions(profile.value());
  StateTimes times = request.states.value_or(StateTimes{});
  for (const CanaryState state : state::kTransitionalStates) {
    const auto& time = TimeOf(times, state);
    if (time) transitions.SetTimeIn(state, FromSeconds(time->seconds));
  }
  state::Engine::Change change(context.engine);
  context.engine.SetTransitions(transitions);
  change.Commit();
  return ShowTransitions(transitions);
}

}  // namespace synthetics::api
