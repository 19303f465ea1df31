// The table of routes as OpenAPI 3.0.
#include <algorithm>
#include <array>

#include "api/control/control_route.hpp"
#include "api/control/json_schema.hpp"
#include "api/control/routes.hpp"
#include "api/letters.hpp"

namespace synthetics::api {
namespace {

struct ErrorBody {
  std::string code;
  std::string message;
};
struct RefusalBody {
  ErrorBody error;
};

}  // namespace

template <>
struct ShapeOf<ErrorBody> {
  static constexpr std::array kFields{
      Required<&ErrorBody::code>("code"),
      Required<&ErrorBody::message>("message"),
  };
};
template <>
struct ShapeOf<RefusalBody> {
  static constexpr std::array kFields{Required<&RefusalBody::error>("error")};
};

namespace {

struct RefusalText {
  ErrorKind kind;
  std::string_view description;
};

using enum ErrorKind;

constexpr std::array<RefusalText, 7> kRefusals{{
    {kInvalid, "What was sent cannot be; the message says what and where. Nothing was changed."},
    {kForbidden, "A web page of elsewhere, or a host name that is not allowed."},
    {kNotFound, "There is no such thing."},
    {kTimedOut, "The time went by."},
    {kConflict, "What there is stands in the way; the message says what."},
    {kTooLarge, "The body is larger than such a body can be."},
    {kUnsupportedMediaType, "The body is of another media type."},
}};
// Those that every route has.
constexpr std::array kCommon{kInvalid, kForbidden, kTooLarge, kUnsupportedMediaType};

template <class Schema>
void WriteContent(std::string_view type, JsonWriter& writer, const Schema& schema) {
  WriteObject("content", writer,
              [&] { WriteObject(type, writer, [&] { WriteObject("schema", writer, schema); }); });
}

// Of what no rows say.
void WriteRaw(std::string_view type, JsonWriter& writer) {
  WriteText("type", type == kJsonType ? "object" : "string", writer);
  if (type == kSnapshotType) WriteText("format", "binary", writer);
}

void WriteParameters(Fields fields, JsonWriter& writer) {
  writer.Key("parameters");
  writer.BeginArray();
  for (const Field& field : fields) {
    if (IsInBody(field)) continue;
    writer.BeginObject();
    WriteText("name", field.name, writer);
    WriteText("in", field.place == Place::kLabel ? "path" : "query", writer);
    WriteFlag("required", field.is_required, writer);
    WriteSchema("schema", field, Others::kRefused, writer);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteRequestBody(const ControlRoute& route, JsonWriter& writer) {
  const bool is_raw = route.body.type != kJsonType;
  if (!is_raw && std::ranges::none_of(route.request, IsInBody)) return;
  WriteObject("requestBody", writer, [&] {
    WriteFlag("required", is_raw || std::ranges::any_of(route.request, IsRequiredInBody), writer);
    WriteContent(route.body.type, writer, [&] {
      if (is_raw) return WriteRaw(route.body.type, writer);
      WriteText("type", "object", writer);
      WriteMembers(route.request, Others::kRefused, writer);
    });
  });
}

void WriteSuccess(int status, const AnswerForm& answer, JsonWriter& writer) {
  WriteObject(std::to_string(status), writer, [&] {
    WriteText("description", status == 201 ? "Done, and there is something new." : "Done.", writer);
    if (answer.type.empty()) return;
    WriteContent(answer.type, writer, [&] {
      if (answer.members == nullptr) return WriteRaw(answer.type, writer);
      WriteText("type", "object", writer);
      WriteMembers(answer.members(), Others::kAllowed, writer);
    });
  });
}

void WriteReference(std::string_view name, std::string_view response, JsonWriter& writer) {
  WriteObject(name, writer, [&] {
    WriteText("$ref", "#/components/responses/" + std::string(response), writer);
  });
}

void WriteOperation(const ControlRoute& route, JsonWriter& writer) {
  WriteText("operationId", route.name, writer);
  WriteText("summary", route.summary, writer);
  WriteParameters(route.request, writer);
  WriteRequestBody(route, writer);
  WriteObject("responses", writer, [&] {
    for (const int status : route.answer.statuses) WriteSuccess(status, route.answer, writer);
    for (const auto& kinds : {std::span<const ErrorKind>(kCommon), route.refusals}) {
      for (const ErrorKind kind : kinds) {
        WriteReference(std::to_string(StatusOf(kind)), ControlCode(kind), writer);
      }
    }
    WriteReference("default", "Other", writer);
  });
}

void WritePaths(JsonWriter& writer) {
  const auto routes = ControlRoutes();
  for (auto route = routes.begin(); route != routes.end(); ++route) {
    const auto is_of_path = [&](const ControlRoute& other) { return other.path == route->path; };
    if (std::any_of(routes.begin(), route, is_of_path)) continue;
    WriteObject(route->path, writer, [&] {
      for (const ControlRoute& other : routes) {
        if (!is_of_path(other)) continue;
        const std::string method = Lowered(state::NameIn(kMethodNames, other.method));
        WriteObject(method, writer, [&] { WriteOperation(other, writer); });
      }
    });
  }
}

void WriteRefusal(std::string_view name, std::string_view description, JsonWriter& writer) {
  WriteObject(name, writer, [&] {
    WriteText("description", description, writer);
    WriteContent(kJsonType, writer,
                 [&] { WriteText("$ref", "#/components/schemas/Refusal", writer); });
  });
}

void WriteComponents(JsonWriter& writer) {
  WriteObject("schemas", writer, [&] {
    WriteObject("Refusal", writer, [&] {
      WriteText("type", "object", writer);
      WriteMembers(FieldsOf<RefusalBody>(), Others::kAllowed, writer);
    });
  });
  WriteObject("responses", writer, [&] {
    for (const auto& [kind, description] : kRefusals) {
      WriteRefusal(ControlCode(kind), description, writer);
    }
    WriteRefusal(
        "Other",
        "The request did not arrive whole (400, 408, 431) or has not the token of --admin-token"
        " (401), or an internal error whose id is in the log (500).",
        writer);
  });
}

}  // namespace

Result<AnyJson> GetOpenApi(ControlContext& context, const Empty& /*request*/) {
  JsonWriter writer;
  writer.BeginObject();
  WriteText("openapi", "3.0.3", writer);
  WriteObject("info", writer, [&] {
    WriteText("title", "The control plane of synthetics-local", writer);
    WriteText("description",
              "Everything that a test needs beyond the Synthetics API. What is not known here, in a"
              " query or in a body, is refused.",
              writer);
    WriteText("version", context.options.version, writer);
  });
  WriteObject("paths", writer, [&] { WritePaths(writer); });
  WriteObject("components", writer, [&] { WriteComponents(writer); });
  writer.EndObject();
  return AnyJson{writer.Take()};
}

}  // namespace synthetics::api
