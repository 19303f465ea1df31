// Where a listing goes on from: an id, after which entries are wanted, or an instant of the
// emulator's clock, from which on.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <variant>

#include "api/error.hpp"
#include "state/instant.hpp"

namespace synthetics::api {

using Since = std::variant<std::int64_t, state::Instant>;

// The beginning where nothing is said.
inline Result<Since> ReadSince(const std::optional<std::string>& text) {
  if (!text) return Since{std::int64_t{0}};
  std::int64_t id = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, id);
  if (error == std::errc{} && rest == end) return Since{id};
  if (const auto instant = state::ParseIso(*text)) return Since{*instant};
  return ApiError{ErrorKind::kInvalid,
                  "'since' is an id or an ISO 8601 instant, not '" + *text + "'"};
}

}  // namespace synthetics::api
