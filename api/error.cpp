#include "api/error.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "api/json_writer.hpp"

namespace synthetics::api {
namespace {

struct Row {
  ErrorKind kind;
  int status;
  std::string_view resource_name;
  std::string_view tag_name;
  std::string_view control_name;
  std::string_view explain;  // of the service's refusals
};

using enum ErrorKind;

// The names that the service model knows, then those of AWS's front end and our own.
// clang-format off
constexpr std::array<Row, 20> kRows{{
    {kInvalid,              400, "ValidationException",                 "BadRequestException",                 "InvalidRequest",
        "The request does not keep to the API's constraints, which the message names; nothing was changed."},
    {kNotFound,             404, "ResourceNotFoundException",           "NotFoundException",                   "NotFound",
        "The account and region of the request's credentials have no such resource; nothing was changed."},
    {kConflict,             409, "ConflictException",                   "ConflictException",                   "Conflict",
        "What there is stands in the way of the request; nothing was changed."},
    {kTooLarge,             413, "RequestEntityTooLargeException",      "RequestEntityTooLargeException",      "TooLarge",
        "The request is larger than the API's limit; nothing was changed."},
    {kQuotaExceeded,        402, "ServiceQuotaExceededException",       "ServiceQuotaExceededException",       "QuotaExceeded",
        "A quota is used up; nothing was changed."},
    {kInternal,             500, "InternalServerException",             "InternalFailureException",            "InternalError",
        ""},
    {kUnsigned,             403, "IncompleteSignatureException",        "IncompleteSignatureException",        "Forbidden",
        "A credential scope is <access key>/<date>/<region>/synthetics/aws4_request; nothing was changed."},
    {kNoSignature,          403, "MissingAuthenticationTokenException",  "MissingAuthenticationTokenException",  "Forbidden",
        "With --auth signature a request has to be signed (AWS4-HMAC-SHA256); nothing was changed."},
    {kUnknownClient,        403, "UnrecognizedClientException",         "UnrecognizedClientException",         "Forbidden",
        "The file of --credentials has no such access key, or not with this session token; nothing was changed."},
    {kBadSignature,         403, "InvalidSignatureException",           "InvalidSignatureException",           "Forbidden",
        ""},
    {kExpired,              403, "RequestExpired",                      "RequestExpired",                      "Forbidden",
        ""},
    {kNoToken,              401, "UnauthorizedException",               "UnauthorizedException",               "Unauthorized",
        ""},
    {kUnknownOperation,     404, "UnknownOperationException",           "UnknownOperationException",           "NotFound",
        "No operation of Synthetics has this method and path; is the endpoint's URL without a path of its own?"},
    {kForbidden,            403, "AccessDeniedException",               "AccessDeniedException",               "Forbidden",
        "Web pages and host names other than the emulator's own are kept out; --allowed-hosts lets names in."},
    {kMethodNotAllowed,     405, "MethodNotAllowedException",           "MethodNotAllowedException",           "MethodNotAllowed",
        ""},
    {kUnsupportedMediaType, 415, "UnsupportedMediaTypeException",       "UnsupportedMediaTypeException",       "UnsupportedMediaType",
        ""},
    {kMalformed,            400, "BadRequestException",                 "BadRequestException",                 "InvalidRequest",
        "What arrived is not HTTP/1.1; nothing was changed."},
    {kTimedOut,             408, "RequestTimeoutException",             "RequestTimeoutException",             "Timeout",
        "The request did not arrive within --idle-timeout; nothing was changed."},
    {kHeadTooLarge,         431, "RequestHeaderFieldsTooLargeException", "RequestHeaderFieldsTooLargeException", "HeadTooLarge",
        "The head of the request is larger than the server takes; nothing was changed."},
    {kTooManyConnections,   503, "ServiceUnavailableException",         "ServiceUnavailableException",         "TooManyConnections",
        "The request was not read: close some of the connections that are open, or set --max-connections."},
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

const Row& RowOf(ErrorKind kind) { return *std::ranges::find(kRows, kind, &Row::kind); }

}  // namespace

int StatusOf(ErrorKind kind) { return RowOf(kind).status; }
std::string_view ControlCode(ErrorKind kind) { return RowOf(kind).control_name; }

std::string ServiceBody(std::string_view message) {
  JsonWriter writer;
  writer.BeginObject();
  writer.Key("Message");
  writer.String(message);
  writer.EndObject();
  return writer.Take();
}

std::string Explanation(const ApiError& error) {
  return error.explain.empty() ? std::string(RowOf(error.kind).explain) : error.explain;
}

void AddExplanation(Response& response, std::string_view text) {
  constexpr std::size_t kLongest = 500;
  std::string line(text.substr(0, kLongest));
  for (char& byte : line) {
    if (byte < ' ' || byte > '~') byte = '?';
  }
  response.headers.emplace_back("x-emulator-explain", std::move(line));
}

void throw_exception_from_error(const ApiError& error, const boost::source_location& /*where*/) {
  throw std::logic_error(error.message);
}

Response ToResponse(const ApiError& error, Family family) {
  const Row& row = RowOf(error.kind);
  Response response;
  response.status = row.status;
  if (error.kind == kNoToken) response.headers.emplace_back("WWW-Authenticate", "Bearer");
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
