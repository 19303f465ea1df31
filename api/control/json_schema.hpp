// The rows of shapes as JSON Schema, in the dialect of OpenAPI 3.0.
#pragma once

#include <span>
#include <string_view>

#include "api/json_writer.hpp"
#include "api/shape.hpp"

namespace synthetics::api {

using Fields = std::span<const Field>;

inline void WriteText(std::string_view name, std::string_view text, JsonWriter& writer) {
  writer.Key(name);
  writer.String(text);
}

inline void WriteFlag(std::string_view name, bool is_set, JsonWriter& writer) {
  writer.Key(name);
  writer.Boolean(is_set);
}

template <class Content>
void WriteObject(std::string_view name, JsonWriter& writer, const Content& content) {
  writer.Key(name);
  writer.BeginObject();
  content();
  writer.EndObject();
}

inline bool IsInBody(const Field& field) { return field.place == Place::kBody; }
inline bool IsRequiredInBody(const Field& field) { return IsInBody(field) && field.is_required; }

// Whether an object may have members that the rows do not know.
enum class Others { kAllowed, kRefused };

// The schema of one row, as the member of that name.
void WriteSchema(std::string_view name, const Field& field, Others others, JsonWriter& writer);

// What an object's schema says of the rows that stand in a body.
void WriteMembers(Fields fields, Others others, JsonWriter& writer);

}  // namespace synthetics::api
