#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"
#include "api/request_ids.hpp"

namespace synthetics::api {

ControlResult PostReset(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<ResetRequest>(call);
  if (!request) return request.error();
  if (request->account || request->region) {
    state::Engine::Change change(context.engine);
    context.engine.Clear(request->account.value_or(""), request->region.value_or(""));
    change.Commit();
  } else {
    context.engine.Reset();
    context.request_ids = RequestIds(context.engine.world().seed);
  }
  return Reply{NoContent()};
}

ControlResult PostMotoReset(ControlContext& context, const Call& call) {
  if (const auto reset = PostReset(context, call); !reset) return reset.error();
  Response response;
  response.body = R"json({"status":"ok"})json";
  return Reply{std::move(response)};
}

}  // namespace synthetics::api
