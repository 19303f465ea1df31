// The control plane: everything that a test needs beyond the service, under `/_emulator`, and the
// names under which other emulators' users look for it.
#pragma once

#include "api/auth/authorize.hpp"
#include "api/control/named_snapshot.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/job.hpp"
#include "api/journal.hpp"
#include "api/metrics.hpp"
#include "api/options.hpp"
#include "api/target.hpp"
#include "state/engine/engine.hpp"
#include "state/host_clock.hpp"

namespace synthetics::api {

// What its handlers work on.
struct ControlContext {
  state::Engine& engine;
  const state::HostClock& host;
  const Options& options;
  state::Instant started;  // of the process, in the host's time
  state::Random& request_ids;
  Journal& journal;
  Metrics& metrics;
  UsedActions& used_actions;
  NamedSnapshots& snapshots;
};

class Control {
 public:
  Control(state::Engine& engine, const state::HostClock& host, const Options& options,
          state::Random& request_ids, Journal& journal, Metrics& metrics,
          UsedActions& used_actions);

  // Whether a target is the control plane's; no path of the service begins like that.
  static bool Owns(const Target& target);

  // Whether it is answered without first bringing the world up to date, however long that takes.
  static bool IsTimeless(Method method, const Target& target);

  // The largest body that it takes, or the service, in bytes.
  static std::uint64_t LargestBody(Method method, const Target& target);

  Reply Handle(const Request& request, const Target& target);

 private:
  NamedSnapshots snapshots_;
  ControlContext context_;
};

}  // namespace synthetics::api
