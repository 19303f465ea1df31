#include "api/control/seed_plan.hpp"

#include <cmath>

#include "api/control/outcomes.hpp"
#include "api/control/scope.hpp"
#include "api/handlers/configure.hpp"
#include "state/engine/past.hpp"
#include "state/engine/schedule.hpp"

namespace synthetics::api {
namespace {

using state::Duration;
using state::Instant;

// Of all histories of a seed: they are lived through in one go, and nothing is answered meanwhile.
constexpr std::int64_t kMostRuns = 250'000;

ApiError Invalid(const std::string& member, const std::string& why) {
  return {ErrorKind::kInvalid, "'" + member + "': " + why};
}

Duration LengthOf(const HistoryBody& history) {
  constexpr double kDay = 24.0 * 3600 * 1000;
  return Duration{std::llround(history.days * kDay)};
}

Refusal OutageIsPossible(const OutageBody& outage, const std::string& where, Instant now) {
  if (outage.to.instant <= outage.from.instant) {
    return Invalid(where + ".to", "must be after 'from', not " + state::ToIso(outage.to.instant));
  }
  if (outage.to.instant <= now) return {};
  return Invalid(where + ".to", "must not be after now, which is " + state::ToIso(now) +
                                    ", but is " + state::ToIso(outage.to.instant));
}

Refusal HistoryIsPossible(const SeedCanary& seed, Instant now) {
  const HistoryBody& history = *seed.history;
  if (!seed.start.value_or(false)) {
    return Invalid("history", "only a canary that is started has one; 'start' must be true");
  }
  if (history.days == 0) return Invalid("history.days", "must be above 0");
  if (now - LengthOf(history) < Instant{}) {
    return Invalid("history.days", "must not begin before 1970; now it is " + state::ToIso(now));
  }
  for (std::size_t index = 0; index < history.outages.size(); ++index) {
    const std::string where = "history.outages." + std::to_string(index + 1) + ".member";
    if (auto refusal = OutageIsPossible(history.outages[index], where, now)) return refusal;
  }
  return {};
}

// How many runs the history has by the schedule. None of a schedule that CreateCanary will refuse.
std::int64_t RunsIn(const SeedPlan& plan, Instant now) {
  const CreateCanaryRequest& request = plan.seed->canary;
  if (!state::ParseSchedule(request.schedule.expression)) return 0;
  return CountScheduledRuns(NewCanary(request, plan.scope), plan.begin, now, kMostRuns);
}

Result<SeedPlan> PlanOf(const SeedCanary& seed, std::string place, state::Scope scope,
                        Instant now) {
  SeedPlan plan{.seed = &seed,
                .place = std::move(place),
                .scope = std::move(scope),
                .begin = now,
                .outcomes = {}};
  if (seed.outcomes) {
    const auto outcomes = OutcomesOf(*seed.outcomes);
    if (!outcomes) return RefuseSeed(plan.place + ", outcomes", outcomes.error());
    plan.outcomes = *outcomes;
  }
  if (!seed.history) return plan;
  if (const auto refusal = HistoryIsPossible(seed, now)) return RefuseSeed(plan.place, *refusal);
  plan.begin = now - LengthOf(*seed.history);
  return plan;
}

}  // namespace

std::string SeedPlace(std::string_view list, std::size_t index, const std::string& name) {
  return std::string(list) + "." + std::to_string(index + 1) + ".member (" + name + ")";
}

ApiError RefuseSeed(const std::string& place, const ApiError& error) {
  return {ErrorKind::kInvalid, place + ": " + error.message};
}

Result<std::vector<SeedPlan>> SeedPlansOf(const std::vector<SeedCanary>& seeds,
                                          const state::Scope& defaults, Instant now) {
  std::vector<SeedPlan> plans;
  std::int64_t runs = 0;
  for (const SeedCanary& seed : seeds) {
    auto plan = PlanOf(seed, SeedPlace("canaries", plans.size(), seed.canary.name),
                       ScopeOr(defaults, seed), now);
    if (!plan) return plan.error();
    if (seed.history) runs += RunsIn(*plan, now);
    if (runs > kMostRuns) {
      return RefuseSeed(plan->place,
                        Invalid("history.days", "with it the seed has more than " +
                                                    std::to_string(kMostRuns) + " runs"));
    }
    plans.push_back(*std::move(plan));
  }
  return plans;
}

}  // namespace synthetics::api
