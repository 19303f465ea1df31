// Schedule expressions: what is accepted has runs that come one after the other, and its shortest
// gap is no longer than any that there is.
#include "state/engine/schedule.hpp"

#include "tests/fuzz/check.hpp"
#include "tests/support/manual_host.hpp"

using namespace synthetics;
using tests::Expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tests::TextOf(data, size);
  const auto schedule = state::ParseSchedule(text);
  if (!schedule) {
    Expect(!schedule.error().message.empty(), "a refusal says why", text);
    return 0;
  }
  Expect(state::ParseSchedule(state::CanonicalExpression(text)).has_value(),
         "what is shown of a schedule is one", text);
  Expect(schedule->IsOnce() == !schedule->ShortestGap(), "one run has no gap", text);
  if (schedule->IsOnce()) return 0;
  constexpr int kRuns = 50;
  state::Instant run = schedule->First(tests::kNewYear);
  Expect(run >= tests::kNewYear, "the first run is not in the past", text);
  for (int number = 0; number < kRuns; ++number) {
    const state::Instant next = schedule->Next(run);
    Expect(next > run, "time goes on", text);
    Expect(next - run >= *schedule->ShortestGap(), "no gap is shorter than the shortest", text);
    run = next;
  }
  return 0;
}
