#include "state/engine/runner.hpp"

#include <array>
#include <cstdio>
#include <vector>

#include "state/engine/outcome.hpp"
#include "state/runtimes/runtime_name.hpp"

namespace synthetics::state {
namespace {

std::string TimeFolders(Instant started) {
  const auto day = std::chrono::floor<std::chrono::days>(started);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{started - day};
  std::array<char, 48> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d/%02u/%02u/%02d/%02d-%02d-%03d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string ArtifactRoot(const Canary& canary) {
  std::string root = canary.artifact_location;
  while (root.ends_with('/')) root.pop_back();
  if (root.find('/') == std::string::npos) {
    root += "/canary/" + canary.scope.region + "/" + canary.name;
  }
  return root;
}

}  // namespace

std::string ArtifactLocation(const Canary& canary, Instant started,
                             std::optional<Browser> browser) {
  std::string location = ArtifactRoot(canary) + "/" + TimeFolders(started);
  if (browser && !canary.browsers.empty()) location.append("/").append(Name(*browser));
  return location;
}

int StartRuns(Store& store, const Canary& canary, Instant now, Random& random) {
  std::vector<std::optional<Browser>> browsers;
  for (const Browser browser : BrowsersOf(canary)) browsers.emplace_back(browser);
  if (browsers.empty()) browsers.emplace_back();
  for (const auto& browser : browsers) {
    Run run;
    run.canary = canary.key;
    run.id = random.Uuid();
    run.browser = browser;
    run.started = now;
    run.outcome = DefaultOutcome(canary, random);
    run.artifact_location = ArtifactLocation(canary, now, browser);
    store.runs.Insert(run);
    store.timeline.Push(now + run.outcome.duration, EventKind::kCompletion, canary.key, run.key);
  }
  return static_cast<int>(browsers.size());
}

}  // namespace synthetics::state
