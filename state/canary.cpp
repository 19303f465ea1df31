#include "state/canary.hpp"

#include <algorithm>

#include "state/names.hpp"

namespace synthetics::state {
namespace {

constexpr NameTable<StateReasonCode, 13> kCodes{{
    {StateReasonCode::kNone, ""},
    {StateReasonCode::kInvalidPermissions, "INVALID_PERMISSIONS"},
    {StateReasonCode::kCreatePending, "CREATE_PENDING"},
    {StateReasonCode::kCreateInProgress, "CREATE_IN_PROGRESS"},
    {StateReasonCode::kCreateFailed, "CREATE_FAILED"},
    {StateReasonCode::kUpdatePending, "UPDATE_PENDING"},
    {StateReasonCode::kUpdateInProgress, "UPDATE_IN_PROGRESS"},
    {StateReasonCode::kUpdateComplete, "UPDATE_COMPLETE"},
    {StateReasonCode::kRollbackComplete, "ROLLBACK_COMPLETE"},
    {StateReasonCode::kRollbackFailed, "ROLLBACK_FAILED"},
    {StateReasonCode::kDeleteInProgress, "DELETE_IN_PROGRESS"},
    {StateReasonCode::kDeleteFailed, "DELETE_FAILED"},
    {StateReasonCode::kSyncDeleteInProgress, "SYNC_DELETE_IN_PROGRESS"},
}};

}  // namespace

std::string_view Name(CanaryState state) { return NameIn(kCanaryStateNames, state); }
std::string_view Name(StateReasonCode code) { return NameIn(kCodes, code); }
std::string_view Name(Browser browser) { return NameIn(kBrowserNames, browser); }

std::optional<CanaryState> ParseCanaryState(std::string_view name) {
  return ValueIn(kCanaryStateNames, name);
}
std::optional<StateReasonCode> ParseStateReasonCode(std::string_view name) {
  return ValueIn(kCodes, name);
}
std::optional<Browser> ParseBrowser(std::string_view name) { return ValueIn(kBrowserNames, name); }

bool IsTransitional(CanaryState state) {
  return std::ranges::find(kTransitionalStates, state) != kTransitionalStates.end();
}

}  // namespace synthetics::state
