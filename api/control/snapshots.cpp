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

Result<NamedSnapshots::iterator> FindNamed(ControlContext& context,
                                           const SnapshotRequest& request) {
  const auto found = context.snapshots.find(request.name);
  if (found != context.snapshots.end()) return found;
  return ApiError{ErrorKind::kNotFound, "There is no snapshot '" + request.name + "'."};
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

Result<SnapshotFile> GetSnapshot(ControlContext& context, const Empty& /*request*/) {
  return SnapshotFile{context.engine.Snapshot()};
}

Result<NoContent> PutSnapshot(ControlContext& context, const SnapshotUpload& request) {
  if (auto refusal = LoadSnapshotFile(context.engine, request.file)) return *std::move(refusal);
  // As in a process that is started with it.
  context.request_ids = RequestIds(context.engine.world());
  return NoContent{};
}

Result<SnapshotsResponse> GetSnapshots(ControlContext& context, const Empty& /*request*/) {
  SnapshotsResponse response;
  for (const auto& entry : context.snapshots) response.snapshots.push_back(Show(entry));
  return response;
}

Result<Stored<SnapshotBody>> PutNamedSnapshot(ControlContext& context,
                                              const SnapshotRequest& request) {
  NamedSnapshot snapshot{.at = context.engine.now(),
                         .image = context.engine.Snapshot(),
                         .request_ids = context.request_ids};
  const auto [entry, is_new] =
      context.snapshots.insert_or_assign(request.name, std::move(snapshot));
  return Stored<SnapshotBody>{Show(*entry), is_new};
}

Result<NoContent> PostRestore(ControlContext& context, const SnapshotRequest& request) {
  const auto found = FindNamed(context, request);
  if (!found) return found.error();
  const NamedSnapshot& snapshot = (*found)->second;
  state::RestoreSnapshot(context.engine, snapshot.image);
  context.request_ids = snapshot.request_ids;
  return NoContent{};
}

Result<NoContent> DeleteNamedSnapshot(ControlContext& context, const SnapshotRequest& request) {
  const auto found = FindNamed(context, request);
  if (!found) return found.error();
  context.snapshots.erase(*found);
  return NoContent{};
}

}  // namespace synthetics::api
