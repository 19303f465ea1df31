// Whether a world that others may have written is one that the engine can go on with.
#pragma once

#include <string_view>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

// Reads a canary's configuration, of which this room knows nothing; throws where it is none.
using ReadConfiguration = void (*)(std::string_view configuration);

// Throws, with a sentence of what is wrong, unless every value in the database of this version's
// schema is one that the stores and the engine can read.
void Audit(sqlite::Database& database, ReadConfiguration read_configuration);

}  // namespace synthetics::state
