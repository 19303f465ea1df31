// The shapes of the operations on runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {

struct GetCanaryRunsRequest {
  std::string name;
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
  std::optional<std::string> dry_run_id;
  std::optional<std::string> run_type;
};
template <>
struct ShapeOf<GetCanaryRunsRequest> {
  static constexpr std::array kFields{
      Label<&GetCanaryRunsRequest::name>("name", kCanaryName),
      Optional<&GetCanaryRunsRequest::next_token>("NextToken", kToken),
      Optional<&GetCanaryRunsRequest::max_results>("MaxResults", kPageOfRows),
      Optional<&GetCanaryRunsRequest::dry_run_id>("DryRunId", kUuid),
      Optional<&GetCanaryRunsRequest::run_type>("RunType", kRunType),
  };
};

struct DescribeCanariesLastRunRequest {
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
  std::optional<std::vector<std::string>> names;
  std::optional<std::string> browser_type;
};
template <>
struct ShapeOf<DescribeCanariesLastRunRequest> {
  using Self = DescribeCanariesLastRunRequest;
  static constexpr std::array kFields{
      Optional<&Self::next_token>("NextToken", kToken),
      Optional<&Self::max_results>("MaxResults", kPageOfRows),
      Optional<&Self::names>("Names", kNames),
      Optional<&Self::browser_type>("BrowserType", kBrowserType),
  };
};

// A run that passed has an empty reason and an empty code; one under way has neither.
struct CanaryRunStatus {
  std::string state;
  std::optional<std::string> state_reason;
  std::optional<std::string> state_reason_code;
  std::optional<std::string> test_result;
};
template <>
struct ShapeOf<CanaryRunStatus> {
  static constexpr std::array kFields{
      Required<&CanaryRunStatus::state>("State"),
      Optional<&CanaryRunStatus::state_reason>("StateReason"),
      Optional<&CanaryRunStatus::state_reason_code>("StateReasonCode"),
      Optional<&CanaryRunStatus::test_result>("TestResult"),
  };
};

struct CanaryRunTimeline {
  state::Instant started;
  std::optional<state::Instant> completed;
  std::optional<state::Instant> metric_timestamp;
};
template <>
struct ShapeOf<CanaryRunTimeline> {
  static constexpr std::array kFields{
      Required<&CanaryRunTimeline::started>("Started"),
      Optional<&CanaryRunTimeline::completed>("Completed"),
      Optional<&CanaryRunTimeline::metric_timestamp>("MetricTimestampForRunAndRetries"),
  };
};

struct CanaryDryRunConfig {
  std::string dry_run_id;
};
template <>
struct ShapeOf<CanaryDryRunConfig> {
  static constexpr std::array kFields{Required<&CanaryDryRunConfig::dry_run_id>("DryRunId")};
};

struct CanaryRun {
  std::string id;
  std::optional<std::string> scheduled_run_id;
  std::optional<std::int64_t> retry_attempt;
  std::string name;
  CanaryRunStatus status;
  CanaryRunTimeline timeline;
  std::optional<std::string> artifact_s3_location;
  std::optional<CanaryDryRunConfig> dry_run_config;
  std::optional<std::string> browser_type;
};
template <>
struct ShapeOf<CanaryRun> {
  static constexpr std::array kFields{
      Required<&CanaryRun::id>("Id"),
      Optional<&CanaryRun::scheduled_run_id>("ScheduledRunId"),
      Optional<&CanaryRun::retry_attempt>("RetryAttempt"),
      Required<&CanaryRun::name>("Name"),
      Required<&CanaryRun::status>("Status"),
      Required<&CanaryRun::timeline>("Timeline"),
      Optional<&CanaryRun::artifact_s3_location>("ArtifactS3Location"),
      Optional<&CanaryRun::dry_run_config>("DryRunConfig"),
      Optional<&CanaryRun::browser_type>("BrowserType"),
  };
};

struct GetCanaryRunsResponse {
  std::vector<CanaryRun> canary_runs;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<GetCanaryRunsResponse> {
  static constexpr std::array kFields{
      Required<&GetCanaryRunsResponse::canary_runs>("CanaryRuns"),
      Optional<&GetCanaryRunsResponse::next_token>("NextToken"),
  };
};

struct CanaryLastRun {
  std::string canary_name;
  CanaryRun last_run;
};
template <>
struct ShapeOf<CanaryLastRun> {
  static constexpr std::array kFields{
      Required<&CanaryLastRun::canary_name>("CanaryName"),
      Required<&CanaryLastRun::last_run>("LastRun"),
  };
};

struct DescribeCanariesLastRunResponse {
  std::vector<CanaryLastRun> canaries_last_run;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<DescribeCanariesLastRunResponse> {
  static constexpr std::array kFields{
      Required<&DescribeCanariesLastRunResponse::canaries_last_run>("CanariesLastRun"),
      Optional<&DescribeCanariesLastRunResponse::next_token>("NextToken"),
  };
};

}  // namespace synthetics::api
