#include "api/error.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "api/json.hpp"

namespace synthetics::api {
namespace {

struct Row {
  ErrorKind kind;
  int status;
  std::string_view resource_name;
  std::string_view tag_name;
  std::string_view control_name;
};

using enum ErrorKind;

// The names that the service model knows, then those of AWS's front end and our own.
// clang-format off
constexpr std::array<Row, 14> kRows{{
    {kInvalid,              400, "ValidationException",                 "BadRequestException",                 "InvalidRequest"},
    {kNotFound,             404, "ResourceNotFoundException",           "NotFoundException",                   "NotFound"},
    {kConflict,             409, "ConflictException",                   "ConflictException",                   "Conflict"},
    {kTooLarge,             413, "RequestEntityTooLargeException",      "RequestEntityTooLargeException",      "TooLarge"},
    {kQuotaExceeded,        402, "ServiceQuotaExceededException",       "ServiceQuotaExceededException",       "QuotaExceeded"},
    {kInternal,             500, "InternalServerException",             "InternalFailureException",            "InternalError"},
    {kUnsigned,             403, "IncompleteSignatureException",        "IncompleteSignatureException",        "Forbidden"},
    {kUnknownOperation,     404, "UnknownOperationException",           "UnknownOperationException",           "NotFound"},
    {kForbidden,            403, "AccessDeniedException",               "AccessDeniedException",               "Forbidden"},
    {kMethodNotAllowed,     405, "MethodNotAllowedException",           "MethodNotAllowedException",           "MethodNotAllowed"},
    {kUnsupportedMediaType, 415, "UnsupportedMediaTypeException",       "UnsupportedMediaTypeException",       "UnsupportedMediaType"},
    {kMalformed,            400, "BadRequestException",                 "BadRequestException",                 "InvalidRequest"},
    {kTimedOut,             408, "RequestTimeoutException",             "RequestTimeoutException",             "Timeout"},
    {kHeadTooLarge,         431, "RequestHeaderFieldsTooLargeException", "RequestHeaderFieldsTooLargeException", "HeadTooLarge"},
}};
// clang-format on

std::string ControlBody(std::string_view code, std::string_view message) {
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
  return writer.Take();
}

std::string ServiceBody(std::string_view message) {
  JsonWriter writer;
  writer.BeginObject();
  writer.Key("Message");
  writer.String(message);
  writer.EndObject();
  return writer.Take();
}

}  // namespace

void throw_exception_from_error(const ApiError& error, const boost::source_location& /*where*/) {
  throw std::logic_error(error.message);
}

Response ToResponse(const ApiError& error, Family family) {
  const Row& row = *std::ranges::find(kRows, error.kind, &Row::kind);
  Response response;
  response.status = row.status;
  if (family == Family::kControl) {
    response.body = ControlBody(row.control_name, error.message);
    return response;
  }
  response.headers.emplace_back("x-amzn-ErrorType",
                                family == Family::kTag ? row.tag_name : row.resource_name);
  response.body = ServiceBody(error.message);
  return response;
}

}  // namespace synthetics::api
