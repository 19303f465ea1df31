#include "api/error.hpp"

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
};

using enum ErrorKind;

// The names that the service model knows, then those of AWS's front end and our own.
constexpr std::array<Row, 9> kRows{{
    {kInvalid, 400, "ValidationException", "BadRequestException"},
    {kNotFound, 404, "ResourceNotFoundException", "NotFoundException"},
    {kConflict, 409, "ConflictException", "ConflictException"},
    {kTooLarge, 413, "RequestEntityTooLargeException", "RequestEntityTooLargeException"},
    {kInternal, 500, "InternalServerException", "InternalFailureException"},
    {kUnsigned, 403, "IncompleteSignatureException", "IncompleteSignatureException"},
    {kUnknownOperation, 404, "UnknownOperationException", "UnknownOperationException"},
    {kNotImplemented, 501, "NotImplementedException", "NotImplementedException"},
    {kForbidden, 403, "AccessDeniedException", "AccessDeniedException"},
}};

Response Render(int status, std::string_view name, std::string_view message) {
  JsonWriter writer;
  writer.BeginObject();
  writer.Key("Message");
  writer.String(message);
  writer.EndObject();
  Response response;
  response.status = status;
  response.headers.emplace_back("x-amzn-ErrorType", name);
  response.body = writer.Take();
  return response;
}

}  // namespace

void throw_exception_from_error(const ApiError& error, const boost::source_location& /*where*/) {
  throw std::logic_error(error.message);
}

ErrorCode CodeOf(ErrorKind kind, Family family) {
  for (const Row& row : kRows) {
    if (row.kind != kind) continue;
    return {row.status, family == Family::kTag ? row.tag_name : row.resource_name};
  }
  return {500, "InternalServerException"};
}

Response ToResponse(const ApiError& error, Family family) {
  const ErrorCode code = CodeOf(error.kind, family);
  return Render(code.status, code.name, error.message);
}

Response ToResponse(int status, std::string_view message) {
  switch (status) {
    case 408:
      return Render(408, "RequestTimeoutException", message);
    case 413:
      return Render(413, "RequestEntityTooLargeException", message);
    case 431:
      return Render(431, "RequestHeaderFieldsTooLargeException", message);
    default:
      return Render(400, "BadRequestException", message);
  }
}

}  // namespace synthetics::api
