// The shapes of the control plane's journal.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"

namespace synthetics::api {

inline constexpr Constraint kJournalStatus{.min = 0, .max = 599};
inline constexpr Constraint kJournalLimit{.min = 0};

struct JournalRequest {
  std::optional<std::string> operation;
  std::optional<std::string> resource;
  std::optional<std::int64_t> status;
  std::optional<std::string> since;
  std::optional<std::int64_t> limit;
};
template <>
struct ShapeOf<JournalRequest> {
  static constexpr std::array kFields{
      Query<&JournalRequest::operation>("operation"),
      Query<&JournalRequest::resource>("resource"),
      Query<&JournalRequest::status>("status", kJournalStatus),
      Query<&JournalRequest::since>("since"),
      Query<&JournalRequest::limit>("limit", kJournalLimit),
  };
};

struct JournalEntryBody {
  std::int64_t id = 0;
  IsoInstant at;
  std::optional<std::string> operation;  // none: the route is no operation's
  std::string account;
  std::string region;
  std::optional<std::string> access_key_id;  // of whom has signed it; none: nobody looked
  std::optional<std::string> resource;
  std::int64_t status = 0;
  std::int64_t duration_us = 0;
  std::optional<JsonText> request;  // none: there was no body
  std::optional<JsonText> response;
  std::string user_agent;
  std::optional<std::string> explain;
};
template <>
struct ShapeOf<JournalEntryBody> {
  static constexpr std::array kFields{
      Required<&JournalEntryBody::id>("id"),
      Required<&JournalEntryBody::at>("at"),
      Optional<&JournalEntryBody::operation>("operation"),
      Required<&JournalEntryBody::account>("account"),
      Required<&JournalEntryBody::region>("region"),
      Optional<&JournalEntryBody::access_key_id>("accessKeyId"),
      Optional<&JournalEntryBody::resource>("resource"),
      Required<&JournalEntryBody::status>("status"),
      Required<&JournalEntryBody::duration_us>("durationUs"),
      Optional<&JournalEntryBody::request>("request"),
      Optional<&JournalEntryBody::response>("response"),
      Required<&JournalEntryBody::user_agent>("userAgent"),
      Optional<&JournalEntryBody::explain>("explain"),
  };
};

struct JournalResponse {
  std::vector<JournalEntryBody> requests;
  std::int64_t total = 0;
};
template <>
struct ShapeOf<JournalResponse> {
  static constexpr std::array kFields{
      Required<&JournalResponse::requests>("requests"),
      Required<&JournalResponse::total>("total"),
  };
};

}  // namespace synthetics::api
