#include "state/store/tags.hpp"

#include <charconv>

namespace synthetics::state {
namespace {

void Append(std::string& text, std::string_view word) {
  text += std::to_string(word.size());
  text += ':';
  text += word;
}

// Takes a word off the text's front; nothing where there is none.
std::optional<std::string> TakeWord(std::string_view& text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{}) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(':') || text.size() - 1 < size) return {};
  std::string word(text.substr(1, size));
  text.remove_prefix(1 + size);
  return word;
}

}  // namespace

std::string FormatTags(const TagMap& tags) {
  std::string text;
  for (const auto& [key, value] : tags) {
    Append(text, key);
    Append(text, value);
  }
  return text;
}

std::optional<TagMap> ParseTags(std::string_view text) {
  TagMap tags;
  while (!text.empty()) {
    auto key = TakeWord(text);
    auto value = TakeWord(text);
    if (!key || !value) return {};
    tags.insert_or_assign(*std::move(key), *std::move(value));
  }
  return tags;
}

constexpr Tags::Sql Tags::kOfCanaries{.of = "SELECT tags FROM canaries WHERE key = ?",
                                      .save = "UPDATE canaries SET tags = ? WHERE key = ?"};
constexpr Tags::Sql Tags::kOfGroups{.of = "SELECT tags FROM groups WHERE key = ?",
                                    .save = "UPDATE groups SET tags = ? WHERE key = ?"};

const TagMap& Tags::Of(std::int64_t resource) const {
  if (const auto known = known_.find(resource); known != known_.end()) return known->second;
  auto row = database_.Prepare(sql_.of);
  TagMap tags;
  if (row.Bind(resource).Step()) tags = ParseTags(row.Next<std::string>()).value();
  return known_.insert_or_assign(resource, std::move(tags)).first->second;
}

void Tags::Put(std::int64_t resource, const TagMap& tags) {
  TagMap all = Of(resource);
  for (const auto& [key, value] : tags) all.insert_or_assign(key, value);
  Save(resource, std::move(all));
}

void Tags::Remove(std::int64_t resource, std::span<const std::string> keys) {
  TagMap left = Of(resource);
  for (const std::string& key : keys) left.erase(key);
  Save(resource, std::move(left));
}

void Tags::Save(std::int64_t resource, TagMap tags) {
  changed_(resource);
  const std::string text = FormatTags(tags);
  database_.Prepare(sql_.save).Bind(text, resource).Run();
  known_.insert_or_assign(resource, std::move(tags));
}

}  // namespace synthetics::state
