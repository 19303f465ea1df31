// What the contract's table cannot say: rules between members, and those with sentences of their
// own. Each says what it refuses; nothing where the rule holds.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "api/error.hpp"
#include "api/shapes/canary.hpp"
#include "state/instant.hpp"

namespace synthetics::api {

using Refusal = std::optional<ApiError>;

// The code is a zip or stands in S3, not both; a handler is named unless blueprints stand in for
// it.
Refusal CodeIsComplete(const CodeInput& code);

// 10,000,000 bytes of zip; beyond that a 413.
Refusal CodeIsNotTooLarge(const CodeInput& code);

// There is such a runtime version, and it is not deprecated yet. Observed: `Deprecated runtime
// version specified.`
Refusal RuntimeIsSupported(std::string_view runtime_version, state::Instant now);

// Observed: `Code must be provided when updating to a different runtime`.
Refusal OtherRuntimeBringsCode(std::string_view runtime_version,
                               const UpdateCanaryRequest& request);

Refusal ScheduleIsValid(std::string_view expression);

// 3 to 840 seconds, and not longer than the time between two runs; both sentences as observed.
Refusal TimeoutIsWithinLimits(const std::optional<RunConfigInput>& run_config);
Refusal TimeoutFitsSchedule(std::chrono::seconds timeout, std::string_view expression);

// Two retries need a timeout below ten minutes (service model).
Refusal RetriesFitTimeout(std::int64_t max_retries, std::chrono::seconds timeout);

// A multiple of 64, or a default, which clients send back though it is none: 1000 and 1500.
Refusal MemoryIsMultipleOf64(const std::optional<RunConfigInput>& run_config);

// Tags can only be replicated where there are some (service model).
Refusal ReplicatedTagsExist(const CreateCanaryRequest& request);

}  // namespace synthetics::api
