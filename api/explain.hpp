// Why a request was refused, for who wrote the test: which rule in which state refused it, and what
// would have worked. The service says nothing of it.
#pragma once

#include <string>

#include "api/context.hpp"
#include "state/canary.hpp"
#include "state/engine/lifecycle.hpp"

namespace synthetics::api {

// A call that the canary's state forbids. The states that would have allowed it, and the call that
// leads there, come from the table in `state/engine/lifecycle.cpp`.
std::string ExplainState(const state::Store& store, const state::Canary& canary,
                         state::Trigger trigger);

// What to do about the canary's dry run that is under way: the end of a sentence.
std::string ExplainDryRun(const state::Canary& canary);

// A canary's name that is taken, by this canary.
std::string ExplainTaken(const state::Store& store, const state::Canary& taken);

// What was looked for and is not here, by its name or ARN; and whether another account or region
// has one of that name.
std::string ExplainNoCanary(const Context& context, const std::string& name);
std::string ExplainNoGroup(const Context& context, const std::string& identifier);

}  // namespace synthetics::api
