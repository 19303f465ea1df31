#include "state/canary.hpp"

#include <algorithm>

#include "state/names.hpp"

namespace synthetics::state {

std::string_view Name(CanaryState state) { return NameIn(kCanaryStateNames, state); }
std::string_view Name(StateReasonCode code) { return NameIn(kStateReasonCodeNames, code); }
std::string_view Name(Browser browser) { return NameIn(kBrowserNames, browser); }

std::optional<CanaryState> ParseCanaryState(std::string_view name) {
  return ValueIn(kCanaryStateNames, name);
}
std::optional<StateReasonCode> ParseStateReasonCode(std::string_view name) {
  return ValueIn(kStateReasonCodeNames, name);
}
std::optional<Browser> ParseBrowser(std::string_view name) { return ValueIn(kBrowserNames, name); }

bool IsTransitional(CanaryState state) {
  return std::ranges::find(kTransitionalStates, state) != kTransitionalStates.end();
}

}  // namespace synthetics::state
