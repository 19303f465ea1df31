#include <algorithm>

#include "api/arn.hpp"
#include "api/control/load.hpp"
#include "api/control/routes.hpp"
#include "api/control/scope.hpp"
#include "api/control/seed_plan.hpp"
#include "api/handlers/canaries.hpp"
#include "api/handlers/groups.hpp"
#include "state/engine/past.hpp"

namespace synthetics::api {
namespace {

using state::Duration;
using state::Instant;

// The instants of outages are those of runs; what changes the rule happens just before.
constexpr Duration kJustBefore{1};

struct Step {
  Instant at;
  const SeedPlan* plan = nullptr;
  bool is_birth = false;  // else the rule of its runs changes
};

// Everything that is done to the canaries, in its order.
std::vector<Step> StepsOf(const std::vector<SeedPlan>& plans) {
  std::vector<Step> steps;
  for (const SeedPlan& plan : plans) {
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
bool HasRules(const SeedPlan& plan) {
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
void RuleRuns(state::Engine& engine, const SeedPlan& plan, Instant from) {
  state::OutcomeStore& outcomes = engine.store().outcomes;
  if (const auto rule = RuleAt(*plan.seed->history, from)) {
    outcomes.Put(plan.scope, plan.seed->canary.name, {.script = {}, .rule = *rule});
  } else {
    outcomes.Remove(plan.scope, plan.seed->canary.name);
  }
}

void PutOutcomes(state::Engine& engine, const SeedPlan& plan) {
  if (!plan.outcomes) return;
  engine.store().outcomes.Put(plan.scope, plan.seed->canary.name, *plan.outcomes);
}

Refusal Create(state::Engine& engine, const Options& options, const SeedPlan& plan) {
  const SeedCanary& seed = *plan.seed;
  Context context{.engine = engine, .scope = plan.scope, .options = options};
  if (seed.history) {
    RuleRuns(engine, plan, plan.begin);
  } else {
    PutOutcomes(engine, plan);
  }
  if (const auto created = CreateCanary(context, seed.canary); !created) {
    return RefuseSeed(plan.place, created.error());
  }
  if (!seed.start.value_or(false)) return {};
  const auto started = StartCanary(context, {.name = seed.canary.name});
  return started ? Refusal{} : RefuseSeed(plan.place, started.error());
}

// What was asked of the runs of a name before is so again after its history.
void KeepOutcomes(const state::OutcomeStore& outcomes, SeedPlan& plan) {
  const std::string& name = plan.seed->canary.name;
  const bool is_told = plan.outcomes || !outcomes.Find(plan.scope, name);
  if (plan.seed->history && !is_told) plan.outcomes = outcomes.Left(plan.scope, name);
}

Refusal CreateCanaries(state::Engine& engine, const Options& options,
                       std::vector<SeedPlan>& plans) {
  for (SeedPlan& plan : plans) KeepOutcomes(engine.store().outcomes, plan);
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
  for (const SeedPlan& plan : plans) {
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
    const std::string place = SeedPlace("groups", index, seed.group.name);
    Context context{.engine = engine, .scope = ScopeOr(options.defaults, seed), .options = options};
    const auto created = CreateGroup(context, seed.group);
    if (!created) return RefuseSeed(place, created.error());
    for (const std::string& member : seed.members) {
      if (const auto refusal = AddMember(context, created->group.id, member)) {
        return RefuseSeed(place, *refusal);
      }
    }
  }
  return {};
}

SeedResponse Summary(const state::Engine& engine, const SeedRequest& request,
                     const std::vector<SeedPlan>& plans) {
  SeedResponse summary{.canaries = std::ssize(request.canaries),
                       .groups = std::ssize(request.groups),
                       .runs = 0,
                       .now = {engine.now()}};
  for (const SeedPlan& plan : plans) {
    const auto canary = engine.store().canaries.Find(plan.scope, plan.seed->canary.name);
    summary.runs += engine.store().runs.Count(canary.value().key);
  }
  return summary;
}

// All of it or, where it is refused, nothing.
Result<SeedResponse> Sow(state::Engine& engine, const Options& options,
                         const SeedRequest& request) {
  auto plans = SeedPlansOf(request.canaries, options.defaults, engine.now());
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
  SeedRequest request;
  if (auto refusal =
          DecodeRequest(FieldsOf<SeedRequest>(), &request, none, file, UnknownMembers::kRefused)) {
    return refusal;
  }
  // A kept world stands where its last process left it.
  while (!engine.CatchUp(state::kSlice)) {
  }
  const auto sown = Sow(engine, options, request);
  if (!sown) return sown.error();
  return {};
}

Result<Created<SeedResponse>> PostSeed(ControlContext& context, const SeedRequest& request) {
  if (context.engine.is_advancing()) {
    return ApiError{ErrorKind::kConflict, "An advance of the clock is under way."};
  }
  const auto sown = Sow(context.engine, context.options, request);
  if (!sown) return sown.error();
  return Created<SeedResponse>{*sown};
}

}  // namespace synthetics::api
