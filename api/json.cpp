#include "api/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace synthetics::api {
namespace {

using rapidjson::SizeType;

// Stands between RapidJSON's reader and its document. Numbers arrive as text, so that the reader's
// own arithmetic, which overflows, never runs; depth is counted while reading.
class Guard {
 public:
  explicit Guard(JsonDocument& document) : document_(document) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  bool String(const char* data, SizeType size, bool copy) {
    return IsUnicode({data, size}) && document_.String(data, size, copy);
  }
  bool Key(const char* data, SizeType size, bool copy) {
    return IsUnicode({data, size}) && document_.Key(data, size, copy);
  }
  bool StartObject() { return Descend() && document_.StartObject(); }
  bool EndObject(SizeType count) { return Ascend() && document_.EndObject(count); }
  bool StartArray() { return Descend() && document_.StartArray(); }
  bool EndArray(SizeType count) { return Ascend() && document_.EndArray(count); }

  bool RawNumber(const char* data, SizeType size, bool /*copy*/) {
    const char* const end = data + size;
    std::int64_t integer = 0;
    if (const auto [rest, error] = std::from_chars(data, end, integer);
        error == std::errc{} && rest == end) {
      return document_.Int64(integer);
    }
    double real = 0;
    const auto [rest, error] = std::from_chars(data, end, real);
    return error == std::errc{} && rest == end && document_.Double(real);
  }

  // The reader never calls these: it is told to pass numbers as text.
  static bool Int(int /*value*/) { return false; }
  static bool Uint(unsigned /*value*/) { return false; }
  static bool Int64(std::int64_t /*value*/) { return false; }
  static bool Uint64(std::uint64_t /*value*/) { return false; }
  static bool Double(double /*value*/) { return false; }

 private:
  // A lone low surrogate, written as an escape, passes the reader's own check as bytes ED A0 to ED
  // BF.
  static bool IsUnicode(std::string_view text) {
    for (std::size_t at = text.find('\xed'); at != std::string_view::npos;
         at = text.find('\xed', at + 1)) {
      if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xa0) return false;
    }
    return true;
  }

  bool Descend() { return ++depth_ <= kDeepestJson; }
  bool Ascend() {
    --depth_;
    return true;
  }

  JsonDocument& document_;
  int depth_ = 0;
};

// What `Document::Populate` wants: something that feeds a document.
class GuardedRead {
 public:
  explicit GuardedRead(std::string_view text) : stream_(text.data(), text.size()) {}

  bool operator()(JsonDocument& document) {
    constexpr unsigned kFlags =
        rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;
    Guard guard(document);
    rapidjson::Reader reader;
    result_ = reader.Parse<kFlags>(stream_, guard);
    return !result_.IsError();
  }

  const rapidjson::ParseResult& result() const { return result_; }

 private:
  rapidjson::MemoryStream stream_;
  rapidjson::ParseResult result_;
};

bool HasDuplicateNames(const Json& value) {
  if (value.IsArray()) return std::ranges::any_of(value.GetArray(), HasDuplicateNames);
  if (!value.IsObject()) return false;
  std::vector<std::string_view> names;
  names.reserve(value.MemberCount());
  for (const auto& member : value.GetObject()) {
    if (HasDuplicateNames(member.value)) return true;
    names.push_back(Text(member.name));
  }
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

// Where the ASCII at its beginning ends. Eight bytes at a time: nearly every text is nothing else.
std::size_t SkipAscii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if ((bytes & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Where the text first is not UTF-8; none where all of it is. The reader's own check goes through
// every byte of a text twice.
std::optional<std::size_t> FindBadByte(std::string_view text) {
  std::size_t at = SkipAscii(text);
  rapidjson::MemoryStream bytes(text.data() + at, text.size() - at);
  unsigned character = 0;
  while (bytes.Tell() < text.size() - at) {
    const std::size_t begin = at + bytes.Tell();
    if (!rapidjson::UTF8<>::Decode(bytes, &character)) return begin;
  }
  return {};
}

// The text, with U+FFFD where it is not UTF-8.
std::string AsUtf8(std::string_view text) {
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::StringBuffer characters;
  constexpr unsigned kReplacement = 0xfffd;
  while (bytes.Tell() < text.size()) {
    unsigned character = 0;
    const bool is_good = rapidjson::UTF8<>::Decode(bytes, &character);
    rapidjson::UTF8<>::Encode(characters, is_good ? character : kReplacement);
  }
  return {characters.GetString(), characters.GetSize()};
}

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

boost::system::result<JsonDocument, JsonError> ParseJson(std::string_view text) {
  // The reader takes a NUL for the end, and would not look at what follows it.
  if (text.find('\0') != std::string_view::npos) return JsonError{"a NUL byte is not JSON"};
  if (const auto bad = FindBadByte(text)) {
    return JsonError{"It is not UTF-8 (at byte " + std::to_string(*bad) + ")"};
  }
  JsonDocument document;
  GuardedRead read(text);
  document.Populate(read);
  if (read.result().IsError()) {
    const bool refused = read.result().Code() == rapidjson::kParseErrorTermination;
    const std::string why = refused
                                ? "A number, a string or the nesting is beyond what is accepted."
                                : rapidjson::GetParseError_En(read.result().Code());
    return JsonError{why + " (at byte " + std::to_string(read.result().Offset()) + ")"};
  }
  if (HasDuplicateNames(document)) return JsonError{"An object has two members of one name."};
  return document;
}

std::string_view Text(const Json& string) { return {string.GetString(), string.GetStringLength()}; }

std::string Display(const Json& value) {
  return value.IsString() ? std::string(Text(value)) : JsonOf(value);
}

std::string JsonOf(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

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
  if (SkipAscii(value) == value.size()) {
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
