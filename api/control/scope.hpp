// The world that a request or a seed's entry speaks of.
#pragma once

#include "state/scope.hpp"

namespace synthetics::api {

// Its own account and region, or those of the defaults where it does not say.
template <class Speaker>
state::Scope ScopeOr(const state::Scope& defaults, const Speaker& speaker) {
  return {.account = speaker.account.value_or(defaults.account),
          .region = speaker.region.value_or(defaults.region)};
}

}  // namespace synthetics::api
