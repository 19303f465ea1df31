#include <algorithm>
#include <array>

#include "api/handler.hpp"
#include "api/handlers/canaries.hpp"
#include "api/handlers/dry_runs.hpp"
#include "api/handlers/groups.hpp"
#include "api/handlers/runs.hpp"
#include "api/handlers/runtimes.hpp"
#include "api/handlers/tags.hpp"
#include "api/operation.hpp"

namespace synthetics::api {
namespace {

template <class Request>
std::string NameOfResource(const Request& request) {
  if constexpr (requires { request.group_identifier; }) {
    return request.group_identifier;
  } else if constexpr (requires { request.resource_arn; }) {
    return request.resource_arn;
  } else if constexpr (requires { request.name; }) {
    return request.name;
  } else {
    return {};
  }
}

template <auto kHandler>
Result<std::string> Invoke(Context& context, const Call& call, std::string& resource) {
  using Request = decltype(RequestOf(kHandler));
  Request request;
  const auto refusal = DecodeRequest(FieldsOf<Request>(), &request, call.parameters, call.body,
                                     UnknownMembers::kIgnored);
  resource = NameOfResource(request);
  if (refusal) return *refusal;
  const auto response = kHandler(context, request);
  if (!response) return response.error();
  return Encode(*response);
}

template <auto kHandler>
constexpr Operation Row(std::string_view name, Method method, std::string_view path,
                        Family family = Family::kResource, bool can_be_too_large = false) {
  return {.name = name,
          .method = method,
          .path = path,
          .family = family,
          .can_be_too_large = can_be_too_large,
          .invoke = &Invoke<kHandler>,
          .request = FieldsOf<decltype(RequestOf(kHandler))>(),
          .response = FieldsOf<decltype(ResponseOf(kHandler))>()};
}

using enum Method;

constexpr bool kCanBeTooLarge = true;

// clang-format off
constexpr std::array<Operation, 22> kOperations{{
    Row<&CreateCanary>           ("CreateCanary",            kPost,   "/canary",               Family::kResource, kCanBeTooLarge),
    Row<&GetCanary>              ("GetCanary",               kGet,    "/canary/{name}"),
    Row<&UpdateCanary>           ("UpdateCanary",            kPatch,  "/canary/{name}",        Family::kResource, kCanBeTooLarge),
    Row<&DeleteCanary>           ("DeleteCanary",            kDelete, "/canary/{name}"),
    Row<&StartCanary>            ("StartCanary",             kPost,   "/canary/{name}/start"),
    Row<&StopCanary>             ("StopCanary",              kPost,   "/canary/{name}/stop"),
    Row<&StartCanaryDryRun>      ("StartCanaryDryRun",       kPost,   "/canary/{name}/dry-run/start"),
    Row<&GetCanaryRuns>          ("GetCanaryRuns",           kPost,   "/canary/{name}/runs"),
    Row<&DescribeCanaries>       ("DescribeCanaries",        kPost,   "/canaries"),
    Row<&DescribeCanariesLastRun>("DescribeCanariesLastRun", kPost,   "/canaries/last-run"),
    Row<&DescribeRuntimeVersions>("DescribeRuntimeVersions", kPost,   "/runtime-versions"),
    Row<&TagResource>            ("TagResource",             kPost,   "/tags/{resourceArn}",  Family::kTag),
    Row<&UntagResource>          ("UntagResource",           kDelete, "/tags/{resourceArn}",  Family::kTag),
    Row<&ListTagsForResource>    ("ListTagsForResource",     kGet,    "/tags/{resourceArn}",  Family::kTag),
    Row<&CreateGroup>            ("CreateGroup",             kPost,   "/group"),
    Row<&GetGroup>               ("GetGroup",                kGet,    "/group/{groupIdentifier}"),
    Row<&DeleteGroup>            ("DeleteGroup",             kDelete, "/group/{groupIdentifier}"),
    Row<&ListGroups>             ("ListGroups",              kPost,   "/groups"),
    Row<&AssociateResource>      ("AssociateResource",       kPatch,  "/group/{groupIdentifier}/associate"),
    Row<&DisassociateResource>   ("DisassociateResource",    kPatch,  "/group/{groupIdentifier}/disassociate"),
    Row<&ListGroupResources>     ("ListGroupResources",      kPost,   "/group/{groupIdentifier}/resources"),
    Row<&ListAssociatedGroups>   ("ListAssociatedGroups",    kPost,   "/resource/{resourceArn}/groups"),
}};
// clang-format on

}  // namespace

std::span<const Operation> Operations() { return kOperations; }

bool IsOperation(std::string_view name) {
  return std::ranges::find(kOperations, name, &Operation::name) != kOperations.end();
}

std::optional<Route> FindRoute(Method method, const Target& target) {
  for (const Operation& operation : kOperations) {
    if (operation.method != method) continue;
    if (auto labels = MatchPath(operation.path, target.segments)) {
      return Route{&operation, *std::move(labels)};
    }
  }
  return {};
}

}  // namespace synthetics::api
