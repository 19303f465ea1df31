#include "api/iam/pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "api/letters.hpp"

namespace synthetics::api::iam {
namespace {

constexpr std::size_t kParts = 6;

// A stretch of a pattern, from `begin` to before `end`.
struct Stretch {
  const Pattern& pattern;
  std::size_t begin;
  std::size_t end;

  bool IsWild(std::size_t at, char wildcard) const {
    return at < end && pattern.is_wild[at] && pattern.text[at] == wildcard;
  }
  bool IsLetter(std::size_t at, char letter, LetterCase letters) const {
    if (at >= end || pattern.is_wild[at]) return false;
    const char own = pattern.text[at];
    return own == letter || (letters == LetterCase::kInsensitive && Lower(own) == Lower(letter));
  }
};

// The byte behind the character of UTF-8 that begins here.
std::size_t Next(std::string_view text, std::size_t at) {
  constexpr unsigned kContinued = 0x80;
  constexpr unsigned kMask = 0xc0;
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & kMask) == kContinued) ++at;
  return at;
}

// Where the rest does not fit, only the last `*` is tried with one byte more: what the ones before
// it took, a later one could have taken as well.
bool MatchesStretch(const Stretch& stretch, std::string_view text, LetterCase letters) {
  struct Retry {
    std::size_t pattern;  // behind the last `*`
    std::size_t text;     // where what follows it was tried to begin
  };
  std::optional<Retry> retry;
  std::size_t at = stretch.begin;
  std::size_t read = 0;
  while (read < text.size() || at < stretch.end) {
    if (stretch.IsWild(at, '*')) {
      retry = Retry{++at, read};
    } else if (read < text.size() && stretch.IsWild(at, '?')) {
      ++at;
      read = Next(text, read);
    } else if (read < text.size() && stretch.IsLetter(at, text[read], letters)) {
      ++at;
      ++read;
    } else if (retry && retry->text < text.size()) {
      at = retry->pattern;
      read = ++retry->text;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

void Pattern::Append(std::string_view more, bool with_wildcards) {
  text.append(more);
  for (const char letter : more) {
    is_wild.push_back(with_wildcards && (letter == '*' || letter == '?'));
  }
}

bool Matches(const Pattern& pattern, std::string_view text, LetterCase letters) {
  return MatchesStretch({pattern, 0, pattern.text.size()}, text, letters);
}

bool MatchesArn(const Pattern& pattern, std::string_view arn) {
  if (pattern.text == "*" && pattern.is_wild.front()) return true;
  std::size_t begin = 0;
  for (std::size_t part = 1; part < kParts; ++part) {
    const std::size_t end = pattern.text.find(':', begin);
    const std::size_t colon = arn.find(':');
    if (end == std::string::npos || colon == std::string_view::npos) return false;
    if (!MatchesStretch({pattern, begin, end}, arn.substr(0, colon), LetterCase::kSensitive)) {
      return false;
    }
    begin = end + 1;
    arn.remove_prefix(colon + 1);
  }
  return MatchesStretch({pattern, begin, pattern.text.size()}, arn, LetterCase::kSensitive);
}

bool LessIgnoringCase::operator()(std::string_view left, std::string_view right) const {
  return std::ranges::lexicographical_compare(left, right, {}, Lower, Lower);
}

}  // namespace synthetics::api::iam
