#include "api/handlers/canaries.hpp"

#include "api/handlers/canary_view.hpp"
#include "api/handlers/configure.hpp"
#include "api/handlers/find_canary.hpp"
#include "api/handlers/pages.hpp"
#include "api/rules.hpp"

namespace synthetics::api {
namespace {

using state::Trigger;

// The first of the rules that does not hold.
Refusal FirstOf(std::initializer_list<Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    if (refusal) return refusal;
  }
  return {};
}

Canary Shown(Context& context, const state::Canary& canary) {
  return Show(canary, context.engine.store().tags.Of(canary.key));
}

ApiError Conflict(std::string_view sentence) {
  return {ErrorKind::kConflict, std::string(sentence)};
}

// Applies a trigger that a call stands for, or says in the service's words why the state forbids
// it.
Result<Empty> Apply(Context& context, state::Canary& canary, Trigger trigger,
                    const std::string& conflict) {
  if (!state::Engine::CanApply(canary, trigger)) return Conflict(conflict);
  context.engine.Apply(canary, trigger);
  return Empty{};
}

std::string StateSentence(std::string_view verb, const state::Canary& canary) {
  return "Canary is in a state that can't be " + std::string(verb) + ": " +
         std::string(Name(canary.status.state));
}

Refusal CheckChanged(const state::Canary& before, const state::Canary& after,
                     const UpdateCanaryRequest& request, state::Instant now) {
  return FirstOf({
      RuntimeIsSupported(after.runtime_version, now),
      OtherRuntimeBringsCode(before.runtime_version, request),
      TimeoutFitsSchedule(after.timeout, after.schedule.expression),
      RetriesFitTimeout(after.schedule.max_retries, after.timeout),
  });
}

Refusal CheckCode(const CodeInput& code) {
  return FirstOf({CodeIsNotTooLarge(code), CodeIsComplete(code)});
}

}  // namespace

Result<CanaryResponse> CreateCanary(Context& context, const CreateCanaryRequest& request) {
  if (const auto refusal = FirstOf({
          CheckCode(request.code),
          ScheduleIsValid(request.schedule.expression),
          TimeoutIsWithinLimits(request.run_config),
          MemoryIsMultipleOf64(request.run_config),
          RuntimeIsSupported(request.runtime_version, context.engine.now()),
          ReplicatedTagsExist(request),
      })) {
    return *refusal;
  }
  auto canary = NewCanary(request, context.scope);
  if (const auto refusal = FirstOf({
          TimeoutFitsSchedule(canary.timeout, canary.schedule.expression),
          RetriesFitTimeout(canary.schedule.max_retries, canary.timeout),
      })) {
    return *refusal;
  }
  const auto tags = request.tags.value_or(state::TagMap{});
  if (!context.engine.Create(canary, TakeCode(request.code), tags)) {
    // A 400, and not the 409 that one would expect: CloudFormation leans on it.
    return ApiError{ErrorKind::kInvalid, "Canary name already exists: " + request.name};
  }
  return CanaryResponse{Shown(context, canary)};
}

Result<CanaryResponse> GetCanary(Context& context, const GetCanaryRequest& request) {
  const auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  if (request.dry_run_id) {
    return ApiError{ErrorKind::kNotFound, "Dry run not found: " + *request.dry_run_id};
  }
  return CanaryResponse{Shown(context, *canary)};
}

Result<Empty> UpdateCanary(Context& context, const UpdateCanaryRequest& request) {
  if (const auto refusal = FirstOf({
          request.code ? CheckCode(*request.code) : std::nullopt,
          request.schedule ? ScheduleIsValid(request.schedule->expression) : std::nullopt,
          TimeoutIsWithinLimits(request.run_config),
          MemoryIsMultipleOf64(request.run_config),
      })) {
    return *refusal;
  }
  const auto before = FindCanary(context, request.name);
  if (!before) return before.error();
  if (request.dry_run_id) {
    return ApiError{ErrorKind::kNotFound, "Dry run not found: " + *request.dry_run_id};
  }
  if (!state::Engine::CanApply(*before, Trigger::kUpdate)) {
    return Conflict(StateSentence("modified", *before));
  }
  state::Canary after = *before;
  ApplyUpdate(after, request);
  if (const auto refusal = CheckChanged(*before, after, request, context.engine.now())) {
    return *refusal;
  }
  const auto code = request.code ? std::optional(TakeCode(*request.code)) : std::nullopt;
  context.engine.Update(after, code);
  return Empty{};
}

Result<Empty> DeleteCanary(Context& context, const DeleteCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kDelete, StateSentence("deleted", *canary));
}

Result<Empty> StartCanary(Context& context, const StartCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kStart, "Canary is not in a startable state");
}

Result<Empty> StopCanary(Context& context, const StopCanaryRequest& request) {
  auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  return Apply(context, *canary, Trigger::kStop, "Canary is not in a stoppable state");
}

Result<DescribeCanariesResponse> DescribeCanaries(Context& context,
                                                  const DescribeCanariesRequest& request) {
  const std::int64_t limit = request.max_results.value_or(kPageOfCanaries.max);
  const auto names = request.names.value_or(std::vector<std::string>{});
  const std::string listing = ListingName("DescribeCanaries", context.scope, names);
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();

  const state::Canaries& store = context.engine.store().canaries;
  auto canaries = names.empty() ? store.Page(context.scope, *after, limit + 1)
                                : store.FindAll(context.scope, *after, names);
  DescribeCanariesResponse response;
  response.next_token = EndPage(canaries, limit, listing, [](const auto& row) { return row.id; });
  for (const state::Canary& canary : canaries) {
    response.canaries.push_back(Shown(context, canary));
  }
  return response;
}

}  // namespace synthetics::api
