// Rows of a structure among those of another one that it is a member of: on the wire the two are
// one object. For requests only.
//
//   struct SeedCanary {
//     CreateCanaryRequest canary;
//     std::optional<bool> start;
//   };
//   template <>
//   struct ShapeOf<SeedCanary> {
//     static constexpr auto kFields =
//         WithPart<&SeedCanary::canary>(std::array{Optional<&SeedCanary::start>("start")});
//   };
#pragma once

#include <array>
#include <utility>

#include "api/codec.hpp"

namespace synthetics::api {

namespace row {

template <auto kPart>
using PartOf = decltype(TypeOf(kPart));

template <auto kPart, std::size_t kIndex>
void DecodePart(void* shape, const Json& value, const Constraint& constraint, const Path& path,
                UnknownMembers unknown, Violations& violations) {
  using Owner = decltype(OwnerOf(kPart));
  PartOf<kPart>* const part = &(static_cast<Owner*>(shape)->*kPart);
  ShapeOf<PartOf<kPart>>::kFields[kIndex].decode(part, value, constraint, path, unknown,
                                                 violations);
}

template <auto kPart, std::size_t... kIndices>
constexpr auto RowsOfPart(std::index_sequence<kIndices...> /*indices*/) {
  auto rows = ShapeOf<PartOf<kPart>>::kFields;
  ((rows[kIndices].decode = &DecodePart<kPart, kIndices>), ...);
  ((rows[kIndices].encode = nullptr), ...);
  return rows;
}

}  // namespace row

// The part's rows, and after them these.
template <auto kPart, std::size_t kCount>
constexpr auto WithPart(const std::array<Field, kCount>& others) {
  constexpr std::size_t kSize = ShapeOf<row::PartOf<kPart>>::kFields.size();
  const auto part = row::RowsOfPart<kPart>(std::make_index_sequence<kSize>());
  std::array<Field, kSize + kCount> rows{};
  for (std::size_t index = 0; index < kSize; ++index) rows[index] = part[index];
  for (std::size_t index = 0; index < kCount; ++index) rows[kSize + index] = others[index];
  return rows;
}

}  // namespace synthetics::api
