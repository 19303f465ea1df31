// How long the states last that end by themselves.
#pragma once

#include <array>
#include <optional>
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

// A profile, and single states whose time is set apart from it.
class Transitions {
 public:
  explicit Transitions(Profile profile = Profile::kFast) : profile_(profile) {}

  bool operator==(const Transitions&) const = default;

  Profile profile() const { return profile_; }

  // How long a transitional state lasts in all.
  Duration TimeIn(CanaryState state) const;

  // The time set for this one state; nothing where the profile decides.
  std::optional<Duration> OwnTimeIn(CanaryState state) const;

  void SetTimeIn(CanaryState state, Duration time);

 private:
  Profile profile_;
  std::array<std::optional<Duration>, kTransitionalStates.size()> own_times_;
};

}  // namespace synthetics::state
