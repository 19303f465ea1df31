#include "api/control/json_schema.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace synthetics::api {
namespace {

struct JsonType {
  std::string_view type;
  std::string_view format;
  std::string_view least;
  std::string_view most;
};

// In the order of `Kind`.
constexpr std::array<JsonType, 11> kTypes{{
    {"string", "", "minLength", "maxLength"},
    {"string", "byte", "", ""},
    {"integer", "int64", "minimum", "maximum"},
    {"number", "", "minimum", "maximum"},
    {"boolean", "", "", ""},
    {"number", "", "", ""},
    {"string", "date-time", "", ""},
    {"array", "", "minItems", "maxItems"},
    {"object", "", "minProperties", "maxProperties"},
    {"object", "", "", ""},
    {"", "", "", ""},
}};

void WriteConstraint(const JsonType& type, const Constraint& constraint, JsonWriter& writer) {
  if (constraint.min != kNoMinimum && !type.least.empty()) {
    writer.Key(type.least);
    writer.Integer(constraint.min);
  }
  if (constraint.max != kNoMaximum && !type.most.empty()) {
    writer.Key(type.most);
    writer.Integer(constraint.max);
  }
  // Ours are matched in full, those of JSON Schema anywhere.
  if (!constraint.pattern.empty()) {
    WriteText("pattern", "^(?:" + std::string(constraint.pattern) + ")$", writer);
  }
  if (constraint.values.empty()) return;
  writer.Key("enum");
  writer.BeginArray();
  for (const std::string_view value : constraint.values) writer.String(value);
  writer.EndArray();
}

void WriteType(const Field& field, Kind kind, const Constraint& constraint, Others others,
               JsonWriter& writer) {
  const JsonType& type = kTypes.at(static_cast<std::size_t>(kind));
  if (!type.type.empty()) WriteText("type", type.type, writer);
  if (!type.format.empty()) WriteText("format", type.format, writer);
  WriteConstraint(type, constraint, writer);
  static constexpr Constraint kAnyValue;
  const Constraint& of_element = constraint.element != nullptr ? *constraint.element : kAnyValue;
  const auto write_element = [&](Kind element) {
    WriteType(field, element, of_element, others, writer);
  };
  if (kind == Kind::kStructure) WriteMembers(field.members(), others, writer);
  if (kind == Kind::kList) WriteObject("items", writer, [&] { write_element(field.element); });
  if (kind == Kind::kMap) {
    WriteObject("additionalProperties", writer, [&] { write_element(Kind::kString); });
  }
}

}  // namespace

void WriteSchema(std::string_view name, const Field& field, Others others, JsonWriter& writer) {
  WriteObject(name, writer,
              [&] { WriteType(field, field.kind, field.constraint, others, writer); });
}

void WriteMembers(Fields fields, Others others, JsonWriter& writer) {
  WriteObject("properties", writer, [&] {
    for (const Field& field : fields) {
      if (IsInBody(field)) WriteSchema(field.name, field, others, writer);
    }
  });
  if (others == Others::kRefused) WriteFlag("additionalProperties", false, writer);
  // An empty list of them is not allowed.
  if (std::ranges::none_of(fields, IsRequiredInBody)) return;
  writer.Key("required");
  writer.BeginArray();
  for (const Field& field : fields) {
    if (IsRequiredInBody(field)) writer.String(field.name);
  }
  writer.EndArray();
}

}  // namespace synthetics::api
