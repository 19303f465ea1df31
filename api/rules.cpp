#include "api/rules.hpp"

#include "api/limits.hpp"
#include "state/engine/schedule.hpp"
#include "state/runtimes/catalogue.hpp"

namespace synthetics::api {
namespace {

constexpr std::size_t kLargestZip = 10'000'000;

ApiError Invalid(std::string message) { return {ErrorKind::kInvalid, std::move(message)}; }

}  // namespace

Refusal CodeIsComplete(const CodeInput& code) {
  const bool in_s3 = code.s3_bucket.has_value() || code.s3_key.has_value();
  if (code.zip_file && in_s3) {
    return Invalid("Code must be either ZipFile or S3Bucket and S3Key, not both.");
  }
  if (!code.zip_file && !(code.s3_bucket && code.s3_key)) {
    return Invalid("Code must have a ZipFile or both S3Bucket and S3Key.");
  }
  const bool has_blueprint = code.blueprint_types && !code.blueprint_types->empty();
  const bool has_handler = code.handler && !code.handler->empty();
  if (has_blueprint && has_handler) return Invalid("Handler cannot be used with BlueprintTypes.");
  if (!has_blueprint && !has_handler) return Invalid("Code must have a Handler.");
  return {};
}

Refusal CodeIsNotTooLarge(const CodeInput& code) {
  if (!code.zip_file || code.zip_file->data.size() <= kLargestZip) return {};
  return ApiError{ErrorKind::kTooLarge, "Code.ZipFile must not be larger than " +
                                            std::to_string(kLargestZip) + " bytes, it has " +
                                            std::to_string(code.zip_file->data.size()) + "."};
}

Refusal RuntimeIsSupported(std::string_view runtime_version, state::Instant now) {
  const state::RuntimeVersion* const runtime = state::FindRuntimeVersion(runtime_version);
  if (runtime == nullptr) {
    return Invalid("Invalid runtime version specified: '" + std::string(runtime_version) + "'.");
  }
  if (runtime->IsDeprecatedAt(now)) return Invalid("Deprecated runtime version specified.");
  return {};
}

Refusal OtherRuntimeBringsCode(std::string_view runtime_version,
                               const UpdateCanaryRequest& request) {
  if (request.code ||
      request.runtime_version.value_or(std::string(runtime_version)) == runtime_version) {
    return {};
  }
  return Invalid("Code must be provided when updating to a different runtime");
}

Refusal ScheduleIsValid(std::string_view expression) {
  const auto rate = state::ParseSchedule(expression);
  if (rate) return {};
  return Invalid(rate.error().message);
}

Refusal TimeoutIsWithinLimits(const std::optional<RunConfigInput>& run_config) {
  const auto timeout = TimeoutIn(run_config);
  if (!timeout || (*timeout >= kShortestTimeout && *timeout <= kLongestTimeout)) return {};
  return Invalid("Run timeout cannot be less than " + std::to_string(kShortestTimeout.count()) +
                 " seconds or greater than " + std::to_string(kLongestTimeout.count()) +
                 " seconds");
}

Refusal TimeoutFitsSchedule(std::chrono::seconds timeout, std::string_view expression) {
  const auto rate = state::ParseSchedule(expression);
  if (!rate || rate->IsOnce() || timeout <= rate->interval) return {};
  return Invalid("Run timeout cannot be greater than " + std::to_string(rate->interval.count()) +
                 " seconds for the chosen frequency");
}

Refusal RetriesFitTimeout(std::int64_t max_retries, std::chrono::seconds timeout) {
  constexpr std::chrono::seconds kTooLong{600};
  if (max_retries < 2 || timeout < kTooLong) return {};
  return Invalid("Run timeout must be less than 600 seconds for MaxRetries 2, it is " +
                 std::to_string(timeout.count()) + ".");
}

Refusal MemoryIsMultipleOf64(const std::optional<RunConfigInput>& run_config) {
  if (!run_config || !run_config->memory_in_mb) return {};
  const std::int64_t memory = *run_config->memory_in_mb;
  if (memory % 64 == 0 || memory == kDefaultMemory || memory == kFormerDefaultMemory) return {};
  return Invalid("MemoryInMB must be a multiple of 64, it is " + std::to_string(memory) + ".");
}

Refusal ReplicatedTagsExist(const CreateCanaryRequest& request) {
  if (!request.resources_to_replicate_tags || request.tags) return {};
  return Invalid("ResourcesToReplicateTags needs Tags to replicate.");
}

}  // namespace synthetics::api
