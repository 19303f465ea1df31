#include "state/engine/schedule.hpp"

#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {
namespace {

// A schedule, and when it runs first where that is settled: a canary that runs has its next run.
struct Asked {
  std::string expression;
  std::optional<state::Instant> first = {};
};

Result<Asked> AskedFor(const ControlContext& context, const ScheduleRequest& request) {
  if (request.expression.has_value() == request.canary.has_value()) {
    return ApiError{ErrorKind::kInvalid, "A schedule is asked for by 'expression' or 'canary'."};
  }
  if (request.expression) return Asked{*request.expression};
  const auto canary = CanaryIn(context, ScopeIn(context, request), *request.canary);
  if (!canary) return canary.error();
  Asked asked{canary->schedule.expression};
  if (!request.from) asked.first = context.engine.store().timeline.NextRunOf(canary->key);
  return asked;
}

}  // namespace

Result<ScheduleResponse> GetSchedule(ControlContext& context, const ScheduleRequest& request) {
  constexpr std::int64_t kDefaultCount = 10;
  const auto asked = AskedFor(context, request);
  if (!asked) return asked.error();
  const auto schedule = state::ParseSchedule(asked->expression);
  if (!schedule) return ApiError{ErrorKind::kInvalid, schedule.error().message};
  const state::Instant from = request.from ? request.from->instant : context.engine.now();
  const std::int64_t count = schedule->IsOnce() ? 1 : request.count.value_or(kDefaultCount);
  ScheduleResponse response;
  response.expression = asked->expression;
  response.next.push_back({asked->first ? *asked->first : schedule->First(from)});
  while (std::ssize(response.next) < count) {
    response.next.push_back({schedule->Next(response.next.back().instant)});
  }
  return response;
}

}  // namespace synthetics::api
