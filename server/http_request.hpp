// A request as it comes off a connection: what of its head matters here, and its body.
#pragma once

#include <string>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

#include "api/http.hpp"

namespace synthetics::server {

struct HttpRequest {
  std::string method;
  std::string target;
  // Of a header that stands twice the first.
  std::string authorization;
  std::string content_type;
  std::string host;
  std::string origin;
  std::string user_agent;
  std::vector<api::Header> headers;  // all of them, where the parser was told to keep them
  std::string body;
  api::Method verb = api::Method::kOther;
  unsigned version = 11;
  bool keep_alive = false;
  bool expects_continue = false;
  // Beast takes a request with any other transfer coding than `chunked` for one without a body, and
  // its body for the next request.
  bool has_unknown_coding = false;
};

// Views into `request`, which has to outlive it.
api::Request ToApi(const HttpRequest& request);

// Beast's parser without its container of headers: of ten that a client sends five matter.
class RequestParser : public boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(bool keeps_headers) : keeps_headers_(keeps_headers) {}

  const HttpRequest& get() const { return request_; }
  HttpRequest Take();

 private:
  using ErrorCode = boost::beast::error_code;
  using StringView = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb verb, StringView method, StringView target,
                       int version, ErrorCode& error) override;
  void on_field_impl(boost::beast::http::field field, StringView name, StringView value,
                     ErrorCode& error) override;
  std::size_t on_body_impl(StringView body, ErrorCode& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t remaining, StringView body,
                                 ErrorCode& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
  void on_response_impl(int, StringView, int, ErrorCode&) override {}
  void on_header_impl(ErrorCode& /*error*/) override {}
  void on_chunk_header_impl(std::uint64_t, StringView, ErrorCode&) override {}
  void on_finish_impl(ErrorCode& /*error*/) override {}

  bool keeps_headers_;
  HttpRequest request_;
};

}  // namespace synthetics::server
