#include "server/http_request.hpp"

#include <algorithm>
#include <utility>

namespace synthetics::server {
namespace {

namespace http = boost::beast::http;
using boost::beast::iequals;

// What is set aside before a body arrives: what its head says is not to be believed.
constexpr std::uint64_t kMostReserved = 64UL * 1024;

api::Method ToMethod(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return api::Method::kGet;
    case http::verb::head:
      return api::Method::kHead;
    case http::verb::post:
      return api::Method::kPost;
    case http::verb::put:
      return api::Method::kPut;
    case http::verb::patch:
      return api::Method::kPatch;
    case http::verb::delete_:
      return api::Method::kDelete;
    default:
      return api::Method::kOther;
  }
}

// The member that has this header's value; none for one that does not matter.
std::string HttpRequest::*MemberOf(http::field field) {
  switch (field) {
    case http::field::authorization:
      return &HttpRequest::authorization;
    case http::field::content_type:
      return &HttpRequest::content_type;
    case http::field::host:
      return &HttpRequest::host;
    case http::field::origin:
      return &HttpRequest::origin;
    case http::field::user_agent:
      return &HttpRequest::user_agent;
    default:
      return nullptr;
  }
}

}  // namespace

api::Request ToApi(const HttpRequest& request) {
  return {.method = request.verb,
          .target = request.target,
          .authorization = request.authorization,
          .content_type = request.content_type,
          .host = request.host,
          .origin = request.origin,
          .body = request.body,
          .user_agent = request.user_agent,
          .headers = request.headers};
}

HttpRequest RequestParser::Take() {
  request_.keep_alive = is_header_done() && keep_alive();
  return std::move(request_);
}

void RequestParser::on_request_impl(http::verb verb, StringView method, StringView target,
                                    int version, ErrorCode& /*error*/) {
  request_.verb = ToMethod(verb);
  request_.method.assign(method.data(), method.size());
  request_.target.assign(target.data(), target.size());
  request_.version = static_cast<unsigned>(version);
}

void RequestParser::on_field_impl(http::field field, StringView name, StringView value,
                                  ErrorCode& /*error*/) {
  if (keeps_headers_) request_.headers.push_back({std::string(name), std::string(value)});
  if (field == http::field::expect) {
    request_.expects_continue = request_.version >= 11 && iequals(value, "100-continue");
  } else if (field == http::field::transfer_encoding) {
    request_.has_unknown_coding |= !iequals(value, "chunked");
  } else if (std::string HttpRequest::*const member = MemberOf(field)) {
    std::string& kept = request_.*member;
    if (kept.empty()) kept.assign(value.data(), value.size());
  }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length,
                                      ErrorCode& /*error*/) {
  request_.body.reserve(std::min(length.value_or(0), kMostReserved));
}

std::size_t RequestParser::on_body_impl(StringView body, ErrorCode& /*error*/) {
  request_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t /*remaining*/, StringView body,
                                              ErrorCode& error) {
  return on_body_impl(body, error);
}

}  // namespace synthetics::server
