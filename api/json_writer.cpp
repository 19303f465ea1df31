#include "api/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/utf8.hpp"

namespace synthetics::api {
namespace {

constexpr std::array<bool, 256> kNeedsEscape = [] {
  std::array<bool, 256> needs{};
  for (std::size_t control = 0; control < ' '; ++control) needs.at(control) = true;
  needs['"'] = needs['\\'] = true;
  return needs;
}();

bool NeedsEscape(char character) { return kNeedsEscape[static_cast<unsigned char>(character)]; }

void AppendEscape(std::string& json, char character) {
  constexpr std::string_view kNamed = "\b\f\n\r\t\"\\";
  constexpr std::string_view kNames = "bfnrt\"\\";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  json.push_back('\\');
  if (const auto named = kNamed.find(character); named != std::string_view::npos) {
    json.push_back(kNames[named]);
    return;
  }
  const auto code = static_cast<unsigned char>(character);
  json.append("u00").append({kDigits[code >> 4U], kDigits[code & 15U]});
}

}  // namespace

void JsonWriter::Separate() {
  // Nothing that is complete ends like the beginning of something.
  if (json_.empty() || json_.back() == '{' || json_.back() == '[' || json_.back() == ':') return;
  json_.push_back(',');
}

void JsonWriter::Open(char bracket) {
  Separate();
  json_.push_back(bracket);
}

// The text in quotes, its plain parts in one go each.
void JsonWriter::Quoted(std::string_view text) {
  json_.push_back('"');
  while (!text.empty()) {
    const auto plain =
        static_cast<std::size_t>(std::ranges::find_if(text, NeedsEscape) - text.begin());
    json_.append(text.substr(0, plain));
    if (plain < text.size()) AppendEscape(json_, text[plain]);
    text.remove_prefix(std::min(plain + 1, text.size()));
  }
  json_.push_back('"');
}

void JsonWriter::Key(std::string_view name) {
  String(name);
  json_.push_back(':');
}

void JsonWriter::PlainKey(std::string_view name) {
  Separate();
  json_.append("\"").append(name).append("\":");
}

void JsonWriter::String(std::string_view value) {
  Separate();
  if (IsAscii(value)) {
    Quoted(value);
  } else {
    Quoted(AsUtf8(value));
  }
}

void JsonWriter::Integer(std::int64_t value) {
  std::array<char, 24> text{};
  const auto* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  Raw({text.data(), end});
}

void JsonWriter::Number(double value) {
  std::array<char, 32> text{};
  const auto* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  Raw({text.data(), end});
}

void JsonWriter::EpochSeconds(state::Instant instant) {
  const std::int64_t milliseconds = state::ToMilliseconds(instant);
  const auto digit = [](std::int64_t value) { return static_cast<char>('0' + value % 10); };
  Integer(milliseconds / 1000);
  json_.append({'.', digit(milliseconds / 100), digit(milliseconds / 10), digit(milliseconds)});
}

void JsonWriter::Raw(std::string_view json) {
  Separate();
  json_.append(json);
}

}  // namespace synthetics::api
