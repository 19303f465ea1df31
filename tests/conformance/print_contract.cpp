// Prints the table of the contract, `api::Operations()`, as JSON, for the tests that hold it
// against the service model and against the running program.
#include <array>
#include <iostream>
#include <string_view>

#include "api/json_writer.hpp"
#include "api/operation.hpp"

namespace synthetics::api {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST", "PUT",
                                                   "PATCH", "DELETE", "?"};
constexpr std::array<std::string_view, 3> kPlaces{"body", "label", "query"};
constexpr std::array<std::string_view, 11> kKinds{"string",  "blob",      "integer",     "number",
                                                  "boolean", "instant",   "iso-instant", "list",
                                                  "map",     "structure", "anything"};

template <class Enumeration>
constexpr std::size_t IndexOf(Enumeration value) {
  return static_cast<std::size_t>(value);
}

std::string_view NameOf(Family family) {
  if (family == Family::kTag) return "tag";
  return family == Family::kResource ? "resource" : "control";
}

void PrintText(std::string_view name, std::string_view text, JsonWriter& writer) {
  writer.Key(name);
  writer.String(text);
}

void PrintTextIfAny(std::string_view name, std::string_view text, JsonWriter& writer) {
  if (!text.empty()) PrintText(name, text, writer);
}

void PrintBound(std::string_view name, std::int64_t bound, std::int64_t none, JsonWriter& writer) {
  if (bound == none) return;
  writer.Key(name);
  writer.Integer(bound);
}

void PrintFlag(std::string_view name, bool is_set, JsonWriter& writer) {
  writer.Key(name);
  writer.Boolean(is_set);
}

void PrintValues(std::span<const std::string_view> values, JsonWriter& writer) {
  if (values.empty()) return;
  writer.Key("values");
  writer.BeginArray();
  for (const std::string_view value : values) writer.String(value);
  writer.EndArray();
}

// What is not set is left out.
void PrintConstraint(std::string_view name, const Constraint* constraint, JsonWriter& writer) {
  if (constraint == nullptr) return;
  writer.Key(name);
  writer.BeginObject();
  PrintBound("min", constraint->min, kNoMinimum, writer);
  PrintBound("max", constraint->max, kNoMaximum, writer);
  PrintTextIfAny("pattern", constraint->pattern, writer);
  PrintTextIfAny("accepted", constraint->accepted, writer);
  PrintValues(constraint->values, writer);
  PrintConstraint("element", constraint->element, writer);
  PrintConstraint("key", constraint->key, writer);
  if (constraint->is_secret) PrintFlag("is_secret", true, writer);
  if (constraint->is_entity) PrintFlag("is_entity", true, writer);
  PrintTextIfAny("sentence", constraint->sentence, writer);
  writer.EndObject();
}

void PrintMembers(std::string_view name, std::span<const Field> members, JsonWriter& writer);

void PrintMember(const Field& member, JsonWriter& writer) {
  writer.BeginObject();
  PrintText("name", member.name, writer);
  PrintText("place", kPlaces.at(IndexOf(member.place)), writer);
  PrintText("kind", kKinds.at(IndexOf(member.kind)), writer);
  PrintFlag("required", member.is_required, writer);
  PrintConstraint("constraint", &member.constraint, writer);
  if (member.members != nullptr) PrintMembers("members", member.members(), writer);
  writer.EndObject();
}

void PrintMembers(std::string_view name, std::span<const Field> members, JsonWriter& writer) {
  writer.Key(name);
  writer.BeginArray();
  for (const Field& member : members) PrintMember(member, writer);
  writer.EndArray();
}

void PrintOperation(const Operation& operation, JsonWriter& writer) {
  writer.BeginObject();
  PrintText("name", operation.name, writer);
  PrintText("method", kMethods.at(IndexOf(operation.method)), writer);
  PrintText("path", operation.path, writer);
  PrintText("family", NameOf(operation.family), writer);
  PrintFlag("can_be_too_large", operation.can_be_too_large, writer);
  PrintMembers("request", operation.request, writer);
  PrintMembers("response", operation.response, writer);
  writer.EndObject();
}

std::string Contract() {
  JsonWriter writer;
  writer.BeginArray();
  for (const Operation& operation : Operations()) PrintOperation(operation, writer);
  writer.EndArray();
  return writer.Take();
}

}  // namespace
}  // namespace synthetics::api

int main() {
  std::cout << synthetics::api::Contract() << '\n';
  return 0;
}
