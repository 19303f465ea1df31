// How long the states last that end by themselves, and how they end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "state/canary.hpp"
#include "state/instant.hpp"
#include "state/names.hpp"

namespace synthetics::state {

enum class Profile {
  kInstant,    // never seen: the call that begins the state ends it too
  kFast,       // under half a second each, long enough to be observed
  kRealistic,  // about what AWS takes
};

inline constexpr NameTable<Profile, 3> kProfileNames{{
    {Profile::kInstant, "instant"},
    {Profile::kFast, "fast"},
    {Profile::kRealistic, "realistic"},
}};

std::string_view Name(Profile profile);
std::optional<Profile> ParseProfile(std::string_view name);

// How a transition ends that fails. What is left open is as the state machine has it.
struct TransitionFailure {
  std::optional<CanaryState> state;
  std::string reason;
  std::optional<StateReasonCode> code;

  bool operator==(const TransitionFailure&) const = default;
};

// What is set for one state. It lasts its time, or until it has been read so often, or until it is
// released; where none of these is set, as long as the profile says.
struct StateRule {
  std::optional<Duration> time;
  std::optional<std::int64_t> reads;
  bool is_held = false;
  std::optional<TransitionFailure> failure;
  std::optional<std::int64_t> times;  // how many more transitions fail; none: all of them

  bool operator==(const StateRule&) const = default;
};

// How one transition ends, where that is not by the clock alone and as it should.
struct TransitionPlan {
  std::optional<std::int64_t> reads;  // until it ends
  bool is_held = false;
  std::optional<TransitionFailure> failure;
  // The VPC of the canary's functions before and after, empty: none.
  std::string vpc_before;
  std::string vpc;

  bool operator==(const TransitionPlan&) const = default;
};

// A profile, and single states that have rules apart from it.
class Transitions {
 public:
  explicit Transitions(Profile profile = Profile::kFast) : profile_(profile) {}

  bool operator==(const Transitions&) const = default;

  Profile profile() const { return profile_; }

  // How long a transitional state lasts in all, where the clock decides.
  Duration TimeIn(CanaryState state) const;

  // What is set for this one state.
  const StateRule& RuleOf(CanaryState state) const;
  StateRule& RuleOf(CanaryState state);

 private:
  Profile profile_;
  std::array<StateRule, kTransitionalStates.size()> rules_;
};

}  // namespace synthetics::state
