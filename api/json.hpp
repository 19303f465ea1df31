// JSON in and out: RapidJSON held at arm's length. Its parser alone trusts its input too much, 25
// bytes can crash it, so bodies are read by `ParseJson` and by nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>
#include <rapidjson/document.h>

#include "state/instant.hpp"

namespace synthetics::api {

// Ask a value for its type before its content: in a release build RapidJSON answers a wrong
// question with rubbish.
using Json = rapidjson::Value;
using JsonDocument = rapidjson::Document;

struct JsonError {
  std::string message;
};

inline constexpr int kDeepestJson = 64;

// Refuses what is not strict UTF-8 JSON, names that stand twice in an object, numbers beyond a
// double and more than `kDeepestJson` levels.
boost::system::result<JsonDocument, JsonError> ParseJson(std::string_view text);

std::string_view Text(const Json& string);

std::string JsonOf(const Json& value);

// What a value looks like in a message: its text, or its JSON.
std::string Display(const Json& value);

// Writes JSON into one string. Text that is not UTF-8, as a path can contain it, is written with
// U+FFFD in its place.
class JsonWriter {
 public:
  JsonWriter() { json_.reserve(kUsualSize); }

  void BeginObject() { Open('{'); }
  void EndObject() { json_.push_back('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { json_.push_back(']'); }
  void Key(std::string_view name);
  // A key that is known to have nothing in it that needs an escape.
  void PlainKey(std::string_view name);
  void String(std::string_view value);
  void Integer(std::int64_t value);
  void Number(double value);  // finite
  void Boolean(bool value) { Raw(value ? "true" : "false"); }
  // Seconds since 1970 with three decimals, the form of all timestamps in the service's answers.
  void EpochSeconds(state::Instant instant);
  // What is JSON already.
  void Raw(std::string_view json);
  // What has been written; nothing is left.
  std::string Take() { return std::move(json_); }

 private:
  void Open(char bracket);
  void Separate();
  void Quoted(std::string_view text);

  static constexpr std::size_t kUsualSize = 2048;

  std::string json_;
};

}  // namespace synthetics::api
