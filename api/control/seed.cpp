#include <algorithm>
#include <cmath>

#include "api/arn.hpp"
#include "api/control/load.hpp"
#include "api/control/outcomes.hpp"
#include "api/control/routes.hpp"
#include "api/control/seed_shapes.hpp"
#include "api/handlers/canaries.hpp"
#include "api/handlers/configure.hpp"
#include "api/handlers/groups.hpp"
#include "api/rules.hpp"
#include "state/engine/past.hpp"
#include "state/engine/schedule.hpp"

namespace synthetics::api {
namespace {

using state::Duration;
using state::Instant;

// No run is shown for longer (`RetentionIsAllowed`).
constexpr double kLongestDays = 455;

// Of all histories of a seed: they are lived through in one go, and nothing is answered meanwhile.
constexpr std::int64_t kMostRuns = 1'000'000;

// The instants of outages are those of runs; what changes the rule happens just before.
constexpr Duration kJustBefore{1};

// A canary of a seed, and what is to become of it.
struct Plan {
  const SeedCanary* seed = nullptr;
  std::string where;  // it stands in the seed
  state::Scope scope;
  Instant begin;                            // of its life; now without a history
  std::optional<state::Outcomes> outcomes;  // of the runs after its history
};

struct Step {
  Instant at;
  const Plan* plan = nullptr;
  bool is_birth = false;  // else the rule of its runs changes
};

// A place as the codec names it, and what has its place there: `canaries.2.member (checkout)`.
std::string Where(std::string_view list, std::size_t index, const std::string& name) {
  return std::string(list) + "." + std::to_string(index + 1) + ".member (" + name + ")";
}

// Whatever an operation calls it: of a seed it is invalid.
ApiError Refuse(const std::string& where, const ApiError& error) {
  return {ErrorKind::kInvalid, where + ": " + error.message};
}

ApiError Invalid(const std::string& member, const std::string& why) {
  return {ErrorKind::kInvalid, "'" + member + "': " + why};
}

template <class Entry>
Context ContextOf(state::Engine& engine, const Options& options, const Entry& entry) {
  return {.engine = engine,
          .scope = {.account = entry.account.value_or(options.defaults.account),
                    .region = entry.region.value_or(options.defaults.region)},
          .options = options};
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
  if (!(history.days > 0 && history.days <= kLongestDays)) {
    return Invalid("history.days",
                   "must be above 0 and at most 455, not " + std::to_string(history.days));
  }
  if (now - LengthOf(history) < Instant{}) {
    return Invalid("history.days", "must not begin before 1970; now it is " + state::ToIso(now));
  }
  const double rate = history.failure_rate.value_or(0);
  if (!(rate >= 0 && rate <= 1)) {
    return Invalid("history.failureRate", "must be between 0 and 1, not " + std::to_string(rate));
  }
  for (std::size_t index = 0; index < history.outages.size(); ++index) {
    const std::string where = "history.outages." + std::to_string(index + 1) + ".member";
    if (auto refusal = OutageIsPossible(history.outages[index], where, now)) return refusal;
  }
  return {};
}

// How many runs the history has by the schedule. None of a schedule that CreateCanary will refuse.
std::int64_t RunsIn(const Plan& plan, Instant now) {
  const CreateCanaryRequest& request = plan.seed->canary;
  if (!state::ParseSchedule(request.schedule.expression)) return 0;
  return CountScheduledRuns(NewCanary(request, plan.scope), plan.begin, now, kMostRuns);
}

Result<Plan> PlanOf(const SeedCanary& seed, std::string where, state::Scope scope, Instant now) {
  Plan plan{.seed = &seed,
            .where = std::move(where),
            .scope = std::move(scope),
            .begin = now,
            .outcomes = {}};
  if (seed.outcomes) {
    const auto outcomes = OutcomesOf(*seed.outcomes);
    if (!outcomes) return Refuse(plan.where + ", outcomes", outcomes.error());
    plan.outcomes = *outcomes;
  }
  if (!seed.history) return plan;
  if (const auto refusal = HistoryIsPossible(seed, now)) return Refuse(plan.where, *refusal);
  plan.begin = now - LengthOf(*seed.history);
  return plan;
}

Result<std::vector<Plan>> PlansOf(state::Engine& engine, const Options& options,
                                  const std::vector<SeedCanary>& seeds) {
  std::vector<Plan> plans;
  std::int64_t runs = 0;
  for (const SeedCanary& seed : seeds) {
    auto plan = PlanOf(seed, Where("canaries", plans.size(), seed.canary.name),
                       ContextOf(engine, options, seed).scope, engine.now());
    if (!plan) return plan.error();
    if (seed.history) runs += RunsIn(*plan, engine.now());
    if (runs > kMostRuns) {
      return Refuse(plan->where, Invalid("history.days", "with it the seed has more than " +
                                                             std::to_string(kMostRuns) + " runs"));
    }
    plans.push_back(*std::move(plan));
  }
  return plans;
}

// Everything that is done to the canaries, in its order.
std::vector<Step> StepsOf(const std::vector<Plan>& plans) {
  std::vector<Step> steps;
  for (const Plan& plan : plans) {
    steps.push_back({.at = plan.begin, .plan = &plan, .is_birth = true});
    if (!plan.seed->history) continue;
    for (const OutageBody& outage : plan.seed->history->outages) {
      for (const Instant turn : {outage.from.instant, outage.to.instant}) {
        if (turn > plan.begin) steps.push_back({.at = turn - kJustBefore, .plan = &plan});
      }
    }
  }
  std::ranges::stable_sort(steps, {}, &Step::at);
  return steps;
}

// Whether it says how the runs of the history end; else that is left to what is in force anyway.
bool HasRules(const Plan& plan) {
  const auto& history = plan.seed->history;
  return history && (history->failure_rate || !history->outages.empty());
}

std::optional<state::OutcomeRule> RuleAt(const HistoryBody& history, Instant instant) {
  for (const OutageBody& outage : history.outages) {
    if (outage.from.instant > instant || instant >= outage.to.instant) continue;
    state::OutcomeRule rule;
    rule.failure_rate = 1;
    rule.reason = outage.state_reason;
    return rule;
  }
  if (!history.failure_rate) return {};
  state::OutcomeRule rule;
  rule.failure_rate = *history.failure_rate;
  return rule;
}

// From that instant on, until it is called again.
void RuleRuns(state::Engine& engine, const Plan& plan, Instant from) {
  state::OutcomeStore& outcomes = engine.store().outcomes;
  if (const auto rule = RuleAt(*plan.seed->history, from)) {
    outcomes.Put(plan.scope, plan.seed->canary.name, {.script = {}, .rule = *rule});
  } else {
    outcomes.Remove(plan.scope, plan.seed->canary.name);
  }
}

void PutOutcomes(state::Engine& engine, const Plan& plan) {
  if (!plan.outcomes) return;
  engine.store().outcomes.Put(plan.scope, plan.seed->canary.name, *plan.outcomes);
}

Refusal Create(state::Engine& engine, const Options& options, const Plan& plan) {
  const SeedCanary& seed = *plan.seed;
  Context context{.engine = engine, .scope = plan.scope, .options = options};
  if (HasRules(plan)) RuleRuns(engine, plan, plan.begin);
  if (!seed.history) PutOutcomes(engine, plan);
  if (const auto created = CreateCanary(context, seed.canary); !created) {
    return Refuse(plan.where, created.error());
  }
  if (!seed.start.value_or(false)) return {};
  const auto started = StartCanary(context, {.name = seed.canary.name});
  return started ? Refusal{} : Refuse(plan.where, started.error());
}

Refusal CreateCanaries(state::Engine& engine, const Options& options,
                       const std::vector<Plan>& plans) {
  const auto steps = StepsOf(plans);
  if (steps.empty()) return {};
  state::Past past(engine, steps.front().at);
  for (const Step& step : steps) {
    past.LiveTo(step.at);
    if (!step.is_birth) {
      RuleRuns(engine, *step.plan, step.at + kJustBefore);
    } else if (auto refusal = Create(engine, options, *step.plan)) {
      return refusal;
    }
  }
  past.End();
  for (const Plan& plan : plans) {
    if (!plan.seed->history) continue;
    if (HasRules(plan)) engine.store().outcomes.Remove(plan.scope, plan.seed->canary.name);
    PutOutcomes(engine, plan);
  }
  return {};
}

Refusal AddMember(Context context, const std::string& group, const std::string& member) {
  std::string arn = CanaryArn(context.scope, member);
  if (const auto given = ParseResourceArn(member)) {
    arn = member;
    context.scope.region = given->region;
  }
  const auto added =
      AssociateResource(context, {.group_identifier = group, .resource_arn = std::move(arn)});
  return added ? Refusal{} : Refusal{added.error()};
}

Refusal CreateGroups(state::Engine& engine, const Options& options,
                     const std::vector<SeedGroup>& seeds) {
  for (std::size_t index = 0; index < seeds.size(); ++index) {
    const SeedGroup& seed = seeds[index];
    const std::string where = Where("groups", index, seed.group.name);
    Context context = ContextOf(engine, options, seed);
    const auto created = CreateGroup(context, seed.group);
    if (!created) return Refuse(where, created.error());
    for (const std::string& member : seed.members) {
      if (const auto refusal = AddMember(context, created->group.id, member)) {
        return Refuse(where, *refusal);
      }
    }
  }
  return {};
}

SeedResponse Summary(const state::Engine& engine, const SeedRequest& request,
                     const std::vector<Plan>& plans) {
  SeedResponse summary{.canaries = std::ssize(request.canaries),
                       .groups = std::ssize(request.groups),
                       .runs = 0,
                       .now = {engine.now()}};
  for (const Plan& plan : plans) {
    const auto canary = engine.store().canaries.Find(plan.scope, plan.seed->canary.name);
    summary.runs += engine.store().runs.Count(canary.value().key);
  }
  return summary;
}

// All of it or, where it is refused, nothing.
Result<SeedResponse> Sow(state::Engine& engine, const Options& options,
                         const SeedRequest& request) {
  const auto plans = PlansOf(engine, options, request.canaries);
  if (!plans) return plans.error();
  state::Engine::Change change(engine);
  if (auto refusal = CreateCanaries(engine, options, *plans)) return *std::move(refusal);
  if (auto refusal = CreateGroups(engine, options, request.groups)) return *std::move(refusal);
  const SeedResponse summary = Summary(engine, request, *plans);
  change.Commit();
  return summary;
}

}  // namespace

std::optional<ApiError> LoadSeedFile(state::Engine& engine, const Options& options,
                                     std::string_view file) {
  const Parameters none;
  const auto request = DecodeControl<SeedRequest>({none, file});
  if (!request) return request.error();
  // A kept world stands where its last process left it.
  while (!engine.CatchUp(state::kSlice)) {
  }
  const auto sown = Sow(engine, options, *request);
  if (!sown) return sown.error();
  return {};
}

ControlResult PostSeed(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<SeedRequest>(call);
  if (!request) return request.error();
  if (context.engine.is_advancing()) {
    return ApiError{ErrorKind::kConflict, "An advance of the clock is under way."};
  }
  const auto sown = Sow(context.engine, context.options, *request);
  if (!sown) return sown.error();
  Response response = Json200(*sown);
  response.status = 201;
  return Reply{std::move(response)};
}

}  // namespace synthetics::api
