#include "state/engine/lifecycle.hpp"

#include <map>
#include <vector>

#include "state/transitions.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::state;
using enum CanaryState;

namespace {

constexpr std::array kAllStates{kCreating, kReady,   kStarting, kRunning, kUpdating,
                                kStopping, kStopped, kError,    kDeleting};

std::vector<CanaryState> StatesThatAllow(Trigger trigger) {
  std::vector<CanaryState> states;
  for (const CanaryState state : kAllStates) {
    if (FindEdge({.state = state}, trigger) != nullptr) states.push_back(state);
  }
  return states;
}

}  // namespace

TEST_CASE("Lifecycle: each call is possible in these states and a conflict in all others") {
  REQUIRE(StatesThatAllow(Trigger::kStart) == std::vector{kReady, kStopped});
  REQUIRE(StatesThatAllow(Trigger::kStop) == std::vector{kRunning});
  REQUIRE(StatesThatAllow(Trigger::kUpdate) == std::vector{kReady, kRunning, kStopped, kError});
  REQUIRE(StatesThatAllow(Trigger::kDryRun) == std::vector{kReady, kRunning, kStopped});
  REQUIRE(StatesThatAllow(Trigger::kDelete) == std::vector{kReady, kStopped, kError});
}

TEST_CASE("Lifecycle: a canary whose creation failed can be deleted, but not updated or started") {
  const CanaryStatus failed{.state = kError, .code = StateReasonCode::kCreateFailed};
  REQUIRE(FindEdge(failed, Trigger::kDelete) != nullptr);
  REQUIRE(FindEdge(failed, Trigger::kUpdate) == nullptr);
  REQUIRE(FindEdge(failed, Trigger::kStart) == nullptr);
}

TEST_CASE("Lifecycle: no state and trigger lead two ways") {
  for (const Edge& edge : Edges()) {
    const CanaryStatus status{.state = edge.from, .code = edge.from_code};
    REQUIRE(FindEdge(status, edge.trigger) == &edge);
  }
}

TEST_CASE("Lifecycle: the parts of each transitional state's time add up to all of it") {
  std::map<CanaryState, int> percent;
  for (const Edge& edge : Edges()) {
    if (edge.trigger == Trigger::kElapsed) percent[edge.from] += edge.percent;
  }
  REQUIRE(percent.size() == kTransitionalStates.size());
  for (const auto& [state, sum] : percent) REQUIRE(sum == 100);
}

TEST_CASE("Lifecycle: steady states carry no reason code but that of a failure") {
  for (const Edge& edge : Edges()) {
    if (edge.trigger == Trigger::kFailed || (edge.to && IsTransitional(*edge.to))) continue;
    REQUIRE(edge.to_code == StateReasonCode::kNone);
  }
}

TEST_CASE("Transitions: the fast profile keeps every state under half a second, and in sight") {
  const Transitions fast(Profile::kFast);
  for (const CanaryState state : kTransitionalStates) {
    REQUIRE(fast.TimeIn(state) > Duration{100});
    REQUIRE(fast.TimeIn(state) < Duration{500});
  }
}

TEST_CASE("Transitions: a state's own time stands over the profile's") {
  Transitions transitions(Profile::kInstant);
  transitions.RuleOf(kUpdating).time = Duration{1500};
  REQUIRE(transitions.TimeIn(kUpdating) == Duration{1500});
  REQUIRE(transitions.TimeIn(kCreating) == Duration{0});
}
