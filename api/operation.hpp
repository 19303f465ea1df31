// The operations of the service as rows, each with the handler that answers it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/codec.hpp"
#include "api/context.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/shape.hpp"
#include "api/target.hpp"

namespace synthetics::api {

// What a request brings besides its route.
struct Call {
  const Parameters& parameters;
  std::string_view body;
};

struct Operation {
  // Decodes the request, has the handler answer it and encodes the answer. Sets `resource` to what
  // the request names, for the log.
  using Invoke = Result<std::string> (*)(Context& context, const Call& call, std::string& resource);

  std::string_view name;
  Method method;
  std::string_view path;  // `/canary/{name}`: a label stands for one segment
  Family family;
  bool can_be_too_large;  // a request beyond its limit is a 413; a 400 of the others
  Invoke invoke;
  std::span<const Field> request;
  std::span<const Field> response;
};

// All operations of the service.
std::span<const Operation> Operations();
bool IsOperation(std::string_view name);

// The operation with that method and path, and the values of the path's labels.
struct Route {
  const Operation* operation = nullptr;
  std::vector<std::pair<std::string, std::string>> labels;
};
std::optional<Route> FindRoute(Method method, const Target& target);

}  // namespace synthetics::api
