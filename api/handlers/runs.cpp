#include "api/handlers/runs.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/handlers/find_canary.hpp"
#include "api/handlers/pages.hpp"
#include "api/handlers/run_view.hpp"

namespace synthetics::api {
namespace {

struct LastRun {
  state::CanaryKey canary;
  state::Run run;
};

// Reads `<milliseconds>:<row>`; nothing for any other key.
std::optional<state::RunPosition> PositionOf(std::string_view key) {
  const char* const end = key.data() + key.size();
  state::RunPosition position;
  std::int64_t started = 0;
  const auto [colon, error] = std::from_chars(key.data(), end, started);
  if (error != std::errc{} || colon == end || *colon != ':') return {};
  const auto [rest, second_error] = std::from_chars(colon + 1, end, position.key);
  if (second_error != std::errc{} || rest != end) return {};
  position.started = state::FromMilliseconds(started);
  return position;
}

state::RunsKept KeptRuns(const state::Canary& canary, state::Instant now) {
  return {.passed_since = now - std::chrono::days{canary.success_retention_days},
          .failed_since = now - std::chrono::days{canary.failure_retention_days}};
}

std::string KeyOf(const state::Run& run) {
  return std::to_string(state::ToMilliseconds(run.started)) + ":" + std::to_string(run.key);
}

}  // namespace

Result<GetCanaryRunsResponse> GetCanaryRuns(Context& context, const GetCanaryRunsRequest& request) {
  const auto canary = FindCanary(context, request.name);
  if (!canary) return canary.error();
  if (request.run_type == "CANARY_RUN" && request.dry_run_id) {
    return ApiError{ErrorKind::kInvalid,
                    "DryRunId cannot be used with RunType CANARY_RUN: " + *request.dry_run_id};
  }
  const bool wants_dry_runs = request.run_type == "DRY_RUN" || request.dry_run_id.has_value();
  const std::string dry_run = request.dry_run_id.value_or("");

  const auto page = PageOf(context, request, "GetCanaryRuns", kPageOfRows,
                           {canary->id, wants_dry_runs ? "dry" : "", dry_run});
  if (!page) return page.error();
  const auto position = page->after.empty() ? state::RunPosition{} : PositionOf(page->after);
  if (!position) return InvalidToken(*request.next_token);
  const state::Runs& store = context.engine.store().runs;
  const auto kept = KeptRuns(*canary, context.engine.now());
  const bool wants_all = wants_dry_runs && dry_run.empty();
  auto runs = wants_all ? store.PageOfDryRuns(canary->key, *position, kept, page->limit + 1)
                        : store.Page(canary->key, dry_run, *position, kept, page->limit + 1);
  GetCanaryRunsResponse response;
  response.next_token = EndPage(runs, *page, KeyOf);
  response.canary_runs.reserve(runs.size());
  for (const state::Run& run : runs) response.canary_runs.push_back(Show(run, canary->name));
  return response;
}

Result<DescribeCanariesLastRunResponse> DescribeCanariesLastRun(
    Context& context, const DescribeCanariesLastRunRequest& request) {
  auto names = request.names.value_or(std::vector<std::string>{});
  std::ranges::sort(names);  // their order means nothing, to a token neither
  auto filters = names;
  filters.push_back(request.browser_type.value_or(""));
  const auto page = PageOf(context, request, "DescribeCanariesLastRun", kPageOfRows, filters);
  if (!page) return page.error();

  const state::Store& store = context.engine.store();
  const auto browser =
      request.browser_type ? state::ParseBrowser(*request.browser_type) : std::nullopt;
  const auto canaries = names.empty() ? store.canaries.PageWithRuns(context.scope, page->after,
                                                                    page->limit + 1, browser)
                                      : store.canaries.FindAll(context.scope, page->after, names);
  std::vector<LastRun> last_runs;
  for (const auto& canary : canaries) {
    if (auto run = store.runs.Last(canary.key, browser)) last_runs.push_back({canary, *run});
  }
  DescribeCanariesLastRunResponse response;
  response.next_token = EndPage(last_runs, *page, [](const LastRun& row) { return row.canary.id; });
  for (const auto& [canary, run] : last_runs) {
    const std::string name = store.canaries.FindByKey(canary.key).value().name;
    response.canaries_last_run.push_back({name, Show(run, name)});
  }
  return response;
}

}  // namespace synthetics::api
