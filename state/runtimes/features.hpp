// What hangs on the runtime version that a canary executes on.
#pragma once

#include <string_view>

namespace synthetics::state {

enum class Feature {
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

}  // namespace synthetics::state
