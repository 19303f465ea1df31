#include "api/control/control.hpp"

#include <utility>

#include "api/control/control_route.hpp"
#include "api/letters.hpp"

namespace synthetics::api {
namespace {

// A head is what a GET would have got, without its body.
Method Meant(Method method) { return method == Method::kHead ? Method::kGet : method; }

const ControlRoute* FindControlRoute(Method method, const Target& target) {
  for (const ControlRoute& route : ControlRoutes()) {
    if (route.method == Meant(method) && MatchPath(route.path, target.segments)) return &route;
  }
  return nullptr;
}

bool IsOfType(std::string_view content_type, std::string_view expected) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return EqualsIgnoringCase(type, expected);
}

// The methods of a path, as an `Allow` header has them; empty for a path that is none.
std::string AllowedMethods(const Target& target) {
  std::string allowed;
  for (const auto& [method, name] : kMethodNames) {
    if (FindControlRoute(method, target) == nullptr) continue;
    allowed.append(allowed.empty() ? "" : ", ").append(name);
  }
  return allowed;
}

Response NoRoute(const Request& request, const Target& target) {
  const std::string path(request.target.substr(0, request.target.find('?')));
  std::string allowed = AllowedMethods(target);
  if (allowed.empty()) {
    return ToResponse({ErrorKind::kNotFound, "There is no " + path + "."}, Family::kControl);
  }
  Response response = ToResponse(
      {ErrorKind::kMethodNotAllowed, path + " does not have this method."}, Family::kControl);
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

}  // namespace

Control::Control(state::Engine& engine, const state::HostClock& host, const Options& options,
                 state::Random& request_ids, Journal& journal, Metrics& metrics,
                 UsedActions& used_actions)
    : context_{engine,  host,    options,      host.Now(), request_ids,
               journal, metrics, used_actions, snapshots_} {}

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
  return (route == nullptr ? kJsonBody : route->body).largest;
}

Reply Control::Handle(const Request& request, const Target& target) {
  const auto refuse = [](const ApiError& error) { return ToResponse(error, Family::kControl); };
  const ControlRoute* const route = FindControlRoute(request.method, target);
  if (route == nullptr) return NoRoute(request, target);
  if (!request.body.empty() && !IsOfType(request.content_type, route->body.type)) {
    return refuse({ErrorKind::kUnsupportedMediaType, "A body must be " +
                                                         std::string(route->body.type) + ", not '" +
                                                         std::string(request.content_type) + "'."});
  }
  const auto labels = MatchPath(route->path, target.segments).value();
  const Parameters parameters{labels, target.query};
  auto reply = route->invoke(context_, {parameters, request.body});
  if (!reply) return refuse(reply.error());
  return *std::move(reply);
}

}  // namespace synthetics::api
