#include "state/store/browsers.hpp"

#include <boost/algorithm/string/join.hpp>

namespace synthetics::state {

std::string FormatBrowsers(const std::vector<Browser>& browsers) {
  std::vector<std::string> names;
  names.reserve(browsers.size());
  for (const Browser browser : browsers) names.emplace_back(Name(browser));
  return boost::algorithm::join(names, ",");
}

std::vector<Browser> ParseBrowsers(std::string_view text) {
  std::vector<Browser> browsers;
  while (!text.empty()) {
    const auto comma = text.find(',');
    if (const auto browser = ParseBrowser(text.substr(0, comma))) browsers.push_back(*browser);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return browsers;
}

}  // namespace synthetics::state
