// Members of which a request takes one.
#pragma once

#include <concepts>

namespace synthetics::api {

// How many of them are there.
int CountGiven(std::same_as<bool> auto... is_given) { return (static_cast<int>(is_given) + ...); }

}  // namespace synthetics::api
