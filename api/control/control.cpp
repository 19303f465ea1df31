#include "api/control/control.hpp"

#include <algorithm>
#include <array>

#include <boost/algorithm/string/predicate.hpp>

#include "api/control/routes.hpp"

namespace synthetics::api {
namespace {

enum class Needs { kTime, kNothing };

struct ControlRoute {
  Method method;
  std::string_view path;
  ControlResult (*handler)(ControlContext&, const Call&);
  Needs needs;
};

using enum Method;

// clang-format off
constexpr std::array<ControlRoute, 29> kRoutes{{
    {kGet,  "/_emulator/health",           &GetHealth,           Needs::kNothing},
    {kGet,  "/health",                     &GetAliasHealth,      Needs::kNothing},
    {kGet,  "/_localstack/health",         &GetAliasHealth,      Needs::kNothing},
    {kGet,  "/_localstack/init/ready",     &GetAliasHealth,      Needs::kNothing},
    {kGet,  "/_emulator/settings",         &GetSettings,         Needs::kNothing},
    {kPost, "/_emulator/reset",            &PostReset,           Needs::kNothing},
    {kPost, "/moto-api/reset",             &PostMotoReset,       Needs::kNothing},
    {kGet,  "/_emulator/clock",            &GetClock,            Needs::kTime},
    {kPut,  "/_emulator/clock",            &PutClock,            Needs::kTime},
    {kPost, "/_emulator/clock/advance",    &PostAdvance,         Needs::kTime},
    {kGet,  "/_emulator/clock/pending",    &GetPending,          Needs::kTime},
    {kGet,  "/_emulator/transitions",      &GetTransitions,      Needs::kTime},
    {kPut,  "/_emulator/transitions",      &PutTransitions,      Needs::kTime},
    {kGet,  "/_emulator/schedule",         &GetSchedule,         Needs::kTime},
    {kGet,  "/_emulator/outcomes",         &GetDefaultRule,      Needs::kTime},
    {kPut,  "/_emulator/outcomes",         &PutDefaultRule,      Needs::kTime},
    {kGet,  "/_emulator/canaries/{name}/outcomes", &GetOutcomes, Needs::kTime},
    {kPut,  "/_emulator/canaries/{name}/outcomes", &PutOutcomes, Needs::kTime},
    {kDelete, "/_emulator/canaries/{name}/outcomes", &DeleteOutcomes, Needs::kTime},
    {kPost, "/_emulator/canaries/{name}/runs", &PostRun,         Needs::kTime},
    {kPut,  "/_emulator/canaries/{name}/state", &PutState,       Needs::kTime},
    {kGet,  "/_emulator/canaries/{name}/wait", &GetWait,         Needs::kTime},
    {kPost, "/_emulator/faults",           &PostFault,           Needs::kNothing},
    {kGet,  "/_emulator/faults",           &GetFaults,           Needs::kNothing},
    {kDelete, "/_emulator/faults",         &DeleteFaults,        Needs::kNothing},
    {kGet,  "/_emulator/faults/{id}",      &GetFault,            Needs::kNothing},
    {kDelete, "/_emulator/faults/{id}",    &DeleteFault,         Needs::kNothing},
    {kGet,  "/_emulator/requests",         &GetRequests,         Needs::kNothing},
    {kDelete, "/_emulator/requests",       &DeleteRequests,      Needs::kNothing},
}};
// clang-format on

bool IsJson(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return boost::algorithm::iequals(type, "application/json");
}

}  // namespace

Control::Control(state::Engine& engine, const state::HostClock& host, const Options& options,
                 state::Random& request_ids, Journal& journal)
    : context_{engine, host, options, host.Now(), request_ids, journal} {}

bool Control::Owns(const Target& target) {
  if (target.segments.empty()) return false;
  const std::string& first = target.segments.front();
  return first.starts_with('_') || first == "moto-api" || first == "health";
}

bool Control::IsTimeless(const Target& target) {
  return std::ranges::any_of(kRoutes, [&](const ControlRoute& route) {
    return route.needs == Needs::kNothing && MatchPath(route.path, target.segments);
  });
}

Reply Control::Handle(const Request& request, const Target& target) {
  const auto refuse = [](const ApiError& error) { return ToResponse(error, Family::kControl); };
  // A head is what a GET would have got, without its body.
  const Method method = request.method == kHead ? kGet : request.method;
  bool is_known = false;
  for (const ControlRoute& route : kRoutes) {
    const auto labels = MatchPath(route.path, target.segments);
    if (!labels) continue;
    is_known = true;
    if (route.method != method) continue;
    if (!request.body.empty() && !IsJson(request.content_type)) {
      return refuse(
          {ErrorKind::kUnsupportedMediaType,
           "A body must be application/json, not '" + std::string(request.content_type) + "'."});
    }
    const Parameters parameters{*labels, target.query};
    auto reply = route.handler(context_, {parameters, request.body});
    if (!reply) return refuse(reply.error());
    return *std::move(reply);
  }
  const std::string path(request.target.substr(0, request.target.find('?')));
  if (is_known) return refuse({ErrorKind::kMethodNotAllowed, path + " does not have this method."});
  return refuse({ErrorKind::kNotFound, "There is no " + path + "."});
}

}  // namespace synthetics::api
