// The whole state as one value, the bytes of a SQLite file: `Engine::Snapshot` makes it, and here
// it becomes the state again. Either ends an advance under way, and throws where the database that
// it is to go into fails; the state then is what it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "state/engine/audit.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::state {

// Whether bytes begin as a snapshot's do.
bool IsSnapshot(std::string_view image);

// Of a snapshot that this process has made.
void RestoreSnapshot(Engine& engine, std::string_view image);

// Of bytes from anywhere. Why not, where they are no snapshot of this version or an older one, as
// the end of a sentence that begins with them; the state then is what it was.
std::optional<std::string> LoadSnapshot(Engine& engine, std::string_view image,
                                        const Readers& readers);

}  // namespace synthetics::state
