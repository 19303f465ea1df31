// Whether a world that others may have written is one that the engine can go on with.
#pragma once

#include <string_view>

#include "state/sqlite/database.hpp"

namespace synthetics::state {

// Read the texts of which this room knows nothing, a canary's configuration and a fault rule; throw
// where they are none.
struct Readers {
  void (*configuration)(std::string_view text);
  void (*fault_rule)(std::string_view text);
};

// Throws, with a sentence of what is wrong, unless every value in the database of this version's
// schema is one that the stores and the engine can read.
void Audit(sqlite::Database& database, const Readers& readers);

}  // namespace synthetics::state
