#include "api/handlers/canaries.hpp"

#include <algorithm>

#include "api/handlers/canary_view.hpp"
#include "api/handlers/checks.hpp"
#include "api/handlers/configure.hpp"
#include "api/handlers/find_canary.hpp"
#include "api/handlers/pages.hpp"

namespace synthetics::api {
namespace {

using state::Trigger;

Canary Shown(Context& context, const state::Canary& canary) {
  return Show(canary, context.engine.store().canary_tags.Of(canary.key));
}

// The canary for whoever looks at it. One that is between two states is about to change, and each
// look at it may be what it waits for.
Prepared<Canary> LookAt(Context& context, std::int64_t key) {
  state::Canaries& canaries = context.engine.store().canaries;
  if (const std::string* text = canaries.TextOf(key)) return Prepared<Canary>(*text);
  const state::Canary canary = canaries.FindByKey(key).value();
  Prepared<Canary> shown(Shown(context, canary));
  if (IsTransitional(canary.status.state)) {
    context.engine.NoteRead(canary);
  } else {
    canaries.KeepText(key, shown.json);
  }
  return shown;
}

ApiError Conflict(std::string sentence, std::string explain) {
  return {ErrorKind::kConflict, std::move(sentence), std::move(explain)};
}

// Applies a trigger that a call stands for, or says in the service's words why the state forbids
// it.
Result<Empty> Apply(Context& context, state::Canary& canary, Trigger trigger,
                    const ApiError& conflict) {
  if (!state::Engine::CanApply(canary, trigger)) return conflict;
  context.engine.Apply(canary, trigger);
  return Empty{};
}

// The changes of a dry run that has passed become the canary's.
Result<Empty> CommitDryRun(Context& context, const state::Canary& before,
                           const UpdateCanaryRequest& request) {
  const auto dry_run = FindDryRun(context, before, *request.dry_run_id);
  if (!dry_run) return dry_run.error();
  if (dry_run->state == state::RunState::kRunning) {
    return Conflict("The dry run is still in progress: " + dry_run->id,
                    "An update takes over a dry run that has passed; " + ExplainDryRun(before));
  }
  if (dry_run->state == state::RunState::kFailed) {
    return ApiError{ErrorKind::kInvalid,
                    "A failed dry run cannot be used to update: " + dry_run->id,
                    "An update takes over a dry run that has passed; GetCanaryRuns with this"
                    " DryRunId says why it failed, and StartCanaryDryRun begins another."};
  }
  state::Canary after = dry_run->trial;
  if (request.schedule) ApplySchedule(after, *request.schedule);
  if (const auto refusal = CheckCanary(context, after)) return *refusal;
  context.engine.Update(after, {}, {VpcOf(before), VpcOf(after)});
  return Empty{};
}

}  // namespace

Result<CanaryResponse> CreateCanary(Context& context, const CreateCanaryRequest& request) {
  if (const auto refusal = CheckRequest(request)) return *refusal;
  if (const auto refusal = ReplicatedTagsExist(request)) return *refusal;
  auto canary = NewCanary(request, context.scope);
  if (const auto refusal = CheckCanary(context, canary)) return *refusal;
  const auto tags = request.tags.value_or(state::TagMap{});
  if (!context.engine.Create(canary, TakeCode(request.code), tags, VpcOf(canary))) {
    // A 400, and not the 409 that one would expect: CloudFormation leans on it.
    const auto taken = context.engine.store().canaries.Find(context.scope, request.name);
    return ApiError{ErrorKind::kInvalid, "Canary name already exists: " + request.name,
                    ExplainTaken(context.engine.store(), taken.value())};
  }
  return CanaryResponse{Prepared<Canary>(Shown(context, canary))};
}

Result<CanaryResponse> GetCanary(Context& context, const GetCanaryRequest& request) {
  if (!request.dry_run_id) {
    const auto key = context.engine.store().canaries.FindKey(context.scope, request.name);
    if (!key) return CanaryNotFound(context, request.name);
    return CanaryResponse{LookAt(context, *key)};
  }
  const auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  const auto dry_run = FindDryRun(context, *canary, *request.dry_run_id);
  if (!dry_run) return dry_run.error();
  Canary trial = Shown(context, dry_run->trial);
  trial.dry_run_config = Show(*dry_run);
  return CanaryResponse{Prepared<Canary>(trial)};
}

Result<Empty> UpdateCanary(Context& context, const UpdateCanaryRequest& request) {
  if (const auto refusal = CheckRequest(request)) return *refusal;
  if (const auto refusal = OnlyScheduleComesWithDryRun(request)) return *refusal;
  const auto before = FindCanary(context, request.name);
  if (!before) return before.error();
  if (!state::Engine::CanApply(*before, Trigger::kUpdate)) {
    return StateConflict(context, "modified", *before, Trigger::kUpdate);
  }
  if (request.dry_run_id) return CommitDryRun(context, *before, request);
  state::Canary after = *before;
  ApplyUpdate(after, request);
  if (const auto refusal = CheckChange(context, *before, after, request)) return *refusal;
  const auto code = request.code ? std::optional(TakeCode(*request.code)) : std::nullopt;
  context.engine.Update(after, code, {VpcOf(*before), VpcOf(after)});
  return Empty{};
}

Result<Empty> DeleteCanary(Context& context, const DeleteCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kDelete,
               StateConflict(context, "deleted", *canary, Trigger::kDelete));
}

Result<Empty> StartCanary(Context& context, const StartCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kStart,
               Conflict("Canary is not in a startable state",
                        ExplainState(context.engine.store(), *canary, Trigger::kStart)));
}

Result<Empty> StopCanary(Context& context, const StopCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kStop,
               Conflict("Canary is not in a stoppable state",
                        ExplainState(context.engine.store(), *canary, Trigger::kStop)));
}

Result<DescribeCanariesResponse> DescribeCanaries(Context& context,
                                                  const DescribeCanariesRequest& request) {
  auto names = request.names.value_or(std::vector<std::string>{});
  std::ranges::sort(names);  // their order means nothing, to a token neither
  const auto page = PageOf(context, request, "DescribeCanaries", kPageOfCanaries, names);
  if (!page) return page.error();

  const state::Canaries& store = context.engine.store().canaries;
  auto canaries = names.empty() ? store.Page(context.scope, page->after, page->limit + 1)
                                : store.FindAll(context.scope, page->after, names);
  DescribeCanariesResponse response;
  response.next_token = EndPage(canaries, *page, [](const auto& row) { return row.id; });
  response.canaries.reserve(canaries.size());
  for (const auto& canary : canaries) response.canaries.push_back(LookAt(context, canary.key));
  return response;
}

}  // namespace synthetics::api
