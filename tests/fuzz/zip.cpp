// The zip of a canary's code, for each kind of runtime: it is laid out well, or there is a sentence
// that says why not.
#include <array>

#include "state/runtimes/code_layout.hpp"
#include "tests/fuzz/check.hpp"

using namespace synthetics;

namespace {

constexpr std::array kRuntimes{"syn-nodejs-puppeteer-3.4", "syn-nodejs-puppeteer-13.0",
                               "syn-nodejs-playwright-2.0", "syn-python-selenium-4.1",
                               "syn-java-1.0"};
constexpr std::size_t kLongestFault = 300;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view zip = tests::TextOf(data, size);
  for (const char* const runtime : kRuntimes) {
    const std::string fault = state::LayoutFault(zip, runtime, "folder/shop.handler", false);
    tests::Expect(fault.size() < kLongestFault, "a reason fits into a run", fault);
  }
  state::LayoutFault(zip, "syn-nodejs-3.0", "", true);
  return 0;
}
