#include "api/iam/numbers.hpp"

#include <charconv>
#include <cmath>
#include <string>

#include "state/instant.hpp"

namespace synthetics::api::iam {
namespace {

constexpr std::string_view kWhole = "0000-01-01T00:00:00Z";
constexpr std::size_t kMonth = std::string_view("0000-00").size();
constexpr std::size_t kDay = std::string_view("0000-00-00").size();
constexpr std::size_t kMinute = std::string_view("0000-00-00T00:00").size();
constexpr std::size_t kSecond = std::string_view("0000-00-00T00:00:00").size();

bool HasZone(std::string_view text) {
  return text.find_first_of("Z+-", kMinute) != std::string_view::npos;
}

// The text with all that ISO 8601 lets one leave out.
std::string Complete(std::string_view text) {
  std::string whole(text);
  if (text.size() == kMonth || text.size() == kDay) return whole.append(kWhole.substr(text.size()));
  if (text.size() < kMinute) return whole;
  if (!HasZone(text)) whole.push_back('Z');
  if (whole[kMinute] != ':') whole.insert(kMinute, kWhole, kMinute, kSecond - kMinute);
  return whole;
}

}  // namespace

std::optional<double> ParseNumber(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || !std::isfinite(number)) return {};
  return number;
}

std::optional<double> ParseDate(std::string_view text) {
  constexpr double kMillisecondsInSecond = 1000;
  if (text.find('-', 1) == std::string_view::npos) {
    const auto seconds = ParseNumber(text);
    if (!seconds) return {};
    return *seconds * kMillisecondsInSecond;
  }
  std::string whole = Complete(text);
  const bool is_beyond = whole.starts_with('9');
  if (is_beyond) whole.front() = '8';
  const auto instant = state::ParseIso(whole);
  if (!instant) return {};
  return static_cast<double>(state::ToMilliseconds(is_beyond ? state::kEndOfTime : *instant));
}

}  // namespace synthetics::api::iam
