// The shapes of a seed: CreateCanary's and CreateGroup's members in the service's own spelling, and
// beside them those that only a seed has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/control/outcome_shapes.hpp"
#include "api/limits.hpp"
#include "api/part.hpp"
#include "api/shapes/canary.hpp"
#include "api/shapes/group.hpp"

namespace synthetics::api {

// All runs that start from `from` on and before `to` fail.
struct OutageBody {
  IsoInstant from;
  IsoInstant to;
  std::optional<std::string> state_reason;
};
template <>
struct ShapeOf<OutageBody> {
  static constexpr std::array kFields{
      Required<&OutageBody::from>("from"),
      Required<&OutageBody::to>("to"),
      Optional<&OutageBody::state_reason>("stateReason", kStateReason),
  };
};

inline constexpr Constraint kOutages{.max = 1000};

// No run is shown for longer.
inline constexpr Constraint kHistoryDays{.min = 0, .max = kLongestRetention};

struct HistoryBody {
  double days = 0;  // how long ago the canary was created and started
  std::optional<double> failure_rate;
  std::vector<OutageBody> outages;
};
template <>
struct ShapeOf<HistoryBody> {
  static constexpr std::array kFields{
      Required<&HistoryBody::days>("days", kHistoryDays),
      Optional<&HistoryBody::failure_rate>("failureRate", kProbability),
      Optional<&HistoryBody::outages>("outages", kOutages),
  };
};

struct SeedCanary {
  CreateCanaryRequest canary;
  std::optional<bool> start;
  std::optional<OutcomesInput> outcomes;
  std::optional<HistoryBody> history;
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<SeedCanary> {
  static constexpr auto kFields = WithPart<&SeedCanary::canary>(std::array{
      Optional<&SeedCanary::start>("start"),
      Optional<&SeedCanary::outcomes>("outcomes"),
      Optional<&SeedCanary::history>("history"),
      Optional<&SeedCanary::account>("account", kAccount),
      Optional<&SeedCanary::region>("region", kRegion),
  });
};

struct SeedGroup {
  CreateGroupRequest group;
  std::vector<std::string> members;  // canaries: names in the group's region, or ARNs
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<SeedGroup> {
  static constexpr auto kFields = WithPart<&SeedGroup::group>(std::array{
      Optional<&SeedGroup::members>("members"),
      Optional<&SeedGroup::account>("account", kAccount),
      Optional<&SeedGroup::region>("region", kRegion),
  });
};

// Whatever stands where the canaries should may have their code and variables in it.
inline constexpr Constraint kSeedCanaries{.is_secret = true};

struct SeedRequest {
  std::vector<SeedCanary> canaries;
  std::vector<SeedGroup> groups;
};
template <>
struct ShapeOf<SeedRequest> {
  static constexpr std::array kFields{
      Optional<&SeedRequest::canaries>("canaries", kSeedCanaries),
      Optional<&SeedRequest::groups>("groups"),
  };
};

// What a seed has made.
struct SeedResponse {
  std::int64_t canaries = 0;
  std::int64_t groups = 0;
  std::int64_t runs = 0;  // begun so far
  IsoInstant now;
};
template <>
struct ShapeOf<SeedResponse> {
  static constexpr std::array kFields{
      Required<&SeedResponse::canaries>("canaries"),
      Required<&SeedResponse::groups>("groups"),
      Required<&SeedResponse::runs>("runs"),
      Required<&SeedResponse::now>("now"),
  };
};

}  // namespace synthetics::api
