#include "api/configuration.hpp"
#include "api/control/fault_shapes.hpp"
#include "api/control/load.hpp"
#include "api/control/routes.hpp"
#include "api/control/shapes.hpp"
#include "api/request_ids.hpp"
#include "state/engine/snapshot.hpp"

namespace synthetics::api {
namespace {

SnapshotBody Show(const NamedSnapshots::value_type& entry) {
  const auto& [name, snapshot] = entry;
  return {
      .name = name, .at = {snapshot.at}, .bytes = static_cast<std::int64_t>(snapshot.image.size())};
}

Result<NamedSnapshots::iterator> FindNamed(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<SnapshotRequest>(call);
  if (!request) return request.error();
  const auto found = context.snapshots.find(request->name);
  if (found != context.snapshots.end()) return found;
  return ApiError{ErrorKind::kNotFound, "There is no snapshot '" + request->name + "'."};
}

}  // namespace

std::optional<ApiError> LoadSnapshotFile(state::Engine& engine, std::string_view file) {
  const state::Readers readers{
      .configuration = [](std::string_view text) { DecodeStored<CanaryConfiguration>(text); },
      .fault_rule = [](std::string_view text) { DecodeStored<FaultRequest>(text); }};
  const auto why_not = state::LoadSnapshot(engine, file, readers);
  if (!why_not) return {};
  return ApiError{ErrorKind::kInvalid, "This is no snapshot that can be loaded: " + *why_not + "."};
}

ControlResult GetSnapshot(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>(call); !request) return request.error();
  Response response;
  response.headers.emplace_back("Content-Type", kSnapshotType);
  response.body = context.engine.Snapshot();
  return Reply{std::move(response)};
}

ControlResult PutSnapshot(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>({call.parameters, {}}); !request) {
    return request.error();
  }
  if (auto refusal = LoadSnapshotFile(context.engine, call.body)) return *std::move(refusal);
  // As in a process that is started with it.
  context.request_ids = RequestIds(context.engine.world().seed);
  return Reply{NoContent()};
}

ControlResult GetSnapshots(ControlContext& context, const Call& call) {
  if (const auto request = DecodeControl<Empty>(call); !request) return request.error();
  SnapshotsResponse response;
  for (const auto& entry : context.snapshots) response.snapshots.push_back(Show(entry));
  return Reply{Json200(response)};
}

ControlResult PutNamedSnapshot(ControlContext& context, const Call& call) {
  const auto request = DecodeControl<SnapshotRequest>(call);
  if (!request) return request.error();
  NamedSnapshot snapshot{.at = context.engine.now(),
                         .image = context.engine.Snapshot(),
                         .request_ids = context.request_ids};
  const auto [entry, is_new] =
      context.snapshots.insert_or_assign(request->name, std::move(snapshot));
  Response response = Json200(Show(*entry));
  if (is_new) response.status = 201;
  return Reply{std::move(response)};
}

ControlResult PostRestore(ControlContext& context, const Call& call) {
  const auto found = FindNamed(context, call);
  if (!found) return found.error();
  const NamedSnapshot& snapshot = (*found)->second;
  state::RestoreSnapshot(context.engine, snapshot.image);
  context.request_ids = snapshot.request_ids;
  return Reply{NoContent()};
}

ControlResult DeleteNamedSnapshot(ControlContext& context, const Call& call) {
  const auto found = FindNamed(context, call);
  if (!found) return found.error();
  context.snapshots.erase(*found);
  return Reply{NoContent()};
}

}  // namespace synthetics::api
