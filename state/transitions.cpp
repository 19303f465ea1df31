#include "state/transitions.hpp"

#include <algorithm>

#include "state/names.hpp"

namespace synthetics::state {
namespace {

using Times = std::array<Duration, kTransitionalStates.size()>;

// In the order of `kTransitionalStates`. What AWS takes: CREATING was recorded at 7.1 s, the way
// from STARTING to RUNNING at 7 to 9 s, STOPPING and DELETING at "a few seconds" and "seconds to
// tens of seconds".
constexpr Times kInstantTimes{};
constexpr Times kFastTimes{Duration{400}, Duration{200}, Duration{400}, Duration{200},
                           Duration{300}};
constexpr Times kRealisticTimes{Duration{7'100}, Duration{8'600}, Duration{8'000}, Duration{4'000},
                                Duration{12'000}};

const Times& TimesOf(Profile profile) {
  switch (profile) {
    case Profile::kInstant:
      return kInstantTimes;
    case Profile::kFast:
      return kFastTimes;
    case Profile::kRealistic:
      return kRealisticTimes;
  }
  return kFastTimes;
}

// The place of a transitional state in the tables above.
std::size_t IndexOf(CanaryState state) {
  return static_cast<std::size_t>(std::ranges::find(kTransitionalStates, state) -
                                  kTransitionalStates.begin());
}

}  // namespace

std::string_view Name(Profile profile) { return NameIn(kProfileNames, profile); }
std::optional<Profile> ParseProfile(std::string_view name) { return ValueIn(kProfileNames, name); }

Duration Transitions::TimeIn(CanaryState state) const {
  return RuleOf(state).time.value_or(TimesOf(profile_).at(IndexOf(state)));
}

const StateRule& Transitions::RuleOf(CanaryState state) const { return rules_.at(IndexOf(state)); }
StateRule& Transitions::RuleOf(CanaryState state) { return rules_.at(IndexOf(state)); }

}  // namespace synthetics::state
