// Enumerators and their names on the wire and in the database, as one table each.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace synthetics::state {

template <class Enum, std::size_t kCount>
using NameTable = std::array<std::pair<Enum, std::string_view>, kCount>;

template <class Enum, std::size_t kCount>
constexpr std::string_view NameIn(const NameTable<Enum, kCount>& table, Enum value) {
  for (const auto& [candidate, name] : table) {
    if (candidate == value) return name;
  }
  return {};
}

template <class Enum, std::size_t kCount>
constexpr std::array<std::string_view, kCount> NamesOf(const NameTable<Enum, kCount>& table) {
  std::array<std::string_view, kCount> names;
  for (std::size_t index = 0; index < kCount; ++index) names[index] = table[index].second;
  return names;
}

template <class Enum, std::size_t kCount>
constexpr std::optional<Enum> ValueIn(const NameTable<Enum, kCount>& table, std::string_view name) {
  for (const auto& [value, candidate] : table) {
    if (candidate == name) return value;
  }
  return {};
}

}  // namespace synthetics::state
