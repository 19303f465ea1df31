#include "api/control/control.hpp"

#include <algorithm>
#include <array>

#include <boost/algorithm/string/predicate.hpp>

#include "api/control/routes.hpp"

namespace synthetics::api {
namespace {

enum class Needs { kTime, kNothing };

// What a request's body has to be.
struct BodyRule {
  std::string_view type;
  std::uint64_t largest;  // in bytes
};

constexpr BodyRule kJson{kJsonType, 16UL << 20U};
constexpr BodyRule kSnapshot{kSnapshotType, 1UL << 30U};

struct ControlRoute {
  Method method;
  std::string_view path;
  ControlResult (*handler)(ControlContext&, const Call&);
  Needs needs;
  BodyRule body = kJson;
};

using enum Method;

// clang-format off
constexpr std::array<ControlRoute, 36> kRoutes{{
    {kGet,    "/_emulator/health",                       &GetHealth,           Needs::kNothing},
    {kGet,    "/health",                                 &GetAliasHealth,      Needs::kNothing},
    {kGet,    "/_localstack/health",                     &GetAliasHealth,      Needs::kNothing},
    {kGet,    "/_localstack/init/ready",                 &GetAliasHealth,      Needs::kNothing},
    {kGet,    "/_emulator/settings",                     &GetSettings,         Needs::kNothing},
    {kPost,   "/_emulator/reset",                        &PostReset,           Needs::kNothing},
    {kPost,   "/moto-api/reset",                         &PostMotoReset,       Needs::kNothing},
    {kGet,    "/_emulator/clock",                        &GetClock,            Needs::kTime},
    {kPut,    "/_emulator/clock",                        &PutClock,            Needs::kTime},
    {kPost,   "/_emulator/clock/advance",                &PostAdvance,         Needs::kTime},
    {kGet,    "/_emulator/clock/pending",                &GetPending,          Needs::kTime},
    {kGet,    "/_emulator/transitions",                  &GetTransitions,      Needs::kTime},
    {kPut,    "/_emulator/transitions",                  &PutTransitions,      Needs::kTime},
    {kGet,    "/_emulator/schedule",                     &GetSchedule,         Needs::kTime},
    {kGet,    "/_emulator/outcomes",                     &GetDefaultRule,      Needs::kTime},
    {kPut,    "/_emulator/outcomes",                     &PutDefaultRule,      Needs::kTime},
    {kGet,    "/_emulator/canaries/{name}/outcomes",     &GetOutcomes,         Needs::kTime},
    {kPut,    "/_emulator/canaries/{name}/outcomes",     &PutOutcomes,         Needs::kTime},
    {kDelete, "/_emulator/canaries/{name}/outcomes",     &DeleteOutcomes,      Needs::kTime},
    {kPost,   "/_emulator/canaries/{name}/runs",         &PostRun,             Needs::kTime},
    {kPut,    "/_emulator/canaries/{name}/state",        &PutState,            Needs::kTime},
    {kGet,    "/_emulator/canaries/{name}/wait",         &GetWait,             Needs::kTime},
    {kPost,   "/_emulator/faults",                       &PostFault,           Needs::kNothing},
    {kGet,    "/_emulator/faults",                       &GetFaults,           Needs::kNothing},
    {kDelete, "/_emulator/faults",                       &DeleteFaults,        Needs::kNothing},
    {kGet,    "/_emulator/faults/{id}",                  &GetFault,            Needs::kNothing},
    {kDelete, "/_emulator/faults/{id}",                  &DeleteFault,         Needs::kNothing},
    {kGet,    "/_emulator/requests",                     &GetRequests,         Needs::kNothing},
    {kDelete, "/_emulator/requests",                     &DeleteRequests,      Needs::kNothing},
    {kPost,   "/_emulator/seed",                         &PostSeed,            Needs::kTime},
    {kGet,    "/_emulator/snapshot",                     &GetSnapshot,         Needs::kTime},
    {kPut,    "/_emulator/snapshot",                     &PutSnapshot,         Needs::kNothing, kSnapshot},
    {kGet,    "/_emulator/snapshots",                    &GetSnapshots,        Needs::kNothing},
    {kPut,    "/_emulator/snapshots/{name}",             &PutNamedSnapshot,    Needs::kTime},
    {kDelete, "/_emulator/snapshots/{name}",             &DeleteNamedSnapshot, Needs::kNothing},
    {kPost,   "/_emulator/snapshots/{name}/restore",     &PostRestore,         Needs::kNothing},
}};
// clang-format on

// A head is what a GET would have got, without its body.
Method Meant(Method method) { return method == kHead ? kGet : method; }

const ControlRoute* FindControlRoute(Method method, const Target& target) {
  const auto* const route = std::ranges::find_if(kRoutes, [&](const ControlRoute& row) {
    return row.method == Meant(method) && MatchPath(row.path, target.segments);
  });
  return route == kRoutes.end() ? nullptr : route;
}

bool IsOfType(std::string_view content_type, std::string_view expected) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return boost::algorithm::iequals(type, expected);
}

ApiError NoRoute(const Request& request, const Target& target) {
  const std::string path(request.target.substr(0, request.target.find('?')));
  for (const ControlRoute& route : kRoutes) {
    if (!MatchPath(route.path, target.segments)) continue;
    return {ErrorKind::kMethodNotAllowed, path + " does not have this method."};
  }
  return {ErrorKind::kNotFound, "There is no " + path + "."};
}

}  // namespace

Control::Control(state::Engine& engine, const state::HostClock& host, const Options& options,
                 state::Random& request_ids, Journal& journal)
    : context_{engine, host, options, host.Now(), request_ids, journal, snapshots_} {}

bool Control::Owns(const Target& target) {
  if (target.segments.empty()) return false;
  const std::string& first = target.segments.front();
  return first.starts_with('_') || first == "moto-api" || first == "health";
}

bool Control::IsTimeless(Method method, const Target& target) {
  const ControlRoute* const route = FindControlRoute(method, target);
  return route != nullptr && route->needs == Needs::kNothing;
}

std::uint64_t Control::LargestBody(Method method, const Target& target) {
  const ControlRoute* const route = FindControlRoute(method, target);
  return (route == nullptr ? kJson : route->body).largest;
}

Reply Control::Handle(const Request& request, const Target& target) {
  const auto refuse = [](const ApiError& error) { return ToResponse(error, Family::kControl); };
  const ControlRoute* const route = FindControlRoute(request.method, target);
  if (route == nullptr) return refuse(NoRoute(request, target));
  if (!request.body.empty() && !IsOfType(request.content_type, route->body.type)) {
    return refuse({ErrorKind::kUnsupportedMediaType, "A body must be " +
                                                         std::string(route->body.type) + ", not '" +
                                                         std::string(request.content_type) + "'."});
  }
  const auto labels = MatchPath(route->path, target.segments).value();
  const Parameters parameters{labels, target.query};
  auto reply = route->handler(context_, {parameters, request.body});
  if (!reply) return refuse(reply.error());
  return *std::move(reply);
}

}  // namespace synthetics::api
