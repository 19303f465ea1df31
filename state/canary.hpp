// A canary as the emulator knows it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/instant.hpp"
#include "state/names.hpp"
#include "state/scope.hpp"

namespace synthetics::state {

enum class CanaryState {
  kCreating,
  kReady,
  kStarting,
  kRunning,
  kUpdating,
  kStopping,
  kStopped,
  kError,
  kDeleting,
};

// All that the service model knows.
enum class StateReasonCode {
  kNone,
  kInvalidPermissions,
  kCreatePending,
  kCreateInProgress,
  kCreateFailed,
  kUpdatePending,
  kUpdateInProgress,
  kUpdateComplete,
  kRollbackComplete,
  kRollbackFailed,
  kDeleteInProgress,
  kDeleteFailed,
  kSyncDeleteInProgress,
};

enum class Browser { kChrome, kFirefox };

inline constexpr NameTable<CanaryState, 9> kCanaryStateNames{{
    {CanaryState::kCreating, "CREATING"},
    {CanaryState::kReady, "READY"},
    {CanaryState::kStarting, "STARTING"},
    {CanaryState::kRunning, "RUNNING"},
    {CanaryState::kUpdating, "UPDATING"},
    {CanaryState::kStopping, "STOPPING"},
    {CanaryState::kStopped, "STOPPED"},
    {CanaryState::kError, "ERROR"},
    {CanaryState::kDeleting, "DELETING"},
}};

inline constexpr NameTable<Browser, 2> kBrowserNames{{
    {Browser::kChrome, "CHROME"},
    {Browser::kFirefox, "FIREFOX"},
}};

// The first of them is no code at all.
inline constexpr NameTable<StateReasonCode, 13> kStateReasonCodeNames{{
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

// Names as the service writes them; no code at all is the empty text.
std::string_view Name(CanaryState state);
std::string_view Name(StateReasonCode code);
std::string_view Name(Browser browser);
std::optional<CanaryState> ParseCanaryState(std::string_view name);
std::optional<StateReasonCode> ParseStateReasonCode(std::string_view name);
std::optional<Browser> ParseBrowser(std::string_view name);

// The states that end by themselves.
inline constexpr std::array kTransitionalStates{CanaryState::kCreating, CanaryState::kStarting,
                                                CanaryState::kUpdating, CanaryState::kStopping,
                                                CanaryState::kDeleting};
bool IsTransitional(CanaryState state);

struct CanaryStatus {
  CanaryState state = CanaryState::kCreating;
  std::string reason = {};  // empty: none
  StateReasonCode code = StateReasonCode::kNone;

  bool operator==(const CanaryStatus&) const = default;
};

struct CanaryTimeline {
  Instant created;
  Instant last_modified;
  std::optional<Instant> last_started;
  std::optional<Instant> last_stopped;
};

struct CanarySchedule {
  std::string expression;
  std::chrono::seconds duration{0};  // after which the canary stops by itself; 0: never
  std::int64_t max_retries = 0;
};

struct Canary {
  std::int64_t key = 0;  // of its row
  Scope scope;
  std::string name;
  std::string id;
  CanaryStatus status;
  // The last state in which it worked, to which UPDATING and a failed DELETING lead back.
  CanaryState state_before = CanaryState::kReady;
  CanaryTimeline timeline;
  CanarySchedule schedule;
  std::chrono::seconds timeout{0};
  std::int64_t success_retention_days = 31;
  std::int64_t failure_retention_days = 31;
  std::string runtime_version;
  std::string artifact_location;  // without `s3://`
  std::vector<Browser> browsers;  // as asked for; empty: the runtime's own choice
  std::int64_t version = 0;       // of its function and layer; 0 until creation has finished
  // What keeps its code from running, empty: nothing; none where nobody has looked yet.
  std::optional<std::string> code_fault;
  std::string configuration;  // what is only stored and given back; never read in this room
};

// What a canary's runs execute, as it was handed over. Code that stands in S3 has no zip here.
struct CanaryCode {
  std::string zip;
  std::string handler;
  bool is_blueprint = false;  // steps in a file take the handler's place
};

}  // namespace synthetics::state
