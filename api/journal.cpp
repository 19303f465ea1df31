#include "api/journal.hpp"

#include <algorithm>
#include <map>

#include "api/json.hpp"
#include "api/operation.hpp"

namespace synthetics::api {
namespace {

constexpr std::string_view kHidden = "<hidden>";

// The members whose values the contract does not repeat, wherever they stand.
using Secrets = std::map<std::string_view, Kind>;

void Collect(std::span<const Field> fields, Secrets& secrets) {
  for (const Field& field : fields) {
    if (field.members != nullptr) {
      Collect(field.members(), secrets);
    } else if (field.constraint.is_secret) {
      secrets.emplace(field.name, field.kind);
    }
  }
}

const Secrets& SecretsOfContract() {
  static const Secrets kSecrets = [] {
    Secrets secrets;
    for (const Operation& operation : Operations()) Collect(operation.request, secrets);
    return secrets;
  }();
  return kSecrets;
}

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

// Of bytes their number is told, of a map its keys.
void Hide(Json& value, Kind kind, JsonDocument::AllocatorType& allocator) {
  if (kind == Kind::kBlob && value.IsString()) {
    Replace(value, Bytes(BytesInBase64(Text(value))), allocator);
  } else if (kind == Kind::kMap && value.IsObject()) {
    for (auto& entry : value.GetObject()) Replace(entry.value, kHidden, allocator);
  } else {
    Replace(value, kHidden, allocator);
  }
}

void HideSecrets(Json& value, JsonDocument::AllocatorType& allocator) {
  if (value.IsArray()) {
    for (Json& entry : value.GetArray()) HideSecrets(entry, allocator);
  }
  if (!value.IsObject()) return;
  for (auto& member : value.GetObject()) {
    const auto secret = SecretsOfContract().find(Text(member.name));
    if (secret == SecretsOfContract().end()) {
      HideSecrets(member.value, allocator);
    } else {
      Hide(member.value, secret->second, allocator);
    }
  }
}

// Only a text in which a secret can be is parsed; a name can be spelled by escapes, too.
std::string WithoutSecrets(std::string_view body) {
  const bool is_clean = body.find("\\u") == std::string_view::npos &&
                        std::ranges::none_of(SecretsOfContract(), [&](const auto& secret) {
                          return body.find(secret.first) != std::string_view::npos;
                        });
  if (is_clean) return std::string(body);
  auto document = ParseJson(body);
  if (!document) return Bytes(body.size(), " that are not JSON");
  HideSecrets(*document, document->GetAllocator());
  return JsonOf(*document);
}

constexpr std::size_t kLongest = 64UL * 1024;

std::string Shortened(std::string text) {
  if (text.size() <= kLongest) return text;
  return text.substr(0, kLongest) + "... " + Bytes(text.size(), " in all");
}

}  // namespace

std::string Tell(const JournalEntry& entry) {
  return entry.is_told ? entry.request : Shortened(WithoutSecrets(entry.request));
}

std::int64_t Journal::Add(state::Instant at, const Request& request, const Response& response) {
  if (size_ == 0) return 0;
  JournalEntry& entry = entries_.emplace_back();
  entry.id = ++last_id_;
  entry.at = at;
  entry.trace = response.trace;
  entry.status = response.status;
  // To look into every request for what is not to be told would cost more than many an answer.
  entry.request = request.body;
  if (entry.request.size() > kLongest) {
    entry.request = Tell(entry);
    entry.is_told = true;
  }
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
