// What a seed asks of its canaries, looked at before anything is made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/control/seed_shapes.hpp"
#include "api/error.hpp"
#include "state/outcomes.hpp"
#include "state/scope.hpp"

namespace synthetics::api {

// A canary of a seed, and what is to become of it.
struct SeedPlan {
  const SeedCanary* seed = nullptr;
  std::string place;  // in the seed
  state::Scope scope;
  state::Instant begin;                     // of its life; now without a history
  std::optional<state::Outcomes> outcomes;  // of the runs after its history
};

// The plans, which refer to the seeds. Refuses (invalid) histories that cannot have been, and more
// runs in all than can be made in one go. What the service's own rules are, its handlers say.
Result<std::vector<SeedPlan>> SeedPlansOf(const std::vector<SeedCanary>& seeds,
                                          const state::Scope& defaults, state::Instant now);

// A place as the codec names it, and what has its place there: `canaries.2.member (checkout)`.
std::string SeedPlace(std::string_view list, std::size_t index, const std::string& name);

// Whatever an operation calls it: of a seed it is invalid.
ApiError RefuseSeed(const std::string& place, const ApiError& error);

}  // namespace synthetics::api
