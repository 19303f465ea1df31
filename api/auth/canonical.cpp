#include "api/auth/canonical.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "api/auth/hmac.hpp"
#include "api/letters.hpp"
#include "api/percent.hpp"

namespace synthetics::api {
namespace {

// The pieces between any of the separators, without the empty ones.
std::vector<std::string_view> Pieces(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> pieces;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(separators), text.size()));
    if (text.empty()) return pieces;
    pieces.push_back(text.substr(0, text.find_first_of(separators)));
    text.remove_prefix(pieces.back().size());
  }
}

template <class Range>
std::string Joined(const Range& pieces, std::string_view separator) {
  std::string text;
  for (const auto& piece : pieces) {
    if (&piece != &*pieces.begin()) text.append(separator);
    text.append(piece);
  }
  return text;
}

// Encoded once more than it was sent, and without `.`, `..` and empty segments.
std::string CanonicalPath(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  std::vector<std::string_view> segments;
  for (const std::string_view segment : Pieces(path, "/")) {
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (segment != ".") {
      segments.push_back(segment);
    }
  }
  const std::string_view end = path.ends_with('/') && !segments.empty() ? "/" : "";
  return "/" + EncodePercent(Joined(segments, "/"), "/").append(end);
}

// From what it was read as, so that nothing else can have been signed.
std::string CanonicalQuery(const Target& target) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [name, value] : target.query) {
    if (name == "X-Amz-Signature") continue;
    pairs.emplace_back(EncodePercent(name), EncodePercent(value));
  }
  std::ranges::sort(pairs);
  std::vector<std::string> texts;
  texts.reserve(pairs.size());
  for (const auto& [name, value] : pairs) texts.emplace_back(name).append("=").append(value);
  return Joined(texts, "&");
}

// A line for each of the names. Of a header that stands twice all values, with commas between.
std::string CanonicalHeaders(const Request& request, const HeaderNames& names) {
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : request.headers) {
    const auto [at, is_new] = values.try_emplace(Lowered(name));
    if (!is_new) at->second.push_back(',');
    at->second.append(Joined(Pieces(value, " \t\r\n\f\v"), " "));
  }
  std::string lines;
  for (const std::string& name : names)
    lines.append(name).append(":").append(values[name]).append("\n");
  return lines;
}

}  // namespace

HeaderNames ParseHeaderNames(std::string_view text) {
  HeaderNames names;
  for (const std::string_view name : Pieces(text, ";")) names.insert(Lowered(name));
  return names;
}

std::string Join(const HeaderNames& names) { return Joined(names, ";"); }

std::string CanonicalRequest(const Request& request, const Target& target,
                             const HeaderNames& signed_headers) {
  const std::vector<std::string> lines{std::string(state::NameIn(kMethodNames, request.method)),
                                       CanonicalPath(request.target),
                                       CanonicalQuery(target),
                                       CanonicalHeaders(request, signed_headers),
                                       Join(signed_headers),
                                       Hex(Sha256(request.body))};
  return Joined(lines, "\n");
}

}  // namespace synthetics::api
