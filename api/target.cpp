#include "api/target.hpp"

#include <algorithm>

#include "api/percent.hpp"

namespace synthetics::api {
namespace {

// Cuts the text up to the separator, or all of it, off the front of `rest`.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return piece;
}

}  // namespace

std::optional<Target> ParseTarget(std::string_view target) {
  if (!target.starts_with('/')) return {};
  std::string_view query = target;
  std::string_view path = Cut(query, '?').substr(1);

  Target parsed;
  while (!path.empty()) {
    auto segment = DecodePercent(Cut(path, '/'));
    if (!segment) return {};
    parsed.segments.push_back(*std::move(segment));
  }
  while (!query.empty()) {
    std::string_view value = Cut(query, '&');
    auto key = DecodePercent(Cut(value, '='), PlusSign::kIsSpace);
    auto decoded = DecodePercent(value, PlusSign::kIsSpace);
    if (!key || !decoded) return {};
    parsed.query.emplace_back(*std::move(key), *std::move(decoded));
  }
  return parsed;
}

std::string_view QueryValue(const Target& target, std::string_view key) {
  for (const auto& [name, value] : target.query) {
    if (name == key) return value;
  }
  return {};
}

std::optional<std::vector<std::pair<std::string, std::string>>> MatchPath(
    std::string_view path_template, const std::vector<std::string>& segments) {
  // Most templates are told apart by this, before anything is made.
  const auto slashes = std::ranges::count(path_template, '/');
  if (slashes != std::ssize(segments)) return {};
  std::vector<std::pair<std::string, std::string>> labels;
  path_template.remove_prefix(1);
  for (const std::string& segment : segments) {
    const std::string_view expected = Cut(path_template, '/');
    if (expected.starts_with('{')) {
      labels.emplace_back(expected.substr(1, expected.size() - 2), segment);
    } else if (expected != segment) {
      return {};
    }
  }
  return labels;
}

}  // namespace synthetics::api
