#include "state/runtimes/features.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace synthetics::state;
using enum Feature;

namespace {

struct Line {
  Feature feature;
  std::vector<std::string> with;
  std::vector<std::string> without;
};

// clang-format off
const std::vector<Line> kLines{
    {kBrowser,            {"1.0", "nodejs-2.2", "nodejs-playwright-1.0", "python-selenium-1.0"},     {"nodejs-3.0", "java-1.0"}},
    {kActiveTracing,      {"nodejs-2.0", "nodejs-puppeteer-3.0", "nodejs-playwright-1.0"}, {"1.0", "python-selenium-12.0", "java-1.0"}},
    {kAnyHandler,         {"nodejs-puppeteer-3.4", "python-selenium-1.1", "java-1.0"},     {"nodejs-puppeteer-3.3", "python-selenium-1.0", "nodejs-2.2"}},
    {kArtifactEncryption, {"nodejs-puppeteer-3.3", "nodejs-playwright-1.0"},               {"nodejs-puppeteer-3.2", "python-selenium-12.0"}},
    {kVisualReference,    {"nodejs-puppeteer-3.2", "nodejs-puppeteer-10.0"},               {"nodejs-puppeteer-3.1", "nodejs-puppeteer-11.0", "nodejs-playwright-3.0"}},
    {kVisualReferences,   {"nodejs-puppeteer-3.2", "nodejs-puppeteer-11.0", "nodejs-playwright-3.0"}, {"nodejs-playwright-2.0", "python-selenium-12.0"}},
    {kSeveralBrowsers,    {"nodejs-puppeteer-11.0", "nodejs-playwright-3.0"},              {"nodejs-puppeteer-10.0", "nodejs-playwright-2.0", "python-selenium-12.0"}},
    {kDryRuns,            {"nodejs-puppeteer-10.0", "nodejs-playwright-2.0", "python-selenium-5.1", "nodejs-3.0"}, {"nodejs-puppeteer-9.1", "nodejs-playwright-1.0", "python-selenium-5.0", "java-1.0"}},
    {kRetries,            {"nodejs-puppeteer-10.0", "nodejs-playwright-2.0", "python-selenium-5.1", "nodejs-3.0"}, {"nodejs-puppeteer-9.1", "nodejs-playwright-1.0", "python-selenium-5.0", "java-1.0"}},
    {kBlueprints,         {"nodejs-3.0", "nodejs-5.2"},                                    {"nodejs-2.2", "nodejs-puppeteer-17.0"}},
};
// clang-format on

}  // namespace

TEST_CASE("Features: which runtime versions have them") {
  for (const Line& line : kLines) {
    for (const std::string& name : line.with) {
      INFO(name);
      REQUIRE(HasFeature("syn-" + name, line.feature));
    }
    for (const std::string& name : line.without) {
      INFO(name);
      REQUIRE_FALSE(HasFeature("syn-" + name, line.feature));
    }
  }
}

TEST_CASE("Features: a family that nobody knows is believed to have all") {
  REQUIRE(HasFeature("syn-ruby-1.0", kDryRuns));
}
