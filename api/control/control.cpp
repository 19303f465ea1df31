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
constexpr std::array<ControlRoute, 13> kRoutes{{
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
}};
// clang-format on

struct ControlCode {
  int status;
  std::string_view name;
};

ControlCode ControlCodeOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid:
      return {400, "InvalidRequest"};
    case ErrorKind::kNotFound:
      return {404, "NotFound"};
    case ErrorKind::kConflict:
      return {409, "Conflict"};
    case ErrorKind::kForbidden:
      return {403, "Forbidden"};
    default:
      return {500, "InternalError"};
  }
}

Response ErrorResponse(int status, std::string_view code, std::string_view message) {
  JsonWriter writer;
  writer.BeginObject();
  writer.Key("error");
  writer.BeginObject();
  writer.Key("code");
  writer.String(code);
  writer.Key("message");
  writer.String(message);
  writer.EndObject();
  writer.EndObject();
  Response response;
  response.status = status;
  response.body = writer.Take();
  return response;
}

bool IsJson(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return boost::algorithm::iequals(type, "application/json");
}

}  // namespace

Control::Control(state::Engine& engine, const state::HostClock& host, const Options& options)
    : context_{engine, host, options, host.Now()} {}

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

Reply Control::Handle(const Request& request, const Target& target, const Trace& trace) {
  const auto finish = [&](Response response) {
    response.trace = trace;
    return response;
  };
  // A head is what a GET would have got, without its body.
  const Method method = request.method == kHead ? kGet : request.method;
  bool is_known = false;
  for (const ControlRoute& route : kRoutes) {
    const auto labels = MatchPath(route.path, target.segments);
    if (!labels) continue;
    is_known = true;
    if (route.method != method) continue;
    if (!request.body.empty() && !IsJson(request.content_type)) {
      return finish(ErrorResponse(
          415, "UnsupportedMediaType",
          "A body must be application/json, not '" + std::string(request.content_type) + "'."));
    }
    const Parameters parameters{*labels, target.query};
    auto result = route.handler(context_, {parameters, request.body});
    if (!result) return finish(ToResponse(result.error()));
    if (auto* response = std::get_if<Response>(&*result)) return finish(std::move(*response));
    return std::move(*result);
  }
  const std::string path(request.target.substr(0, request.target.find('?')));
  if (is_known) {
    return finish(ErrorResponse(405, "MethodNotAllowed", path + " does not have this method."));
  }
  return finish(ErrorResponse(404, "NotFound", "There is no " + path + "."));
}

Response Control::ToResponse(int status, std::string_view why) {
  switch (status) {
    case 408:
      return ErrorResponse(408, "Timeout", why);
    case 413:
      return ErrorResponse(413, "TooLarge", why);
    case 431:
      return ErrorResponse(431, "HeadTooLarge", why);
    default:
      return ErrorResponse(400, "InvalidRequest", why);
  }
}

Response Control::ToResponse(const ApiError& error) {
  const ControlCode code = ControlCodeOf(error.kind);
  return ErrorResponse(code.status, code.name, error.message);
}

}  // namespace synthetics::api
