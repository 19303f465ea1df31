#include "api/journal.hpp"

#include <boost/range/adaptor/reversed.hpp>

#include "api/control/journal_shapes.hpp"
#include "api/control/routes.hpp"
#include "api/control/since.hpp"
#include "api/faults.hpp"
#include "api/operation.hpp"

namespace synthetics::api {
namespace {

bool IsSince(const JournalEntry& entry, const Since& since) {
  if (const auto* id = std::get_if<std::int64_t>(&since)) return entry.id > *id;
  return entry.at >= std::get<state::Instant>(since);
}

bool IsWanted(const JournalEntry& entry, const JournalRequest& request, const Since& since) {
  return IsSince(entry, since) &&
         (!request.operation || *request.operation == entry.trace.operation) &&
         (!request.resource || IsResource(entry.trace.resource, *request.resource)) &&
         (!request.status || *request.status == entry.status);
}

template <class Value>
std::optional<Value> UnlessEmpty(const std::string& text) {
  if (text.empty()) return {};
  return Value{text};
}

JournalEntryBody Show(const JournalEntry& entry) {
  return {.id = entry.id,
          .at = {entry.at},
          .operation = UnlessEmpty<std::string>(entry.trace.operation),
          .account = entry.trace.account,
          .region = entry.trace.region,
          .access_key_id = UnlessEmpty<std::string>(entry.trace.access_key_id),
          .resource = UnlessEmpty<std::string>(entry.trace.resource),
          .status = entry.status,
          .duration_us = entry.duration_us,
          .request = UnlessEmpty<JsonText>(Tell(entry)),
          .response = UnlessEmpty<JsonText>(entry.response),
          .user_agent = entry.user_agent,
          .explain = UnlessEmpty<std::string>(entry.trace.explain)};
}

}  // namespace

Result<JournalResponse> GetRequests(ControlContext& context, const JournalRequest& request) {
  constexpr std::int64_t kDefaultLimit = 100;
  const auto since = ReadSince(request.since);
  if (!since) return since.error();
  if (request.operation && !IsOperation(*request.operation)) {
    return ApiError{ErrorKind::kInvalid,
                    "'" + *request.operation + "' is no operation of Synthetics"};
  }
  JournalResponse response;
  for (const JournalEntry& entry : boost::adaptors::reverse(context.journal.entries())) {
    if (!IsWanted(entry, request, *since)) continue;
    if (response.total++ < request.limit.value_or(kDefaultLimit)) {
      response.requests.push_back(Show(entry));
    }
  }
  return response;
}

Result<NoContent> DeleteRequests(ControlContext& context, const Empty& /*request*/) {
  context.journal.Clear();
  return NoContent{};
}

}  // namespace synthetics::api
