#include "state/engine/announce.hpp"

namespace synthetics::state {
namespace {

// The next one, at this instant.
CanaryEvent NewEvent(World& world, const Canary& canary, CanaryEventType type) {
  CanaryEvent event;
  event.id = ++world.events;
  event.at = world.now;
  event.type = type;
  event.scope = canary.scope;
  event.canary = canary.name;
  event.canary_id = canary.id;
  return event;
}

}  // namespace

void AnnounceState(Store& store, World& world, const Canary& canary, const PreviousStatus& before,
                   const TransitionPlan& plan) {
  if (canary.status.state == CanaryState::kDeleting) return;
  // Nobody has heard that it was DELETING; only one that does not work now is news.
  const bool was_deleting = before.state == CanaryState::kDeleting;
  if (was_deleting && canary.status.state != CanaryState::kError) return;
  CanaryEvent event = NewEvent(world, canary, CanaryEventType::kStatusChange);
  event.detail = StatusChange{.state = canary.status.state,
                              .state_before = was_deleting ? canary.state_before : before.state,
                              .version = canary.version,
                              .version_before = before.version,
                              .vpc = plan.vpc,
                              .vpc_before = plan.vpc_before};
  store.events.Add(event);
}

void AnnounceRun(Store& store, World& world, const Canary& canary, const Run& run) {
  const bool has_passed = run.outcome.state == RunState::kPassed;
  CanaryEvent event = NewEvent(
      world, canary, has_passed ? CanaryEventType::kRunSuccessful : CanaryEventType::kRunFailure);
  event.detail = RunResult{.run = run.id,
                           .started = run.started,
                           .artifact_location = run.artifact_location,
                           .reason = has_passed ? std::string() : run.outcome.reason};
  store.events.Add(event);
}

}  // namespace synthetics::state
