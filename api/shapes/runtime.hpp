// The shapes of DescribeRuntimeVersions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {

struct DescribeRuntimeVersionsRequest {
  std::optional<std::string> next_token;
  std::optional<std::int64_t> max_results;
};
template <>
struct ShapeOf<DescribeRuntimeVersionsRequest> {
  static constexpr std::array kFields{
      Optional<&DescribeRuntimeVersionsRequest::next_token>("NextToken", kToken),
      Optional<&DescribeRuntimeVersionsRequest::max_results>("MaxResults", kPageOfRows),
  };
};

struct RuntimeVersion {
  std::string version_name;
  std::optional<std::string> description;
  state::Instant release_date;
  std::optional<state::Instant> deprecation_date;
};
template <>
struct ShapeOf<RuntimeVersion> {
  static constexpr std::array kFields{
      Required<&RuntimeVersion::version_name>("VersionName", kText),
      Optional<&RuntimeVersion::description>("Description", kText),
      Required<&RuntimeVersion::release_date>("ReleaseDate"),
      Optional<&RuntimeVersion::deprecation_date>("DeprecationDate"),
  };
};

struct DescribeRuntimeVersionsResponse {
  std::vector<RuntimeVersion> runtime_versions;
  std::optional<std::string> next_token;
};
template <>
struct ShapeOf<DescribeRuntimeVersionsResponse> {
  static constexpr std::array kFields{
      Required<&DescribeRuntimeVersionsResponse::runtime_versions>("RuntimeVersions"),
      Optional<&DescribeRuntimeVersionsResponse::next_token>("NextToken"),
  };
};

}  // namespace synthetics::api
