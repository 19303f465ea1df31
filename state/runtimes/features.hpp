// What hangs on the runtime version that a canary executes on.
#pragma once

#include <string_view>
#include <vector>

#include "state/canary.hpp"

namespace synthetics::state {

enum class Feature {
  kBrowser,  // what scripts drive; Java has none, nor has Node from 3.0 on
  kActiveTracing,
  kAnyHandler,  // any function in any folder; before, `<file>.handler`
  kArtifactEncryption,
  kVisualReference,   // one for all browsers
  kVisualReferences,  // one for each browser
  kSeveralBrowsers,   // Firefox, and an engine for each browser
  kDryRuns,
  kRetries,
  kBlueprints,
};

// Whether the runtime version has it (documented, and in the service model's texts). Of a family
// that nobody here knows everything is believed.
bool HasFeature(std::string_view runtime_version, Feature feature);

// The browsers that a canary runs in: none for runtimes without one, else those that were asked
// for, or Chrome.
std::vector<Browser> BrowsersOf(const Canary& canary);

}  // namespace synthetics::state
