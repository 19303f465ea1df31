#include "state/engine/outcome.hpp"

#include <algorithm>

namespace synthetics::state {
namespace {

constexpr Duration kShortest{2'000};
constexpr Duration kLongest{5'000};

}  // namespace

Outcome DefaultOutcome(const Canary& canary, Random& random) {
  const Duration drawn{random.Between(kShortest.count(), kLongest.count())};
  Outcome outcome;
  outcome.duration = std::min<Duration>(drawn, canary.timeout);
  return outcome;
}

}  // namespace synthetics::state
