// An answer as a test reads it: by JSON pointers such as `/Canary/Status/State`.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <rapidjson/pointer.h>

#include "api/http.hpp"
#include "api/json.hpp"

namespace synthetics::tests {

class Answer {
 public:
  explicit Answer(const api::Response& response)
      : status(response.status),
        raw(response.body),
        trace(response.trace),
        delivery(response.delivery) {
    for (const auto& [name, value] : response.headers) {
      if (name == "x-amzn-ErrorType") error_type = value;
      if (name == "x-amzn-RequestId") request_id = value;
      if (name == "x-emulator-explain") explain = value;
      if (name == "Content-Type") content_type = value;
      if (name == "Allow") allow = value;
    }
    if (raw.empty() || !content_type.empty()) return;
    auto parsed = api::ParseJson(raw);
    // By a fault's order an answer may be anything.
    if (!parsed && response.trace.explain.starts_with("Fault rule")) return;
    if (!parsed) throw std::runtime_error("an answer is not JSON: " + raw);
    *document_ = std::move(*parsed);
  }

  bool Has(const std::string& pointer) const { return Find(pointer) != nullptr; }
  std::string Text(const std::string& pointer) const { return api::Display(Get(pointer)); }
  double Number(const std::string& pointer) const { return Get(pointer).GetDouble(); }
  std::size_t Size(const std::string& pointer) const {
    const api::Json& value = Get(pointer);
    return value.IsArray() ? value.Size() : value.MemberCount();
  }
  std::string Message() const { return Text("/Message"); }

  int status;
  std::string content_type;  // of what is not JSON
  std::string error_type;
  std::string request_id;
  std::string explain;
  std::string allow;  // the methods that a path has
  std::string raw;
  api::Trace trace;
  api::Delivery delivery;

 private:
  const api::Json* Find(const std::string& pointer) const {
    return rapidjson::Pointer(pointer.c_str(), pointer.size()).Get(*document_);
  }
  const api::Json& Get(const std::string& pointer) const {
    if (const auto* value = Find(pointer)) return *value;
    throw std::out_of_range(pointer + " is not in " + raw);
  }

  std::shared_ptr<api::JsonDocument> document_ = std::make_shared<api::JsonDocument>();
};

}  // namespace synthetics::tests
