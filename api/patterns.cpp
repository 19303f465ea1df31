#include "api/patterns.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include <re2/re2.h>

namespace synthetics::api {
namespace {

// RE2 has no look-ahead; the model has one, at the front of the pattern of tag keys.
constexpr std::string_view kNotReserved = "^(?!aws:)";

const re2::RE2& Compiled(std::string_view pattern) {
  static std::unordered_map<std::string_view, std::unique_ptr<re2::RE2>> compiled;
  if (const auto kept = compiled.find(pattern); kept != compiled.end()) return *kept->second;
  auto fresh = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()));
  if (!fresh->ok()) throw std::logic_error("not a pattern: " + std::string(pattern));
  return *compiled.emplace(pattern, std::move(fresh)).first->second;
}

}  // namespace

bool MatchesPattern(std::string_view text, std::string_view pattern) {
  if (pattern.starts_with(kNotReserved)) {
    if (text.starts_with("aws:")) return false;
    pattern.remove_prefix(kNotReserved.size());
  }
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), Compiled(pattern));
}

}  // namespace synthetics::api
