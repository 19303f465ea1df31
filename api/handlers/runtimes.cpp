#include "api/handlers/runtimes.hpp"

#include <algorithm>

#include "api/handlers/pages.hpp"
#include "state/runtimes/catalogue.hpp"

namespace synthetics::api {

Result<DescribeRuntimeVersionsResponse> DescribeRuntimeVersions(
    Context& context, const DescribeRuntimeVersionsRequest& request) {
  const std::int64_t limit = request.max_results.value_or(kPageOfRows.max);
  const std::string listing = ListingName("DescribeRuntimeVersions", context.scope);
  const auto after = PageStart(listing, request.next_token);
  if (!after) return after.error();

  const auto catalogue = state::RuntimeVersions();
  auto first = catalogue.begin();
  if (!after->empty()) {
    first = std::ranges::find(catalogue, *after, &state::RuntimeVersion::name);
    if (first == catalogue.end()) return InvalidToken(*request.next_token);
    ++first;
  }
  std::vector<state::RuntimeVersion> versions(first, catalogue.end());
  DescribeRuntimeVersionsResponse response;
  response.next_token = EndPage(versions, limit, listing,
                                [](const auto& version) { return std::string(version.name); });
  for (const state::RuntimeVersion& version : versions) {
    response.runtime_versions.push_back({.version_name = std::string(version.name),
                                         .description = std::string(version.description),
                                         .release_date = version.released,
                                         .deprecation_date = version.deprecated});
  }
  return response;
}

}  // namespace synthetics::api
