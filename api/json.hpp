// JSON in: RapidJSON held at arm's length. Its parser alone trusts its input too much, 25
// bytes can crash it, so bodies are read by `ParseJson` and by nothing else.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>
#include <rapidjson/document.h>

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

// The object's member of that name; null where it has none, or is no object.
const Json* FindMember(const Json& object, std::string_view name);

std::string JsonOf(const Json& value);

// What a value looks like in a message: its text, or its JSON.
std::string Display(const Json& value);

}  // namespace synthetics::api
