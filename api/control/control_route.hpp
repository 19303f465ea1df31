// The control plane as a table: what can be asked for, who answers it, and all that its document
// says of it.
#pragma once

#include <span>
#include <string_view>

#include "api/control/answers.hpp"
#include "api/control/control.hpp"
#include "api/operation.hpp"

namespace synthetics::api {

// Whether the world is brought up to date first, however long that takes.
enum class Needs { kTime, kNothing };

// What a request's body has to be.
struct BodyRule {
  std::string_view type;
  std::uint64_t largest;  // in bytes
};

inline constexpr BodyRule kJsonBody{kJsonType, 16UL << 20U};
inline constexpr BodyRule kSnapshotBody{kSnapshotType, 1UL << 30U};

struct ControlRoute {
  // Decodes the request and has the handler answer it.
  using Invoke = Result<Reply> (*)(ControlContext& context, const Call& call);

  std::string_view name;  // the handler's
  Method method;
  std::string_view path;
  Needs needs;
  std::string_view summary;             // one sentence
  std::span<const ErrorKind> refusals;  // beside those that every route has
  Invoke invoke;
  std::span<const Field> request;
  BodyRule body;
  AnswerForm answer;
};

std::span<const ControlRoute> ControlRoutes();

}  // namespace synthetics::api
