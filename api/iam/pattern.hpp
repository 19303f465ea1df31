// Texts with wildcards, as policies have them for actions, resources and values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synthetics::api::iam {

// A text in which some `*` and `?` stand for any text and any character, and others for themselves.
struct Pattern {
  std::string text;
  std::vector<bool> is_wild;  // of each byte of the text

  void Append(std::string_view more, bool with_wildcards);
};

enum class LetterCase { kSensitive, kInsensitive };  // of ASCII letters

// Whether the pattern stands for the whole text. Time is at most the product of both lengths.
bool Matches(const Pattern& pattern, std::string_view text,
             LetterCase letters = LetterCase::kSensitive);

// The same of ARNs: each of the six parts between colons is matched by itself, so that no `*`
// reaches into the next one. The sixth has all that is left. `*` alone stands for any text (IAM
// guide, "ARN condition operators").
bool MatchesArn(const Pattern& pattern, std::string_view arn);

// Of names in any case, for maps.
struct LessIgnoringCase {
  using is_transparent = void;  // NOLINT(readability-identifier-naming)
  bool operator()(std::string_view left, std::string_view right) const;
};

}  // namespace synthetics::api::iam
