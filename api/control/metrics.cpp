#include "api/metrics.hpp"

#include "api/control/routes.hpp"

namespace synthetics::api {
namespace {

// A number of parts of a second, 1000 or another power of ten.
std::string Seconds(std::int64_t parts, std::int64_t of_second) {
  const std::string fraction = std::to_string(of_second + parts % of_second).substr(1);
  return std::to_string(parts / of_second) + "." + fraction;
}

// The text format of Prometheus, version 0.0.4. Labels are names of ours, so none has a character
// that would have to be escaped.
class Exposition {
 public:
  // Begins a metric: what follows are its samples.
  void Begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = "synthetics_local_" + std::string(name);
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n";
    text_ += "# TYPE " + name_ + " " + std::string(type) + "\n";
  }

  void Sample(const std::string& labels, const std::string& value, std::string_view suffix = {}) {
    text_.append(name_).append(suffix);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(value).append("\n");
  }
  void Sample(const std::string& labels, std::int64_t value, std::string_view suffix = {}) {
    Sample(labels, std::to_string(value), suffix);
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

std::string Label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + "\"";
}

void WriteRequests(const Metrics& metrics, Exposition& out) {
  out.Begin("requests_total", "counter",
            "Synthetics requests by operation (unknown: none has that route) and status (0: a fault"
            " kept the answer back), without those to the control plane.");
  for (const auto& [key, count] : metrics.requests()) {
    const auto& [operation, status] = key;
    out.Sample(Label("operation", operation) + "," + Label("status", std::to_string(status)),
               count);
  }
}

void WriteDurations(const Metrics& metrics, Exposition& out) {
  out.Begin("request_duration_seconds", "histogram",
            "Time from a Synthetics request being read to its answer, what the clock made due"
            " included and a fault's latency not.");
  for (const auto& [operation, durations] : metrics.durations()) {
    const std::string labels = Label("operation", operation);
    std::int64_t so_far = 0;
    for (std::size_t bucket = 0; bucket < kBuckets.size(); ++bucket) {
      so_far += durations.counts.at(bucket);
      out.Sample(labels + "," + Label("le", kBuckets.at(bucket).second), so_far, "_bucket");
    }
    out.Sample(labels + "," + Label("le", "+Inf"), durations.count, "_bucket");
    out.Sample(labels, Seconds(durations.sum.count(), 1'000'000), "_sum");
    out.Sample(labels, durations.count, "_count");
  }
}

void WriteWorld(const state::Engine& engine, Exposition& out) {
  const state::Store& store = engine.store();
  out.Begin("canaries", "gauge", "Canaries of all accounts and regions by state.");
  const auto canaries = store.canaries.CountByState();
  for (const auto& [state, name] : state::kCanaryStateNames) {
    const auto counted = canaries.find(state);
    out.Sample(Label("state", name), counted == canaries.end() ? 0 : counted->second);
  }
  out.Begin("runs_total", "counter",
            "Runs by result, retries and dry runs included, that completed since this process began"
            " or was reset.");
  const state::Tally& tally = engine.tally();
  out.Sample(Label("state", Name(state::RunState::kPassed)), tally.runs_passed);
  out.Sample(Label("state", Name(state::RunState::kFailed)), tally.runs_failed);
  out.Begin("runs_under_way", "gauge", "Runs that have started and not completed.");
  out.Sample({}, store.runs.CountUnderWay());
  out.Begin("events_pending", "gauge",
            "What will happen at its own instant: states that end, runs that start or complete,"
            " schedules that run out.");
  out.Sample({}, store.timeline.Count());
}

void WriteClock(const state::Engine& engine, Exposition& out) {
  const state::Clock& clock = engine.world().clock;
  out.Begin("clock_seconds", "gauge", "What the emulator's clock shows, in seconds since 1970.");
  out.Sample({}, Seconds(state::ToMilliseconds(engine.Shown()), 1000));
  out.Begin("clock_running", "gauge", "1 while the clock runs by itself, 0 while it is frozen.");
  out.Sample({}, clock.mode == state::ClockMode::kRunning ? 1 : 0);
  out.Begin("clock_speed", "gauge", "Seconds of the clock in each second, while it runs.");
  out.Sample({}, std::to_string(clock.speed));
}

}  // namespace

Result<MetricsText> GetMetrics(ControlContext& context, const Empty& /*request*/) {
  Exposition out;
  WriteRequests(context.metrics, out);
  WriteDurations(context.metrics, out);
  WriteWorld(context.engine, out);
  WriteClock(context.engine, out);
  return MetricsText{out.Take()};
}

}  // namespace synthetics::api
