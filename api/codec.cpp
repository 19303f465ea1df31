#include "api/codec.hpp"

#include <algorithm>
#include <cmath>

#include <boost/algorithm/string/join.hpp>

#include "api/base64.hpp"
#include "api/patterns.hpp"

namespace synthetics::api {
namespace {

bool IsCapital(char character) { return character >= 'A' && character <= 'Z'; }

std::int64_t CharactersIn(std::string_view text) {
  return std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; });
}

// The answer to a large request should not be larger still.
constexpr std::size_t kMostSentences = 20;
constexpr std::size_t kLongestValue = 1024;

std::string Shortened(std::string text) {
  if (text.size() <= kLongestValue) return text;
  return text.substr(0, kLongestValue) + "...";
}

std::string Listed(std::span<const std::string_view> values) {
  std::string list;
  for (const std::string_view value : values) {
    if (!list.empty()) list += ", ";
    list += value;
  }
  return "[" + list + "]";
}

// `what` is "length", of texts, lists, maps and blobs, or "value", of numbers.
// False for one that is out of range.
template <class Number>
bool CheckRange(Number size, std::string_view what, const Json& value, const Constraint& constraint,
                const Path& path, Violations& violations) {
  using enum Violations::Breach;
  const auto add = [&](std::string_view bound, std::int64_t limit, Violations::Breach breach) {
    const std::string requirement = "Member must have " + std::string(what) + " " +
                                    std::string(bound) + " " + std::to_string(limit);
    violations.Add(path, value, constraint, requirement, breach);
  };
  const bool is_below = size < static_cast<Number>(constraint.min);
  const bool is_above = size > static_cast<Number>(constraint.max);
  if (is_below) add("greater than or equal to", constraint.min, kBelow);
  if (is_above) add("less than or equal to", constraint.max, kAbove);
  return !is_below && !is_above;
}

void CheckText(std::string_view text, const Json& value, const Constraint& constraint,
               const Path& path, Violations& violations) {
  CheckRange(CharactersIn(text), "length", value, constraint, path, violations);
  const std::string_view pattern =
      constraint.accepted.empty() ? constraint.pattern : constraint.accepted;
  if (!pattern.empty() && !MatchesPattern(text, pattern)) {
    violations.Add(
        path, value, constraint,
        "Member must satisfy regular expression pattern: " + std::string(constraint.pattern));
  }
  if (!constraint.values.empty() &&
      std::ranges::find(constraint.values, text) == constraint.values.end()) {
    violations.Add(path, value, constraint,
                   "Member must satisfy enum value set: " + Listed(constraint.values));
  }
}

// A value from the path or the query, as if it had been JSON.
Json AsJson(Kind kind, const std::string& text, JsonDocument::AllocatorType& allocator) {
  if (kind == Kind::kBoolean && (text == "true" || text == "false")) return Json(text == "true");
  if (kind == Kind::kInteger || kind == Kind::kNumber) {
    const auto number = ParseJson(text);
    if (number && number->IsInt64()) return Json(number->GetInt64());
    if (number && number->IsNumber()) return Json(number->GetDouble());
  }
  return {text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator};
}

JsonDocument AsJson(std::span<const Field> fields, const Parameters& parameters) {
  JsonDocument document;
  document.SetObject();
  auto& allocator = document.GetAllocator();
  for (const Field& field : fields) {
    if (field.place == Place::kBody) continue;
    const auto& given = field.place == Place::kLabel ? parameters.labels : parameters.query;
    Json values(rapidjson::kArrayType);
    for (const auto& [name, value] : given) {
      if (name == field.name) values.PushBack(AsJson(field.kind, value, allocator), allocator);
    }
    if (values.Empty()) continue;
    Json name(field.name.data(), static_cast<rapidjson::SizeType>(field.name.size()), allocator);
    if (field.kind != Kind::kList) values = Json(values[0], allocator);
    document.AddMember(name, values, allocator);
  }
  return document;
}

// A member that is null is one that was not sent.
const Json* SentMember(const Json& object, std::string_view name) {
  const Json* const member = FindMember(object, name);
  return member == nullptr || member->IsNull() ? nullptr : member;
}

void RefuseUnknown(std::span<const Field> fields, const Json& body, const Path* parent,
                   Violations& violations) {
  for (const auto& member : body.GetObject()) {
    const std::string_view name = Text(member.name);
    const bool is_known = std::ranges::any_of(fields, [&](const Field& field) {
      return field.place == Place::kBody && field.name == name;
    });
    if (!is_known) violations.AddUnknown({.parent = parent, .name = name});
  }
}

}  // namespace

// AWS's frameworks print the entries of a list as `names.1.member`.
std::string Violations::Print(const Path& path) const {
  std::string name(path.name);
  const bool is_as_written = path.is_key || unknown_ == UnknownMembers::kRefused;
  if (!is_as_written && name.size() > 1 && IsCapital(name[0]) && !IsCapital(name[1])) {
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
  }
  if (path.index != 0) name = std::to_string(path.index) + "." + name;
  return path.parent == nullptr ? name : Print(*path.parent) + "." + name;
}

void Violations::Add(const Path& path, const Json& value, const Constraint& constraint,
                     std::string_view requirement, Breach breach) {
  if (value.IsNull()) return AddMissing(path);
  if (breach == Breach::kAbove && constraint.is_entity) is_too_large_ = true;
  if (breach != Breach::kOther) own_sentence_ = constraint.sentence;
  if (++count_ > kMostSentences) return;
  const std::string shown = constraint.is_secret ? "***" : Shortened(Display(value));
  sentences_.push_back("Value '" + shown + "' at '" + Print(path) +
                       "' failed to satisfy constraint: " + std::string(requirement));
}

void Violations::AddMissing(const Path& path) {
  if (++count_ > kMostSentences) return;
  sentences_.push_back("Value null at '" + Print(path) +
                       "' failed to satisfy constraint: Member must not be null");
}

void Violations::AddUnknown(const Path& path) {
  if (++count_ > kMostSentences) return;
  sentences_.push_back("'" + Print(path) + "' is not a known field");
}

std::string Violations::Message() const {
  if (count_ == 1 && !own_sentence_.empty()) return std::string(own_sentence_);
  return std::to_string(count_) + (count_ == 1 ? " validation error" : " validation errors") +
         " detected: " + boost::algorithm::join(sentences_, "; ");
}

void DecodeValue(std::string& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers /*unknown*/, Violations& violations) {
  if (!value.IsString()) {
    return violations.Add(path, value, constraint, "Member must be a string");
  }
  target = Text(value);
  CheckText(target, value, constraint, path, violations);
}

void DecodeValue(Bytes& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers /*unknown*/, Violations& violations) {
  auto bytes = value.IsString() ? DecodeBase64(Text(value)) : std::nullopt;
  if (!bytes) return violations.Add(path, value, constraint, "Member must be base64");
  target.data = *std::move(bytes);
  CheckRange(std::ssize(target.data), "length", value, constraint, path, violations);
}

void DecodeValue(std::int64_t& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers /*unknown*/, Violations& violations) {
  if (!value.IsInt64()) {
    return violations.Add(path, value, constraint, "Member must be an integer");
  }
  target = value.GetInt64();
  CheckRange(target, "value", value, constraint, path, violations);
}

void DecodeValue(double& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers /*unknown*/, Violations& violations) {
  if (!value.IsNumber()) {
    return violations.Add(path, value, constraint, "Member must be a number");
  }
  target = value.GetDouble();
  CheckRange(target, "value", value, constraint, path, violations);
}

void DecodeValue(bool& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers /*unknown*/, Violations& violations) {
  if (!value.IsBool()) {
    return violations.Add(path, value, constraint, "Member must be true or false");
  }
  target = value.GetBool();
}

void DecodeValue(IsoInstant& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers /*unknown*/, Violations& violations) {
  const auto instant = value.IsString() ? state::ParseIso(Text(value)) : std::nullopt;
  if (!instant) {
    return violations.Add(path, value, constraint,
                          "Member must be an ISO 8601 instant such as 2026-01-01T00:00:00Z");
  }
  target.instant = *instant;
}

void DecodeValue(JsonText& target, const Json& value, const Constraint& /*constraint*/,
                 const Path& /*path*/, UnknownMembers /*unknown*/, Violations& /*violations*/) {
  target.text = JsonOf(value);
}

void DecodeValue(state::Instant& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations) {
  const double last = static_cast<double>(state::ToMilliseconds(state::kEndOfTime)) / 1000;
  if (value.IsNumber() && value.GetDouble() >= 0 && value.GetDouble() <= last) {
    target = state::FromMilliseconds(std::llround(value.GetDouble() * 1000));
    return;
  }
  IsoInstant iso;
  DecodeValue(iso, value, constraint, path, unknown, violations);
  target = iso.instant;
}

void DecodeValue(std::map<std::string, std::string>& target, const Json& value,
                 const Constraint& constraint, const Path& path, UnknownMembers unknown,
                 Violations& violations) {
  if (!ExpectObject(value, constraint, path, violations)) return;
  const auto size = static_cast<std::int64_t>(value.MemberCount());
  if (!CheckRange(size, "length", value, constraint, path, violations)) return;
  static constexpr Constraint kAnything;
  const Constraint& of_key = constraint.key != nullptr ? *constraint.key : kAnything;
  const Constraint& of_value = constraint.element != nullptr ? *constraint.element : kAnything;
  for (const auto& member : value.GetObject()) {
    CheckText(Text(member.name), member.name, of_key, {.parent = &path, .name = "key"}, violations);
    DecodeValue(target[std::string(Text(member.name))], member.value, of_value,
                {.parent = &path, .name = Text(member.name), .is_key = true}, unknown, violations);
  }
}

bool ExpectObject(const Json& value, const Constraint& constraint, const Path& path,
                  Violations& violations) {
  if (!value.IsObject()) violations.Add(path, value, constraint, "Member must be an object");
  return value.IsObject();
}

bool ExpectArray(const Json& value, const Constraint& constraint, const Path& path,
                 Violations& violations) {
  if (!value.IsArray()) {
    violations.Add(path, value, constraint, "Member must be a list");
    return false;
  }
  return CheckRange(static_cast<std::int64_t>(value.Size()), "length", value, constraint, path,
                    violations);
}

void DecodeFields(std::span<const Field> fields, void* shape, const Json& body,
                  const Json* parameters, const Path* parent, UnknownMembers unknown,
                  Violations& violations) {
  for (const Field& field : fields) {
    const Path path{.parent = parent, .name = field.name};
    const Json& source = field.place == Place::kBody || parameters == nullptr ? body : *parameters;
    if (const Json* value = SentMember(source, field.name)) {
      field.decode(shape, *value, field.constraint, path, unknown, violations);
    } else if (field.is_required) {
      violations.AddMissing(path);
    }
  }
  if (unknown == UnknownMembers::kRefused) RefuseUnknown(fields, body, parent, violations);
}

void EncodeValue(const std::string& value, JsonWriter& writer) { writer.String(value); }
void EncodeValue(std::int64_t value, JsonWriter& writer) { writer.Integer(value); }
void EncodeValue(double value, JsonWriter& writer) {
  constexpr double kExact = 1e15;
  if (value == std::floor(value) && std::abs(value) < kExact) {
    writer.Integer(static_cast<std::int64_t>(value));
  } else {
    writer.Number(value);
  }
}
void EncodeValue(bool value, JsonWriter& writer) { writer.Boolean(value); }
void EncodeValue(state::Instant value, JsonWriter& writer) { writer.EpochSeconds(value); }
void EncodeValue(const IsoInstant& value, JsonWriter& writer) {
  writer.String(state::ToIso(value.instant));
}

void EncodeValue(const JsonText& value, JsonWriter& writer) {
  if (ParseJson(value.text)) {
    writer.Raw(value.text);
  } else {
    writer.String(value.text);
  }
}

void EncodeValue(const std::map<std::string, std::string>& value, JsonWriter& writer) {
  writer.BeginObject();
  for (const auto& [name, text] : value) {
    writer.Key(name);
    writer.String(text);
  }
  writer.EndObject();
}

void EncodeFields(std::span<const Field> fields, const void* shape, JsonWriter& writer) {
  writer.BeginObject();
  for (const Field& field : fields) field.encode(shape, field.name, writer);
  writer.EndObject();
}

namespace {

// Which of two values of one member was meant nobody knows.
std::optional<ApiError> RefuseRepeated(std::span<const Field> fields,
                                       const Parameters& parameters) {
  for (const Field& field : fields) {
    if (field.place != Place::kQuery || field.kind == Kind::kList) continue;
    const auto given = std::ranges::count(parameters.query, field.name,
                                          &std::pair<std::string, std::string>::first);
    if (given <= 1) continue;
    return ApiError{ErrorKind::kInvalid,
                    "The parameter '" + std::string(field.name) + "' is given more than once."};
  }
  return {};
}

}  // namespace

std::optional<ApiError> DecodeRequest(std::span<const Field> fields, void* request,
                                      const Parameters& parameters, std::string_view body,
                                      UnknownMembers unknown) {
  const auto document = body.empty() ? JsonDocument(rapidjson::kObjectType) : ParseJson(body);
  if (!document) {
    return ApiError{ErrorKind::kInvalid, "The body is not JSON: " + document.error().message};
  }
  if (!document->IsObject()) return ApiError{ErrorKind::kInvalid, "The body is not a JSON object."};
  if (auto refusal = RefuseRepeated(fields, parameters)) return refusal;
  Violations violations(unknown);
  const JsonDocument given = AsJson(fields, parameters);
  DecodeFields(fields, request, *document, &given, nullptr, unknown, violations);
  if (violations.empty()) return {};
  const ErrorKind kind = violations.is_too_large() ? ErrorKind::kTooLarge : ErrorKind::kInvalid;
  return ApiError{kind, violations.Message()};
}

}  // namespace synthetics::api
