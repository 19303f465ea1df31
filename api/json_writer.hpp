// JSON out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "state/instant.hpp"

namespace synthetics::api {

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
