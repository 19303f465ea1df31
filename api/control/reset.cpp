#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"
#include "api/request_ids.hpp"

namespace synthetics::api {

Result<NoContent> PostReset(ControlContext& context, const ResetRequest& request) {
  if (request.account || request.region) {
    state::Engine::Change change(context.engine);
    context.engine.Clear(request.account.value_or(""), request.region.value_or(""));
    change.Commit();
  } else {
    context.engine.Reset();
    context.request_ids = RequestIds(context.engine.world());
    context.journal.Reset();
    context.used_actions.clear();
    context.metrics.Reset();
  }
  return NoContent{};
}

Result<MotoResetResponse> PostMotoReset(ControlContext& context, const ResetRequest& request) {
  if (const auto reset = PostReset(context, request); !reset) return reset.error();
  return MotoResetResponse{.status = "ok"};
}

}  // namespace synthetics::api
