#include "state/runtimes/runtime_name.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace synthetics::state {
namespace {

using enum RuntimeFamily;

// The longer prefix first.
constexpr std::array<std::pair<std::string_view, RuntimeFamily>, 6> kPrefixes{{
    {"syn-nodejs-puppeteer-", kPuppeteer},
    {"syn-nodejs-playwright-", kPlaywright},
    {"syn-python-selenium-", kSelenium},
    {"syn-java-", kJava},
    {"syn-nodejs-", kNode},
    {"syn-", kNode},
}};

}  // namespace

std::optional<RuntimeName> ParseRuntimeName(std::string_view name) {
  for (const auto& [prefix, family] : kPrefixes) {
    if (!name.starts_with(prefix)) continue;
    const std::string_view version = name.substr(prefix.size());
    RuntimeName runtime{.family = family};
    const char* const end = version.data() + version.size();
    const auto [dot, major_error] = std::from_chars(version.data(), end, runtime.major);
    if (major_error != std::errc{} || dot == end || *dot != '.') return {};
    const auto [rest, minor_error] = std::from_chars(dot + 1, end, runtime.minor);
    // What may follow is a label, as in syn-nodejs-2.0-beta.
    if (minor_error != std::errc{} || (rest != end && *rest != '-')) return {};
    return runtime;
  }
  return {};
}

}  // namespace synthetics::state
