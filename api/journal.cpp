#include "api/journal.hpp"

#include <algorithm>
#include <array>

#include "api/json.hpp"

namespace synthetics::api {
namespace {

constexpr std::string_view kZip = "ZipFile";
constexpr std::string_view kEnvironment = "EnvironmentVariables";
constexpr std::string_view kHidden = "<hidden>";

std::string Bytes(std::size_t count, std::string_view what = {}) {
  return "<" + std::to_string(count) + " bytes" + std::string(what) + ">";
}

// What the text decodes to, by its length.
std::size_t BytesInBase64(std::string_view text) {
  return text.size() / 4 * 3 - static_cast<std::size_t>(std::ranges::count(text, '='));
}

void Replace(Json& value, std::string_view text, JsonDocument::AllocatorType& allocator) {
  value.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator);
}

void HideSecrets(Json& value, JsonDocument::AllocatorType& allocator) {
  if (value.IsArray()) {
    for (Json& entry : value.GetArray()) HideSecrets(entry, allocator);
  }
  if (!value.IsObject()) return;
  for (auto& member : value.GetObject()) {
    if (Text(member.name) == kZip && member.value.IsString()) {
      Replace(member.value, Bytes(BytesInBase64(Text(member.value))), allocator);
    } else if (Text(member.name) == kEnvironment && member.value.IsObject()) {
      for (auto& variable : member.value.GetObject()) Replace(variable.value, kHidden, allocator);
    } else if (Text(member.name) == kZip || Text(member.name) == kEnvironment) {
      Replace(member.value, kHidden, allocator);
    } else {
      HideSecrets(member.value, allocator);
    }
  }
}

// Only a text in which a secret can be is parsed; a name can be spelled by escapes, too.
std::string WithoutSecrets(std::string_view body) {
  constexpr std::array<std::string_view, 3> kSigns{kZip, kEnvironment, "\\u"};
  const bool is_clean = std::ranges::none_of(
      kSigns, [&](std::string_view sign) { return body.find(sign) != std::string_view::npos; });
  if (is_clean) return std::string(body);
  auto document = ParseJson(body);
  if (!document) return Bytes(body.size(), " that are not JSON");
  HideSecrets(*document, document->GetAllocator());
  return JsonOf(*document);
}

std::string Shortened(std::string text) {
  constexpr std::size_t kLongest = 64UL * 1024;
  if (text.size() <= kLongest) return text;
  return text.substr(0, kLongest) + "... " + Bytes(text.size(), " in all");
}

}  // namespace

std::int64_t Journal::Add(state::Instant at, const Request& request, const Response& response) {
  if (size_ == 0) return 0;
  JournalEntry& entry = entries_.emplace_back();
  entry.id = ++last_id_;
  entry.at = at;
  entry.trace = response.trace;
  entry.status = response.status;
  entry.request = Shortened(WithoutSecrets(request.body));
  entry.response = Shortened(response.body);
  entry.user_agent = request.user_agent;
  if (std::ssize(entries_) > size_) entries_.pop_front();
  return last_id_;
}

void Journal::SetDuration(std::int64_t id, std::int64_t microseconds) {
  const auto entry = std::ranges::find(entries_.rbegin(), entries_.rend(), id, &JournalEntry::id);
  if (entry != entries_.rend()) entry->duration_us = microseconds;
}

void Journal::Reset() {
  Clear();
  last_id_ = 0;
}

}  // namespace synthetics::api
