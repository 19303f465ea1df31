// The contract as a table: a plain struct, and below it one row a member. From the rows come
// decoding, validation and encoding, and tests walk them.
//
//   struct GetCanaryRequest {
//     std::string name;
//     std::optional<std::string> dry_run_id;
//   };
//   template <>
//   struct ShapeOf<GetCanaryRequest> {
//     static constexpr std::array kFields{
//         Label<&GetCanaryRequest::name>("name", kCanaryName),
//         Query<&GetCanaryRequest::dry_run_id>("dryRunId", kUuid),
//     };
//   };
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.hpp"
#include "api/json_writer.hpp"

namespace synthetics::api {

inline constexpr std::int64_t kNoMinimum = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kNoMaximum = std::numeric_limits<std::int64_t>::max();

// What a member's value has to keep to, as the service model says it. `min` and `max` count the
// characters of a text, the bytes of a blob and the entries of a list or map, and bound a number.
struct Constraint {
  std::int64_t min = kNoMinimum;
  std::int64_t max = kNoMaximum;
  std::string_view pattern = {};  // matched in full
  // The wider pattern that is matched in its place, where a client's habit asks for more than the
  // service model allows; refusals still name `pattern`.
  std::string_view accepted = {};
  std::span<const std::string_view> values = {};
  const Constraint* element = nullptr;  // of a list's entries and a map's values
  const Constraint* key = nullptr;      // of a map's keys
  bool is_secret = false;               // not repeated in messages
  bool is_entity = false;               // beyond `max` the request is too large (413)
  // What the service says, where that is on record, of a value that is out of range.
  std::string_view sentence = {};
};

// Where a value stands in a request; a list of names that lives on the stack, printed only where
// something is wrong.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;
  std::size_t index = 0;  // of a list's entry, from 1
  bool is_key = false;    // of a map: the request's own word, not a member's name
};

// Members that the rows do not know: ignored by the service, refused by the control plane.
enum class UnknownMembers { kIgnored, kRefused };

// What is wrong with a request. All of it is counted before it is refused, and the first 20 are
// told.
class Violations {
 public:
  // Names are said as AWS's frameworks print them, with a small first letter; where unknown members
  // are refused, as they are to be written.
  explicit Violations(UnknownMembers unknown) : unknown_(unknown) {}

  // What of a constraint does not hold: its `min`, its `max` or anything else.
  enum class Breach { kBelow, kAbove, kOther };

  // `requirement` says what the value had to be: "Member must …".
  void Add(const Path& path, const Json& value, const Constraint& constraint,
           std::string_view requirement, Breach breach = Breach::kOther);
  void AddMissing(const Path& path);
  void AddUnknown(const Path& path);

  bool empty() const { return count_ == 0; }

  bool is_too_large() const { return is_too_large_; }

  // `2 validation errors detected: Value '…' at '…' failed to satisfy constraint: …; Value …`, the
  // sentence of AWS's frameworks; or the one on record for the only thing that is wrong.
  std::string Message() const;

 private:
  std::string Print(const Path& path) const;

  UnknownMembers unknown_;
  std::size_t count_ = 0;
  bool is_too_large_ = false;
  std::string_view own_sentence_;
  std::vector<std::string> sentences_;
};

enum class Place { kBody, kLabel, kQuery };
enum class Kind {
  kString,
  kBlob,
  kInteger,
  kNumber,
  kBoolean,
  kInstant,     // seconds since 1970
  kIsoInstant,  // as the control plane writes them
  kList,
  kMap,
  kStructure,
  kAnything,
};

struct Field {
  using Decode = void (*)(void* shape, const Json& value, const Constraint& constraint,
                          const Path& path, UnknownMembers unknown, Violations& violations);
  using Encode = void (*)(const void* shape, std::string_view name, JsonWriter& writer);

  std::string_view name;
  Place place;
  bool is_required;
  Kind kind;
  Kind element;  // of a list's entries; of anything else its own kind
  Constraint constraint;
  std::span<const Field> (*members)();  // of a structure or of a list's structures; null: neither
  Decode decode;
  Encode encode;
};

// Undefined for a struct without rows, so that using one does not compile.
template <class T>
struct ShapeOf;

template <class T>
concept Shape = requires {
  ShapeOf<T>::kFields;
};

template <Shape T>
constexpr std::span<const Field> FieldsOf() {
  return ShapeOf<T>::kFields;
}

// The shape without members: `{}`.
struct Empty {};
template <>
struct ShapeOf<Empty> {
  static constexpr std::array<Field, 0> kFields{};
};

}  // namespace synthetics::api
