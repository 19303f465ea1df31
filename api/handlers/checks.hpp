// The rules in the order in which the operations that configure a canary apply them.
#pragma once

#include <initializer_list>

#include "api/rules.hpp"
#include "api/shapes/canary.hpp"

namespace synthetics::api {

// The first of the rules that does not hold.
inline Refusal FirstOf(std::initializer_list<Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    if (refusal) return refusal;
  }
  return {};
}

namespace checks {

// Members that one operation requires and others do not.
template <class Member>
const Member* AddressOf(const Member& member) {
  return &member;
}
template <class Member>
const Member* AddressOf(const std::optional<Member>& member) {
  return member ? &*member : nullptr;
}

}  // namespace checks

// What can be said of CreateCanary, UpdateCanary or StartCanaryDryRun without looking at a canary.
template <class Request>
Refusal CheckRequest(const Request& request) {
  const auto* const code = checks::AddressOf(request.code);
  const auto* const location = checks::AddressOf(request.artifact_s3_location);
  Refusal schedule;
  if constexpr (requires { request.schedule; }) {
    const auto* const given = checks::AddressOf(request.schedule);
    if (given != nullptr) schedule = ScheduleIsValid(given->expression);
  }
  return FirstOf({
      code == nullptr ? Refusal{} : CodeIsComplete(*code),
      schedule,
      MemoryIsMultipleOf64(request.run_config),
      EnvironmentIsAllowed(request.run_config),
      RetentionIsAllowed("SuccessRetentionPeriodInDays", request.success_retention_period_in_days),
      RetentionIsAllowed("FailureRetentionPeriodInDays", request.failure_retention_period_in_days),
      location == nullptr ? Refusal{} : ArtifactBucketIsAllowed(*location),
  });
}

// What has to hold of a canary however it came to be as it is.
inline Refusal CheckCanary(Context& context, const state::Canary& canary) {
  return FirstOf({
      RuntimeIsSupported(context, canary.runtime_version),
      RuntimeHasFeatures(context, canary),
      TimeoutFitsSchedule(canary.timeout, canary.schedule.expression),
      RetriesFitTimeout(canary.schedule.max_retries, canary.timeout),
  });
}

// What has to hold of a change, tried or made.
template <class Request>
Refusal CheckChange(Context& context, const state::Canary& before, const state::Canary& after,
                    const Request& request) {
  if (auto refusal = CheckCanary(context, after)) return refusal;
  if (auto refusal = OtherRuntimeBringsCode(before, after, request.code)) return refusal;
  std::vector<VisualReference> references;
  if (request.visual_references) references = *request.visual_references;
  if (request.visual_reference) references.push_back(*request.visual_reference);
  for (const VisualReference& reference : references) {
    if (auto refusal = BaselineExists(context, before, reference)) return refusal;
  }
  return {};
}

}  // namespace synthetics::api
