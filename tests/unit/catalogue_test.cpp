#include "state/runtimes/catalogue.hpp"

#include <map>
#include <set>
#include <string>

#include "state/runtimes/runtime_name.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_host.hpp"

using namespace synthetics::state;

TEST_CASE("Catalogue: names are unique, known by their family, and in the order of the service") {
  std::set<std::string> names;
  const RuntimeName* previous = nullptr;
  RuntimeName kept;
  for (const RuntimeVersion& version : RuntimeCatalogue()) {
    INFO(version.name);
    const auto name = ParseRuntimeName(version.name);
    REQUIRE(names.insert(version.name).second);
    REQUIRE(name);
    const bool same_family = previous != nullptr && previous->family == name->family;
    if (same_family && version.name != "syn-nodejs-2.0-beta" && version.name != "syn-1.0") {
      REQUIRE_FALSE(name->IsAtLeast(kept.family, kept.major, kept.minor));
    }
    kept = *name;
    previous = &kept;
  }
  REQUIRE(names.size() == 77);
}

TEST_CASE("Catalogue: of each family, the newest version has the latest release of all") {
  std::map<RuntimeFamily, Instant> newest;
  for (const RuntimeVersion& version : RuntimeCatalogue()) {
    const auto family = ParseRuntimeName(version.name)->family;
    if (version.name == "syn-1.0") continue;
    const auto [first, inserted] = newest.emplace(family, version.released);
    if (!inserted) REQUIRE(version.released < first->second);
  }
}

TEST_CASE("Runtime name: family and version are read from it") {
  REQUIRE(
      ParseRuntimeName("syn-nodejs-puppeteer-10.0")->IsAtLeast(RuntimeFamily::kPuppeteer, 9, 1));
  REQUIRE_FALSE(
      ParseRuntimeName("syn-nodejs-puppeteer-9.1")->IsAtLeast(RuntimeFamily::kPuppeteer, 10, 0));
  REQUIRE(ParseRuntimeName("syn-nodejs-2.0-beta")->family == RuntimeFamily::kNode);
  for (const auto* const name :
       {"", "syn-", "syn-nodejs-", "syn-nodejs-puppeteer-1", "puppeteer-1.0",
        "syn-nodejs-puppeteer-1.x", "syn-java-99999999999.0"}) {
    REQUIRE_FALSE(ParseRuntimeName(name));
  }
}
