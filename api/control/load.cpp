#include "api/control/load.hpp"

#include "api/json.hpp"
#include "state/engine/snapshot.hpp"

namespace synthetics::api {

std::optional<ApiError> LoadFile(state::Engine& engine, const Options& options,
                                 std::string_view file) {
  if (state::IsSnapshot(file)) return LoadSnapshotFile(engine, file);
  if (const auto document = ParseJson(file); !document) {
    return ApiError{ErrorKind::kInvalid,
                    "It is neither a snapshot nor JSON: " + document.error().message};
  }
  return LoadSeedFile(engine, options, file);
}

bool HasResources(const state::Engine& engine) {
  return engine.store().canaries.Any() || engine.store().groups.Any();
}

}  // namespace synthetics::api
