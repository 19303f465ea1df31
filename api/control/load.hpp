// A snapshot from outside takes the place of the state.
#pragma once

#include <optional>
#include <string_view>

#include "api/error.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::api {

// `file` is what a snapshot's file has in it, of this version or an older one. A refusal (invalid)
// says what is wrong with it, and has changed nothing. Ends an advance under way.
std::optional<ApiError> LoadSnapshotFile(state::Engine& engine, std::string_view file);

}  // namespace synthetics::api
