#include <algorithm>
#include <array>
#include <type_traits>

#include "api/control/control_route.hpp"
#include "api/control/routes.hpp"
#include "api/handler.hpp"

namespace synthetics::api {
namespace {

std::optional<ApiError> RefuseUnknownParameters(std::span<const Field> fields, const Call& call) {
  for (const auto& [name, value] : call.parameters.query) {
    const bool is_known = std::ranges::any_of(fields, [&given = name](const Field& field) {
      return field.place == Place::kQuery && field.name == given;
    });
    if (!is_known) return ApiError{ErrorKind::kInvalid, "'" + name + "' is not a known parameter"};
  }
  return {};
}

// A typo must not be silent: unknown fields and parameters are refused.
std::optional<ApiError> Read(std::span<const Field> fields, void* request, const Call& call,
                             UnknownMembers unknown) {
  if (unknown == UnknownMembers::kRefused) {
    if (auto refusal = RefuseUnknownParameters(fields, call)) return refusal;
  }
  return DecodeRequest(fields, request, call.parameters, call.body, unknown);
}

template <Shape T>
std::optional<ApiError> Read(T& request, const Call& call, UnknownMembers unknown) {
  return Read(FieldsOf<T>(), &request, call, unknown);
}

std::optional<ApiError> Read(SnapshotUpload& request, const Call& call, UnknownMembers unknown) {
  request.file = call.body;
  return Read({}, nullptr, {call.parameters, {}}, unknown);
}

template <class Request>
constexpr std::span<const Field> MembersOf() {
  if constexpr (Shape<Request>) return FieldsOf<Request>();
  return {};
}

template <auto kHandler, UnknownMembers kUnknown>
Result<Reply> Invoke(ControlContext& context, const Call& call) {
  decltype(RequestOf(kHandler)) request;
  if (auto refusal = Read(request, call, kUnknown)) return *std::move(refusal);
  auto answer = kHandler(context, request);
  if (!answer) return answer.error();
  return ToReply(*std::move(answer));
}

template <auto kHandler, UnknownMembers kUnknown = UnknownMembers::kRefused>
constexpr ControlRoute Row(std::string_view name, Method method, std::string_view path, Needs needs,
                           std::string_view summary, std::span<const ErrorKind> refusals = {}) {
  using Request = decltype(RequestOf(kHandler));
  using Response = decltype(ResponseOf(kHandler));
  constexpr bool kIsSnapshot = std::is_same_v<Request, SnapshotUpload>;
  return {.name = name,
          .method = method,
          .path = path,
          .needs = needs,
          .summary = summary,
          .refusals = refusals,
          .invoke = &Invoke<kHandler, kUnknown>,
          .request = MembersOf<Request>(),
          .body = kIsSnapshot ? kSnapshotBody : kJsonBody,
          .answer = FormOf(static_cast<const Response*>(nullptr))};
}

using enum Method;
using enum Needs;

// What other emulators' tools add to a question is not for us.
constexpr UnknownMembers kLenient = UnknownMembers::kIgnored;

constexpr std::array kMissing{ErrorKind::kNotFound};
constexpr std::array kClash{ErrorKind::kConflict};
constexpr std::array kMissingOrClash{ErrorKind::kNotFound, ErrorKind::kConflict};
constexpr std::array kLate{ErrorKind::kTimedOut};

// clang-format off
constexpr std::array kRoutes{
    Row<&GetHealth>("GetHealth", kGet, "/_emulator/health", kNothing,
        "What runs, since when, where it keeps its state, and how its clock stands."),
    Row<&GetAliasHealth, kLenient>("GetHealthAlias", kGet, "/health", kNothing,
        "The health of a service, as other emulators' users ask for it."),
    Row<&GetAliasHealth, kLenient>("GetLocalstackHealth", kGet, "/_localstack/health", kNothing,
        "The health of a service, as other emulators' users ask for it."),
    Row<&GetAliasHealth, kLenient>("GetLocalstackReady", kGet, "/_localstack/init/ready", kNothing,
        "The health of a service, as other emulators' users ask for it."),
    Row<&GetSettings>("GetSettings", kGet, "/_emulator/settings", kNothing,
        "Every setting with its value, and where that came from."),
    Row<&GetTlsAuthority>("GetTlsAuthority", kGet, "/_emulator/tls/ca.pem", kNothing,
        "The certificate of the authority that --tls self-signed made, for clients to trust.", kMissing),
    Row<&GetUsedActions>("GetUsedActions", kGet, "/_emulator/iam/used-actions", kNothing,
        "The narrowest IAM policy that allows what was asked of the service, with --auth iam or audit."),
    Row<&GetMetrics>("GetMetrics", kGet, "/_emulator/metrics", kNothing,
        "Requests, canaries, runs, what is due and the clock, in the text format of Prometheus."),
    Row<&GetOpenApi>("GetOpenApi", kGet, "/_emulator/openapi.json", kNothing,
        "This document."),
    Row<&PostReset>("PostReset", kPost, "/_emulator/reset", kNothing,
        "Everything from the beginning; with `account` or `region` only the resources of that."),
    Row<&PostMotoReset>("PostMotoReset", kPost, "/moto-api/reset", kNothing,
        "A reset, as another emulator's users ask for it."),

    Row<&GetClock>("GetClock", kGet, "/_emulator/clock", kTime,
        "What the clock shows, and how it goes."),
    Row<&PutClock>("PutClock", kPut, "/_emulator/clock", kTime,
        "Freezes the clock, lets it run or sets it ahead, with what falls due on the way.", kClash),
    Row<&PostAdvance>("PostAdvance", kPost, "/_emulator/clock/advance", kTime,
        "Moves the clock by one of `seconds`, `to` an instant or `until` something holds, and tells what happened.", kClash),
    Row<&GetPending>("GetPending", kGet, "/_emulator/clock/pending", kTime,
        "What is due next."),
    Row<&GetTransitions>("GetTransitions", kGet, "/_emulator/transitions", kTime,
        "How long the states last that end by themselves, and how they end."),
    Row<&PutTransitions>("PutTransitions", kPut, "/_emulator/transitions", kTime,
        "Sets a profile, and for single states how long they last and whether they fail."),
    Row<&GetSchedule>("GetSchedule", kGet, "/_emulator/schedule", kTime,
        "When an `expression`, or the schedule of a `canary`, would run.", kMissing),

    Row<&GetDefaultRule>("GetDefaultRule", kGet, "/_emulator/outcomes", kTime,
        "The rule by which runs end of canaries without one of their own."),
    Row<&PutDefaultRule>("PutDefaultRule", kPut, "/_emulator/outcomes", kTime,
        "Sets that rule."),
    Row<&GetOutcomes>("GetOutcomes", kGet, "/_emulator/canaries/{name}/outcomes", kTime,
        "What is left of a canary's script, and its rule."),
    Row<&PutOutcomes>("PutOutcomes", kPut, "/_emulator/canaries/{name}/outcomes", kTime,
        "Sets script and rule of a canary, which need not exist yet."),
    Row<&DeleteOutcomes>("DeleteOutcomes", kDelete, "/_emulator/canaries/{name}/outcomes", kTime,
        "Forgets script and rule of a canary."),
    Row<&PostRun>("PostRun", kPost, "/_emulator/canaries/{name}/runs", kTime,
        "One run now, beside the schedule, as GetCanaryRuns shows it.", kMissingOrClash),
    Row<&PutState>("PutState", kPut, "/_emulator/canaries/{name}/state", kTime,
        "Puts a canary into any state at once.", kMissing),
    Row<&GetWait>("GetWait", kGet, "/_emulator/canaries/{name}/wait", kTime,
        "Answers as soon as the canary is in that state, in real seconds; DELETED: it is gone.", kLate),
    Row<&PostRelease>("PostRelease", kPost, "/_emulator/canaries/{name}/release", kTime,
        "Lets a state end that is held.", kMissingOrClash),

    Row<&PostFault>("PostFault", kPost, "/_emulator/faults", kNothing,
        "A rule by which requests go wrong: an error, a latency, a connection's end or a body."),
    Row<&GetFaults>("GetFaults", kGet, "/_emulator/faults", kNothing,
        "All fault rules, the oldest first, and how often they hit."),
    Row<&DeleteFaults>("DeleteFaults", kDelete, "/_emulator/faults", kNothing,
        "Removes all fault rules."),
    Row<&GetFault>("GetFault", kGet, "/_emulator/faults/{id}", kNothing,
        "A fault rule, and how often it hit.", kMissing),
    Row<&DeleteFault>("DeleteFault", kDelete, "/_emulator/faults/{id}", kNothing,
        "Removes a fault rule.", kMissing),
    Row<&GetRequests>("GetRequests", kGet, "/_emulator/requests", kNothing,
        "What was asked of the service and answered, the newest first; `since` is an id or an instant."),
    Row<&DeleteRequests>("DeleteRequests", kDelete, "/_emulator/requests", kNothing,
        "Forgets what was asked."),

    Row<&GetEvents>("GetEvents", kGet, "/_emulator/events", kTime,
        "What the service would have told EventBridge, in its order; `since` is a `cursor` or an instant."),

    Row<&PostSeed>("PostSeed", kPost, "/_emulator/seed", kTime,
        "Canaries, some with a past that is lived through now, and groups: all of them or none.", kClash),
    Row<&GetSnapshot>("GetSnapshot", kGet, "/_emulator/snapshot", kTime,
        "The whole state as a SQLite file."),
    Row<&PutSnapshot>("PutSnapshot", kPut, "/_emulator/snapshot", kNothing,
        "Such a file takes the place of the whole state."),
    Row<&GetSnapshots>("GetSnapshots", kGet, "/_emulator/snapshots", kNothing,
        "The states that the process keeps by name."),
    Row<&PutNamedSnapshot>("PutNamedSnapshot", kPut, "/_emulator/snapshots/{name}", kTime,
        "Keeps the whole state under a name, until the process ends."),
    Row<&DeleteNamedSnapshot>("DeleteNamedSnapshot", kDelete, "/_emulator/snapshots/{name}", kNothing,
        "Forgets a named state.", kMissing),
    Row<&PostRestore>("PostRestore", kPost, "/_emulator/snapshots/{name}/restore", kNothing,
        "Goes back to a named state.", kMissing),
};
// clang-format on

}  // namespace

std::span<const ControlRoute> ControlRoutes() { return kRoutes; }

}  // namespace synthetics::api
