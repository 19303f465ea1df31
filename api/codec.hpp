// Between structs and the wire, by their rows.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/error.hpp"
#include "api/shape.hpp"

namespace synthetics::api {

// Bytes, base64 on the wire.
struct Bytes {
  std::string data;
};

// An instant of the control plane, ISO 8601 on the wire; a plain `state::Instant` is a timestamp of
// the service, written as seconds.
struct IsoInstant {
  state::Instant instant;
};

// A value that nobody here looks into. Text that is no JSON is written as a string.
struct JsonText {
  std::string text;
};

// The values in a request's path and query, percent-decoded.
struct Parameters {
  std::vector<std::pair<std::string, std::string>> labels;
  std::vector<std::pair<std::string, std::string>> query;
};

void DecodeValue(std::string& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations);
void DecodeValue(Bytes& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers unknown, Violations& violations);
void DecodeValue(std::int64_t& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations);
void DecodeValue(double& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers unknown, Violations& violations);
void DecodeValue(bool& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers unknown, Violations& violations);
// Seconds since 1970, as the service sends them, or ISO 8601, as tools print them.
void DecodeValue(state::Instant& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations);
void DecodeValue(IsoInstant& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations);
void DecodeValue(JsonText& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations);
void DecodeValue(std::map<std::string, std::string>& target, const Json& value,
                 const Constraint& constraint, const Path& path, UnknownMembers unknown,
                 Violations& violations);

// Fills a struct from a JSON object (for members in the body) and from parameters (for the others).
void DecodeFields(std::span<const Field> fields, void* shape, const Json& body,
                  const Json* parameters, const Path* parent, UnknownMembers unknown,
                  Violations& violations);

// False, with a violation noted, for anything but an object or an array.
bool ExpectObject(const Json& value, const Constraint& constraint, const Path& path,
                  Violations& violations);
bool ExpectArray(const Json& value, const Constraint& constraint, const Path& path,
                 Violations& violations);

template <Shape T>
void DecodeValue(T& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers unknown, Violations& violations) {
  if (!ExpectObject(value, constraint, path, violations)) return;
  DecodeFields(FieldsOf<T>(), &target, value, nullptr, &path, unknown, violations);
}

template <class T>
void DecodeValue(std::vector<T>& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations) {
  if (!ExpectArray(value, constraint, path, violations)) return;
  static constexpr Constraint kAnything;
  const Constraint& of_element = constraint.element != nullptr ? *constraint.element : kAnything;
  std::size_t index = 0;
  for (const Json& entry : value.GetArray()) {
    const Path at{.parent = &path, .name = "member", .index = ++index};
    DecodeValue(target.emplace_back(), entry, of_element, at, unknown, violations);
  }
}

template <class T>
void DecodeValue(std::optional<T>& target, const Json& value, const Constraint& constraint,
                 const Path& path, UnknownMembers unknown, Violations& violations) {
  DecodeValue(target.emplace(), value, constraint, path, unknown, violations);
}

void EncodeValue(const std::string& value, JsonWriter& writer);
void EncodeValue(std::int64_t value, JsonWriter& writer);
void EncodeValue(double value, JsonWriter& writer);
void EncodeValue(bool value, JsonWriter& writer);
void EncodeValue(state::Instant value, JsonWriter& writer);
void EncodeValue(const IsoInstant& value, JsonWriter& writer);
void EncodeValue(const JsonText& value, JsonWriter& writer);
void EncodeValue(const std::map<std::string, std::string>& value, JsonWriter& writer);
void EncodeFields(std::span<const Field> fields, const void* shape, JsonWriter& writer);

template <Shape T>
void EncodeValue(const T& value, JsonWriter& writer) {
  EncodeFields(FieldsOf<T>(), &value, writer);
}

template <class T>
void EncodeValue(const std::vector<T>& value, JsonWriter& writer) {
  writer.BeginArray();
  for (const T& entry : value) EncodeValue(entry, writer);
  writer.EndArray();
}

// A member without a value is left out: the service never writes null.
template <class T>
void EncodeMember(const T& value, std::string_view name, JsonWriter& writer) {
  writer.PlainKey(name);
  EncodeValue(value, writer);
}
template <class T>
void EncodeMember(const std::optional<T>& value, std::string_view name, JsonWriter& writer) {
  if (value) EncodeMember(*value, name, writer);
}

template <class T>
std::string Encode(const T& shape) {
  JsonWriter writer;
  EncodeValue(shape, writer);
  return writer.Take();
}

// A `T` of an answer that has been encoded already, so that it can be kept as it is.
template <Shape T>
struct Prepared {
  explicit Prepared(std::string text) : json(std::move(text)) {}
  explicit Prepared(const T& value) : json(Encode(value)) {}

  std::string json;
};
template <class T>
void EncodeValue(const Prepared<T>& value, JsonWriter& writer) {
  writer.Raw(value.json);
}

// Reads a request from its three places. An empty body is an empty object. A refusal names every
// constraint that does not hold.
std::optional<ApiError> DecodeRequest(std::span<const Field> fields, void* request,
                                      const Parameters& parameters, std::string_view body,
                                      UnknownMembers unknown);

// Reads what `Encode` has written.
template <Shape T>
T DecodeStored(std::string_view json) {
  T shape;
  if (const auto error = DecodeRequest(FieldsOf<T>(), &shape, {}, json, UnknownMembers::kRefused)) {
    throw std::logic_error("stored JSON does not fit its shape: " + error->message);
  }
  return shape;
}

// The makers of rows.

namespace row {

template <class Owner, class Member>
Owner OwnerOf(Member Owner::*);
template <class Owner, class Member>
Member TypeOf(Member Owner::*);

template <class T>
constexpr Kind KindOf(const T* /*type*/) {
  return Kind::kStructure;
}
constexpr Kind KindOf(const std::string* /*type*/) { return Kind::kString; }
constexpr Kind KindOf(const Bytes* /*type*/) { return Kind::kBlob; }
constexpr Kind KindOf(const std::int64_t* /*type*/) { return Kind::kInteger; }
constexpr Kind KindOf(const double* /*type*/) { return Kind::kNumber; }
constexpr Kind KindOf(const bool* /*type*/) { return Kind::kBoolean; }
constexpr Kind KindOf(const state::Instant* /*type*/) { return Kind::kInstant; }
constexpr Kind KindOf(const IsoInstant* /*type*/) { return Kind::kIsoInstant; }
constexpr Kind KindOf(const JsonText* /*type*/) { return Kind::kAnything; }
constexpr Kind KindOf(const std::map<std::string, std::string>* /*type*/) { return Kind::kMap; }
template <class T>
constexpr Kind KindOf(const std::vector<T>* /*type*/) {
  return Kind::kList;
}
template <class T>
constexpr Kind KindOf(const std::optional<T>* /*type*/) {
  return KindOf(static_cast<const T*>(nullptr));
}

template <class T>
constexpr Kind ElementOf(const T* type) {
  return KindOf(type);
}
template <class T>
constexpr Kind ElementOf(const std::vector<T>* /*type*/) {
  return KindOf(static_cast<const T*>(nullptr));
}
template <class T>
constexpr Kind ElementOf(const std::optional<T>* /*type*/) {
  return ElementOf(static_cast<const T*>(nullptr));
}

// The rows of a structure, or of the structures in a list; null for anything else.
using Rows = std::span<const Field> (*)();
template <class T>
constexpr Rows MembersOf(const T* /*type*/) {
  if constexpr (Shape<T>) return &FieldsOf<T>;
  return nullptr;
}
template <class T>
constexpr Rows MembersOf(const Prepared<T>* /*type*/) {
  return &FieldsOf<T>;
}
template <class T>
constexpr Rows MembersOf(const std::vector<T>* /*type*/) {
  return MembersOf(static_cast<const T*>(nullptr));
}
template <class T>
constexpr Rows MembersOf(const std::optional<T>* /*type*/) {
  return MembersOf(static_cast<const T*>(nullptr));
}

// Whether some member of the structure is not to be repeated, so that the whole is not either.
template <class T>
constexpr bool HasSecrets(const T* /*type*/) {
  if constexpr (Shape<T>) {
    for (const Field& member : FieldsOf<T>()) {
      if (member.constraint.is_secret) return true;
    }
  }
  return false;
}
template <class T>
constexpr bool HasSecrets(const std::optional<T>* /*type*/) {
  return HasSecrets(static_cast<const T*>(nullptr));
}

template <auto kMember>
void Decode(void* shape, const Json& value, const Constraint& constraint, const Path& path,
            UnknownMembers unknown, Violations& violations) {
  using Owner = decltype(OwnerOf(kMember));
  DecodeValue(static_cast<Owner*>(shape)->*kMember, value, constraint, path, unknown, violations);
}

template <auto kMember>
void Encode(const void* shape, std::string_view name, JsonWriter& writer) {
  using Owner = decltype(OwnerOf(kMember));
  EncodeMember(static_cast<const Owner*>(shape)->*kMember, name, writer);
}

// Prepared values are only ever given back.
template <class T>
inline constexpr bool kIsDecodable = true;
template <class T>
inline constexpr bool kIsDecodable<Prepared<T>> = false;
template <class T>
inline constexpr bool kIsDecodable<std::vector<T>> = kIsDecodable<T>;

// Bytes are never given back.
template <class T>
inline constexpr bool kIsEncodable = !std::is_same_v<T, Bytes>;
template <class T>
inline constexpr bool kIsEncodable<std::optional<T>> = kIsEncodable<T>;

template <auto kMember>
constexpr Field Make(std::string_view name, Place place, bool is_required,
                     const Constraint& constraint) {
  using Type = decltype(TypeOf(kMember));
  Field field{.name = name,
              .place = place,
              .is_required = is_required,
              .kind = KindOf(static_cast<const Type*>(nullptr)),
              .element = ElementOf(static_cast<const Type*>(nullptr)),
              .constraint = constraint,
              .members = MembersOf(static_cast<const Type*>(nullptr)),
              .decode = nullptr,
              .encode = nullptr};
  if constexpr (kIsDecodable<Type>) field.decode = &Decode<kMember>;
  if (HasSecrets(static_cast<const Type*>(nullptr))) field.constraint.is_secret = true;
  if constexpr (kIsEncodable<Type>) field.encode = &Encode<kMember>;
  return field;
}

}  // namespace row

template <auto kMember>
constexpr Field Required(std::string_view name, const Constraint& constraint = {}) {
  return row::Make<kMember>(name, Place::kBody, true, constraint);
}
template <auto kMember>
constexpr Field Optional(std::string_view name, const Constraint& constraint = {}) {
  return row::Make<kMember>(name, Place::kBody, false, constraint);
}
template <auto kMember>
constexpr Field Label(std::string_view name, const Constraint& constraint = {}) {
  return row::Make<kMember>(name, Place::kLabel, true, constraint);
}
template <auto kMember>
constexpr Field Query(std::string_view name, const Constraint& constraint = {}) {
  return row::Make<kMember>(name, Place::kQuery, false, constraint);
}
template <auto kMember>
constexpr Field RequiredQuery(std::string_view name, const Constraint& constraint = {}) {
  return row::Make<kMember>(name, Place::kQuery, true, constraint);
}

}  // namespace synthetics::api
