// What an operation refuses, and how that is said on the wire.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>

#include "api/http.hpp"

namespace synthetics::api {

enum class ErrorKind {
  kInvalid,
  kNotFound,
  kConflict,
  kTooLarge,
  kUnsigned,          // the credential scope makes no sense
  kUnknownOperation,  // no operation has that method and path
  kNotImplemented,
  kForbidden,  // a browser's request for somebody else's emulator
  kInternal,
};

struct ApiError {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
};

template <class T>
using Result = boost::system::result<T, ApiError>;

// Lets `Result::value()` throw where there is none.
[[noreturn]] void throw_exception_from_error(  // NOLINT(readability-identifier-naming)
    const ApiError& error, const boost::source_location& where);

// The tag operations have error names of their own (service model).
enum class Family { kResource, kTag };

// Status and name of an error, in the words of the operation's family.
struct ErrorCode {
  int status;
  std::string_view name;
};
ErrorCode CodeOf(ErrorKind kind, Family family);

// `{"Message":"…"}` with the name in the header `x-amzn-ErrorType`: clients look there first.
Response ToResponse(const ApiError& error, Family family);

// The same from before there is an operation, for a request that could not be read.
Response ToResponse(int status, std::string_view message);

}  // namespace synthetics::api
