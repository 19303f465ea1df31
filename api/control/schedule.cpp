#include "state/engine/schedule.hpp"

#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {
namespace {

Result<std::string> ExpressionOf(const ControlContext& context, const ScheduleRequest& request) {
  if (request.expression.has_value() == request.canary.has_value()) {
    return ApiError{ErrorKind::kInvalid, "A schedule is asked for by 'expression' or 'canary'."};
  }
  if (request.expression) return *request.expression;
  const auto canary = CanaryIn(context, ScopeIn(context, request), *request.canary);
  if (!canary) return canary.error();
  return canary->schedule.expression;
}

}  // namespace

Result<ScheduleResponse> GetSchedule(ControlContext& context, const ScheduleRequest& request) {
  constexpr std::int64_t kDefaultCount = 10;
  const auto expression = ExpressionOf(context, request);
  if (!expression) return expression.error();
  const auto schedule = state::ParseSchedule(*expression);
  if (!schedule) return ApiError{ErrorKind::kInvalid, schedule.error().message};
  const state::Instant from = request.from ? request.from->instant : context.engine.now();
  const std::int64_t count = schedule->IsOnce() ? 1 : request.count.value_or(kDefaultCount);
  ScheduleResponse response;
  response.expression = *expression;
  response.next.push_back({schedule->First(from)});
  while (std::ssize(response.next) < count) {
    response.next.push_back({schedule->Next(response.next.back().instant)});
  }
  return response;
}

}  // namespace synthetics::api
