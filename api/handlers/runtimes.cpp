#include "api/handlers/runtimes.hpp"

#include "api/handlers/pages.hpp"

namespace synthetics::api {

Result<DescribeRuntimeVersionsResponse> DescribeRuntimeVersions(
    Context& context, const DescribeRuntimeVersionsRequest& request) {
  const auto page = PageOf(context, request, "DescribeRuntimeVersions", kPageOfRows);
  if (!page) return page.error();
  const state::Runtimes& runtimes = context.engine.store().runtimes;
  if (!page->after.empty() && !runtimes.Find(page->after)) {
    return InvalidToken(*request.next_token);
  }
  auto versions = runtimes.Page(page->after, page->limit + 1);
  DescribeRuntimeVersionsResponse response;
  response.next_token = EndPage(versions, *page, [](const auto& version) { return version.name; });
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
