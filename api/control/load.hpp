// Files from outside that a process begins with.
#pragma once

#include <optional>
#include <string_view>

#include "api/error.hpp"
#include "api/options.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::api {

// `file` is what a file has in it. A refusal (invalid) says what is wrong with it, and has changed
// nothing.

// A snapshot of this version or an older one takes the place of the state. Ends an advance under
// way.
std::optional<ApiError> LoadSnapshotFile(state::Engine& engine, std::string_view file);

// A seed's canaries and groups come to what there is, at the instant that the clock shows.
std::optional<ApiError> LoadSeedFile(state::Engine& engine, const Options& options,
                                     std::string_view file);

// Either, by how the file begins.
std::optional<ApiError> LoadFile(state::Engine& engine, const Options& options,
                                 std::string_view file);

// Whether there is anything that a file should not be loaded over, or beside.
bool HasResources(const state::Engine& engine);

}  // namespace synthetics::api
