// A request as it comes off a connection: what of its head matters here, and its body.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

#include "api/http.hpp"

namespace synthetics::server {

struct HttpRequest {
  std::string method;
  // As a server is asked: of what a proxy is asked, without its scheme and host.
  std::string target;
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
};

// Views into `request`, which has to outlive it.
api::Request ToApi(const HttpRequest& request);

// How much of a request has to be there.
enum class Part { kHead, kAll };

// Beast's parser without its container of headers: of ten that a client sends five matter. It is
// stricter than Beast wherever two servers could read the same bytes differently, and so be made to
// see different requests: the head's framing has to be said once, in one way.
class RequestParser : public boost::beast::http::basic_parser<true> {
 public:
  using ErrorCode = boost::beast::error_code;

  // In bytes, its blank line included; so much of a chunk's line, or of trailers, too.
  static constexpr std::uint32_t kLargestHead = 64 * 1024;

  // `keeps_headers`: all of them, for the signature that is over them.
  explicit RequestParser(bool keeps_headers = false);

  // Takes what it can use of what has arrived, and says how many bytes of it that is; the others
  // have to be there again, with more behind them, the next time. Where that many bytes had been
  // cut makes no difference.
  std::size_t Read(std::string_view arrived, Part part, ErrorCode& error);
  bool Has(Part part) const { return part == Part::kHead ? is_header_done() : is_done(); }

  const HttpRequest& get() const { return request_; }
  HttpRequest Take();

  // What is wrong with the head, as a sentence; empty where Beast's error says all.
  std::string_view flaw() const { return flaw_; }

 private:
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
  void on_header_impl(ErrorCode& error) override;
  void on_chunk_header_impl(std::uint64_t, StringView, ErrorCode&) override {}
  void on_finish_impl(ErrorCode& /*error*/) override {}

  std::size_t FewestBytes() const;
  std::size_t ReadOnce(std::string_view arrived, ErrorCode& error);
  void Refuse(std::string_view flaw, ErrorCode& error);
  void CheckFraming(boost::beast::http::field field, StringView value, ErrorCode& error);

  HttpRequest request_;
  std::string_view flaw_;
  std::size_t head_size_ = 0;
  bool keeps_headers_;
  unsigned seen_ = 0;        // a bit for each header that must not stand twice
  bool names_host_ = false;  // the target does
};

}  // namespace synthetics::server
