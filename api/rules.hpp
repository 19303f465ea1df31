// What the contract's table cannot say: rules between members, and those with sentences of their
// own. Each says what it refuses; nothing where the rule holds. Where no source is named, the
// service model's text has the rule and the sentence is ours.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "api/context.hpp"
#include "api/error.hpp"
#include "api/shapes/canary.hpp"
#include "state/canary.hpp"

namespace synthetics::api {

// Rules on what a request says.

// The code is a zip or stands in S3, in a bucket that is named without `s3://`, not both; a handler
// is named unless blueprints stand in for it, and multi-checks is the only blueprint.
Refusal CodeIsComplete(const CodeInput& code);

Refusal ScheduleIsValid(std::string_view expression);

// A multiple of 64, or a default, which clients send back though it is none: 1000 and 1500.
Refusal MemoryIsMultipleOf64(const std::optional<RunConfigInput>& run_config);

// At most 4 KB of names and values, and no name that Lambda keeps for itself (documented by
// Lambda).
Refusal EnvironmentIsAllowed(const std::optional<RunConfigInput>& run_config);

// At most `kLongestRetention`.
Refusal RetentionIsAllowed(std::string_view member, std::optional<std::int64_t> days);

// A bucket, and no dots in its name.
Refusal ArtifactBucketIsAllowed(std::string_view location);

// Tags can only be replicated where there are some.
Refusal ReplicatedTagsExist(const CreateCanaryRequest& request);

// What a dry run has tried is taken as it is: nothing but a schedule comes with it.
Refusal OnlyScheduleComesWithDryRun(const UpdateCanaryRequest& request);

// Rules on the canary that comes of it.

// There is such a runtime version, and it is not deprecated yet; `Deprecated runtime version
// specified.` is observed. Under lenient validation a deprecated one is good, and any `syn-…` that
// nobody knows is taken for one that has every feature, both with a warning.
Refusal RuntimeIsSupported(Context& context, std::string_view runtime_version);

// What the canary makes use of is there on its runtime version.
Refusal RuntimeHasFeatures(const Context& context, const state::Canary& canary);

// Dry runs are, too (documented).
Refusal RuntimeHasDryRuns(const Context& context, std::string_view runtime_version);

// Observed: `Code must be provided when updating to a different runtime`.
Refusal OtherRuntimeBringsCode(const state::Canary& before, const state::Canary& after,
                               const std::optional<CodeInput>& code);

// Not longer than the time between two runs; the sentence as observed.
Refusal TimeoutFitsSchedule(std::chrono::seconds timeout, std::string_view expression);

// Two retries need a timeout below ten minutes.
Refusal RetriesFitTimeout(std::int64_t max_retries, std::chrono::seconds timeout);

// A baseline is the next run, the last one, or one of this canary's that began in the last 31 days.
Refusal BaselineExists(Context& context, const state::Canary& canary,
                       const VisualReference& reference);

}  // namespace synthetics::api
