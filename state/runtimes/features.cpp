#include "state/runtimes/features.hpp"

#include <algorithm>
#include <array>

#include "state/runtimes/runtime_name.hpp"

namespace synthetics::state {
namespace {

using enum Feature;
using enum RuntimeFamily;

struct Version {
  int major = 0;
  int minor = 0;
};

constexpr Version kForEver{1'000'000, 0};

struct Row {
  Feature feature = kBrowser;
  RuntimeFamily family = kNode;
  Version from;
  Version before = kForEver;
};

constexpr std::array kRows{
    Row{kBrowser, kPuppeteer, {}},
    Row{kBrowser, kPlaywright, {}},
    Row{kBrowser, kSelenium, {}},
    Row{kBrowser, kNode, {}, {3, 0}},

    Row{kActiveTracing, kPuppeteer, {}},
    Row{kActiveTracing, kPlaywright, {}},
    Row{kActiveTracing, kNode, {2, 0}},

    Row{kAnyHandler, kPuppeteer, {3, 4}},
    Row{kAnyHandler, kPlaywright, {}},
    Row{kAnyHandler, kSelenium, {1, 1}},
    Row{kAnyHandler, kJava, {}},
    Row{kAnyHandler, kNode, {3, 0}},

    // On record for Puppeteer only; the younger Node families are taken for as able.
    Row{kArtifactEncryption, kPuppeteer, {3, 3}},
    Row{kArtifactEncryption, kPlaywright, {}},
    Row{kArtifactEncryption, kNode, {3, 0}},

    Row{kVisualReference, kPuppeteer, {3, 2}, {11, 0}},
    Row{kVisualReferences, kPuppeteer, {3, 2}},
    Row{kVisualReferences, kPlaywright, {3, 0}},

    Row{kSeveralBrowsers, kPuppeteer, {11, 0}},
    Row{kSeveralBrowsers, kPlaywright, {3, 0}},

    Row{kDryRuns, kPuppeteer, {10, 0}},
    Row{kDryRuns, kPlaywright, {2, 0}},
    Row{kDryRuns, kSelenium, {5, 1}},
    Row{kDryRuns, kNode, {3, 0}},

    Row{kRetries, kPuppeteer, {10, 0}},
    Row{kRetries, kPlaywright, {2, 0}},
    Row{kRetries, kSelenium, {5, 1}},
    Row{kRetries, kNode, {3, 0}},

    Row{kBlueprints, kNode, {3, 0}},
};

}  // namespace

bool HasFeature(std::string_view runtime_version, Feature feature) {
  const auto runtime = ParseRuntimeName(runtime_version);
  if (!runtime) return true;
  return std::ranges::any_of(kRows, [&](const Row& row) {
    return row.feature == feature &&
           runtime->IsAtLeast(row.family, row.from.major, row.from.minor) &&
           !runtime->IsAtLeast(row.family, row.before.major, row.before.minor);
  });
}

std::vector<Browser> BrowsersOf(const Canary& canary) {
  if (!HasFeature(canary.runtime_version, kBrowser)) return {};
  return canary.browsers.empty() ? std::vector{Browser::kChrome} : canary.browsers;
}

}  // namespace synthetics::state
