// What the name of a runtime version says: `syn-nodejs-puppeteer-10.0` is version 10.0 of a family.
#pragma once

#include <optional>
#include <string_view>

namespace synthetics::state {

enum class RuntimeFamily {
  kPuppeteer,   // syn-nodejs-puppeteer-
  kPlaywright,  // syn-nodejs-playwright-
  kSelenium,    // syn-python-selenium-
  kJava,        // syn-java-
  kNode,        // syn-nodejs- (2.x drove Puppeteer, 3.0 and newer have no browser) and syn-1.0
};

struct RuntimeName {
  RuntimeFamily family = RuntimeFamily::kNode;
  int major = 0;
  int minor = 0;

  // Whether it is of the family, at that version or a newer one.
  bool IsAtLeast(RuntimeFamily of, int at_major, int at_minor) const {
    return family == of && (major > at_major || (major == at_major && minor >= at_minor));
  }
};

// Nothing for a name that is of no known family.
std::optional<RuntimeName> ParseRuntimeName(std::string_view name);

}  // namespace synthetics::state
