// What is refused, and how that is said on the wire.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

#include "api/http.hpp"

namespace synthetics::api {

enum class ErrorKind {
  kInvalid,
  kNotFound,
  kConflict,
  kTooLarge,
  kQuotaExceeded,
  kInternal,
  kUnsigned,              // the signature lacks a part, or the part makes no sense
  kNoSignature,           // there is none
  kUnknownClient,         // nobody has that access key, or not with that session token
  kBadSignature,          // it is not that of the request, or not of now
  kExpired,               // a presigned request has come too late
  kNoToken,               // of the control plane, without the admin token
  kUnknownOperation,      // no operation has that method and path
  kForbidden,             // not for this client: a foreign web page's, or not allowed by policies
  kMethodNotAllowed,      // of a path of the control plane
  kUnsupportedMediaType,  // of a body for the control plane
  kMalformed,             // the request is not HTTP
  kTimedOut,              // the request did not arrive in time
  kHeadTooLarge,
  kTooManyConnections,
};

struct ApiError {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  std::string explain = {};  // why, and what would have worked; empty: its kind says all
};

template <class T>
using Result = boost::system::result<T, ApiError>;

// What a rule says: nothing where it holds.
using Refusal = std::optional<ApiError>;

// Lets `Result::value()` throw where there is none.
[[noreturn]] void throw_exception_from_error(  // NOLINT(readability-identifier-naming)
    const ApiError& error, const boost::source_location& where);

// Who speaks: the tag operations have error names of their own (service model), the control plane
// has a form of its own.
enum class Family { kResource, kTag, kControl };

// Why the request was refused, and what would have worked.
std::string Explanation(const ApiError& error);

// Adds the header `x-emulator-explain`: one line of at most 500 characters of printable ASCII, with
// `?` for all others.
void AddExplanation(Response& response, std::string_view text);

// How the control plane says it.
int StatusOf(ErrorKind kind);
std::string_view ControlCode(ErrorKind kind);

// The body of the service's errors: `{"Message":"…"}`.
std::string ServiceBody(std::string_view message);

// `{"Message":"…"}` with the name in the header `x-amzn-ErrorType`, where clients look first; of
// the control plane `{"error":{"code":"…","message":"…"}}`.
Response ToResponse(const ApiError& error, Family family);

}  // namespace synthetics::api
