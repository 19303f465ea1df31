// The canary that a request names, in the request's own world.
#pragma once

#include <string>
#include <string_view>

#include "api/arn.hpp"
#include "api/context.hpp"
#include "api/error.hpp"
#include "api/explain.hpp"
#include "state/canary.hpp"
#include "state/dry_run.hpp"

namespace synthetics::api {

// The words that scripts look for; by name or ARN.
inline ApiError CanaryNotFound(const Context& context, const std::string& name) {
  return {ErrorKind::kNotFound, "Canary not found: " + name, ExplainNoCanary(context, name)};
}

inline Result<state::Canary> FindCanary(Context& context, const std::string& name) {
  auto canary = context.engine.store().canaries.Find(context.scope, name);
  if (!canary) return CanaryNotFound(context, name);
  return *std::move(canary);
}

// Whether an ARN is of a canary of the request's account and region.
inline bool IsCanaryHere(const Context& context, const ResourceArn& arn) {
  return arn.type == ResourceType::kCanary && IsOwnAccount(arn, context.scope) &&
         arn.region == context.scope.region;
}

inline Result<state::Canary> FindCanaryByArn(Context& context, const std::string& arn) {
  const auto parsed = ParseResourceArn(arn);
  if (!parsed || !IsCanaryHere(context, *parsed)) return CanaryNotFound(context, arn);
  return FindCanary(context, parsed->name);
}

// Not found for an id that is none of the canary's since it was last updated.
inline Result<state::DryRun> FindDryRun(Context& context, const state::Canary& canary,
                                        const std::string& id) {
  auto dry_run = context.engine.store().dry_runs.Find(canary, id);
  if (!dry_run) {
    return ApiError{ErrorKind::kNotFound, "Dry run not found: " + id,
                    "'" + canary.name +
                        "' has no dry run of this id; an update or the canary's end forgets them."};
  }
  return *std::move(dry_run);
}

// What a call is told that the canary's state forbids, in the words that scripts look for:
// `Canary is in a state that can't be deleted: RUNNING`.
inline ApiError StateConflict(const Context& context, std::string_view verb,
                              const state::Canary& canary, state::Trigger trigger) {
  return {ErrorKind::kConflict,
          "Canary is in a state that can't be " + std::string(verb) + ": " +
              std::string(Name(canary.status.state)),
          ExplainState(context.engine.store(), canary, trigger)};
}

}  // namespace synthetics::api
