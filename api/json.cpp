#include "api/json.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "api/utf8.hpp"

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

}  // namespace

boost::system::result<JsonDocument, JsonError> ParseJson(std::string_view text) {
  // The reader takes a NUL for the end, and would not look at what follows it.
  if (text.find('\0') != std::string_view::npos) return JsonError{"a NUL byte is not JSON"};
  // Not the reader's own check, which goes through every byte of a text twice.
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

const Json* FindMember(const Json& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const auto members = object.GetObject();
  const auto found =
      std::ranges::find_if(members, [&](const auto& member) { return Text(member.name) == name; });
  return found == members.end() ? nullptr : &found->value;
}

std::string Display(const Json& value) {
  return value.IsString() ? std::string(Text(value)) : JsonOf(value);
}

std::string JsonOf(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace synthetics::api
