#include "state/engine/runner.hpp"

#include <vector>

#include "state/engine/code.hpp"
#include "state/engine/outcome.hpp"
#include "state/runtimes/features.hpp"

namespace synthetics::state {
namespace {

void AppendDigits(std::string& text, std::int64_t number, int count) {
  constexpr int kBase = 10;
  const std::size_t begin = text.size();
  text.append(static_cast<std::size_t>(count), '0');
  for (std::size_t at = text.size(); at > begin; number /= kBase) {
    text[--at] = static_cast<char>('0' + number % kBase);
  }
}

// `2026/01/01/10/00-00-000`
std::string TimeFolders(Instant started) {
  const auto day = std::chrono::floor<std::chrono::days>(started);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{started - day};
  std::string text;
  AppendDigits(text, static_cast<int>(date.year()), 4);
  AppendDigits(text.append("/"), static_cast<unsigned>(date.month()), 2);
  AppendDigits(text.append("/"), static_cast<unsigned>(date.day()), 2);
  AppendDigits(text.append("/"), time.hours().count(), 2);
  AppendDigits(text.append("/"), time.minutes().count(), 2);
  AppendDigits(text.append("-"), time.seconds().count(), 2);
  AppendDigits(text.append("-"), time.subseconds().count(), 3);
  return text;
}

std::string ArtifactRoot(const Canary& canary) {
  std::string root = canary.artifact_location;
  while (root.ends_with('/')) root.pop_back();
  if (root.find('/') == std::string::npos) {
    root += "/canary/" + canary.scope.region + "/" + canary.name;
  }
  return root;
}

std::vector<std::optional<Browser>> BrowsersOfRuns(const Canary& canary) {
  std::vector<std::optional<Browser>> browsers;
  for (const Browser browser : BrowsersOf(canary)) browsers.emplace_back(browser);
  if (browsers.empty()) browsers.emplace_back();
  return browsers;
}

// The run as it has begun.
Run StartRun(Store& store, const Canary& canary, std::string_view fault, Run run,
             const std::optional<WantedOutcome>& wanted, Instant now, Random& random) {
  run.canary = canary.key;
  run.id = random.Uuid();
  run.started = now;
  run.outcome = Decide(store, canary, wanted, fault, random);
  if (HasArtifacts(run.outcome)) run.artifact_location = ArtifactLocation(canary, now, run.browser);
  store.runs.Insert(run);
  store.timeline.Push(now + run.outcome.duration, EventKind::kCompletion, canary.key, run.key);
  return run;
}

}  // namespace

std::string ArtifactLocation(const Canary& canary, Instant started,
                             std::optional<Browser> browser) {
  std::string location = ArtifactRoot(canary) + "/" + TimeFolders(started);
  if (browser && !canary.browsers.empty()) location.append("/").append(Name(*browser));
  return location;
}

int StartRuns(Store& store, const Canary& canary, Instant now, Random& random) {
  const std::string fault = FaultOfCode(store, canary);
  const auto browsers = BrowsersOfRuns(canary);
  for (const auto& browser : browsers) {
    Run run;
    run.browser = browser;
    run.max_retries = canary.schedule.max_retries;
    if (run.max_retries > 0) run.metric_timestamp = now;
    StartRun(store, canary, fault, std::move(run), {}, now, random);
  }
  return static_cast<int>(browsers.size());
}

void StartRetry(Store& store, const Canary& canary, const Run& failed, Instant now,
                Random& random) {
  Run run;
  run.browser = failed.browser;
  run.scheduled_run = failed.attempt == 0 ? failed.id : failed.scheduled_run;
  run.attempt = failed.attempt + 1;
  run.max_retries = failed.max_retries;
  run.metric_timestamp = failed.metric_timestamp;
  StartRun(store, canary, FaultOfCode(store, canary), std::move(run), {}, now, random);
}

Run StartRunNow(Store& store, const Canary& canary, const std::optional<WantedOutcome>& wanted,
                Instant now, Random& random) {
  Run run;
  run.is_on_demand = true;
  run.browser = BrowsersOfRuns(canary).front();
  return StartRun(store, canary, FaultOfCode(store, canary), std::move(run), wanted, now, random);
}

void StartTrialRuns(Store& store, const DryRun& dry_run, Instant now, Random& random) {
  const Canary& trial = dry_run.trial;
  for (const auto& browser : BrowsersOfRuns(trial)) {
    Run run;
    run.browser = browser;
    run.dry_run = dry_run.id;
    StartRun(store, trial, trial.code_fault.value(), std::move(run), {}, now, random);
  }
}

}  // namespace synthetics::state
