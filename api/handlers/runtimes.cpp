#include "api/handlers/runtimes.hpp"

#include "api/handlers/pages.hpp"

namespace synthetics::api {

Result<DescribeRuntimeVersionsResponse> DescribeRuntimeVersions(
    Context& context, const DescribeRuntimeVersionsRequest& request) {
  const std::int64_t limit = request.max_results.value_or(kPageOfRows.max);
  const std::string listing = ListingName("DescribeRuntimeVersions", context.scope);
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();

  const state::Runtimes& runtimes = context.engine.store().runtimes;
  if (!after->empty() && !runtimes.Find(*after)) return InvalidToken(*request.next_token);
  auto versions = runtimes.Page(*after, limit + 1);
  DescribeRuntimeVersionsResponse response;
  response.next_token =
      EndPage(versions, limit, listing, [](const auto& version) { return version.name; });
  for (const state::RuntimeVersion& version : versions) {
    RuntimeVersion& shown = response.runtime_versions.emplace_back();
    shown.version_name = version.name;
    if (!version.description.empty()) shown.description = version.description;
    shown.release_date = version.released;
    shown.deprecation_date = version.deprecated;
  }
  return response;
}

}  // namespace synthetics::api
