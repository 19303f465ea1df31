#include "server/http_request.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace synthetics::server {
namespace {

namespace http = boost::beast::http;
using boost::beast::iequals;

// What is set aside before a body arrives: what its head says is not to be believed.
constexpr std::uint64_t kMostReserved = 64UL * 1024;

api::Method MethodOf(std::string_view name) {
  return state::ValueIn(api::kMethodNames, name).value_or(api::Method::kOther);
}

// The headers that matter, and the member that has their value.
struct Kept {
  http::field field;
  std::string HttpRequest::*member;
  std::string_view twice;  // why it is refused
};

constexpr std::array kKept{
    Kept{http::field::host, &HttpRequest::host, "It has two Host headers."},
    Kept{http::field::authorization, &HttpRequest::authorization,
         "It has two Authorization headers."},
    Kept{http::field::content_type, &HttpRequest::content_type, "It has two Content-Type headers."},
    Kept{http::field::origin, &HttpRequest::origin, "It has two Origin headers."},
    Kept{http::field::user_agent, &HttpRequest::user_agent, "It has two User-Agent headers."},
    Kept{http::field::content_length, nullptr, "It has two Content-Length headers."},
    Kept{http::field::transfer_encoding, nullptr, "It has two Transfer-Encoding headers."},
};
constexpr unsigned kHostBit = 1;

// A line of the head that begins with a blank goes on with the one before.
bool HasFoldedLine(std::string_view head) {
  for (std::size_t at = head.find('\n'); at + 1 < head.size(); at = head.find('\n', at + 1)) {
    if (head[at + 1] == ' ' || head[at + 1] == '\t') return true;
  }
  return false;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// Cuts scheme and host off a target that has them, as a proxy is asked, and gives the host: servers
// have to understand that (RFC 9112, 3.2.2).
std::optional<std::string_view> CutHost(std::string_view& target) {
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view name = target.substr(0, scheme);
  if (!iequals(name, "http") && !iequals(name, "https")) return {};
  target.remove_prefix(scheme + 3);
  const std::string_view host = target.substr(0, target.find_first_of("/?"));
  target.remove_prefix(host.size());
  return host;
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

RequestParser::RequestParser(bool keeps_headers) : keeps_headers_(keeps_headers) {
  // Beast's own limits a line or two, as it takes a head line by line. Ours is the head's.
  header_limit(kLargestHead + 1);
  // Which limit the body has is known once the head is.
  body_limit(boost::none);
}

std::size_t RequestParser::Read(std::string_view arrived, Part part, ErrorCode& error) {
  std::size_t read = 0;
  error = {};
  while (!error && !Has(part) && arrived.size() - read >= FewestBytes()) {
    read += ReadOnce(arrived.substr(read), error);
  }
  if (error != http::error::need_more) return read;
  error = {};
  // A line of a chunk, or its trailers, for which Beast has no limit.
  if (arrived.size() - read > kLargestHead) error = http::error::header_limit;
  return read;
}

// Wherever a chunked body is, the five bytes of its last chunk are still to come. Beast relies on
// it, and asserts where the first chunk is the last one and arrives in pieces.
std::size_t RequestParser::FewestBytes() const {
  constexpr std::size_t kLastChunk = 5;
  return is_header_done() && chunked() ? kLastChunk : 1;
}

std::size_t RequestParser::ReadOnce(std::string_view arrived, ErrorCode& error) {
  if (is_header_done())
    return put(boost::asio::const_buffer(arrived.data(), arrived.size()), error);
  const std::size_t read = put(boost::asio::const_buffer(arrived.data(), arrived.size()), error);
  head_size_ += read;
  if (error && error != http::error::need_more) return read;
  if (head_size_ > kLargestHead) error = http::error::header_limit;
  if (HasFoldedLine(arrived.substr(0, read))) Refuse("It has a folded line.", error);
  return read;
}

void RequestParser::Refuse(std::string_view flaw, ErrorCode& error) {
  flaw_ = flaw;
  error = http::error::bad_field;
}

HttpRequest RequestParser::Take() {
  request_.keep_alive = is_header_done() && keep_alive();
  return std::move(request_);
}

void RequestParser::on_request_impl(http::verb /*verb*/, StringView method, StringView target,
                                    int version, ErrorCode& /*error*/) {
  std::string_view path = View(target);
  if (const auto host = CutHost(path)) {
    names_host_ = true;
    request_.host = *host;
    if (!path.starts_with('/')) request_.target = "/";
  }
  request_.target.append(path);
  request_.method.assign(method.data(), method.size());
  request_.verb = MethodOf(request_.method);
  request_.version = static_cast<unsigned>(version);
}

void RequestParser::on_field_impl(http::field field, StringView name, StringView value,
                                  ErrorCode& error) {
  // Trailers come when all has been decided, and are nobody's headers (RFC 9110, 6.5.1).
  if (is_header_done()) return;
  if (keeps_headers_) request_.headers.push_back({std::string(name), std::string(value)});
  if (field == http::field::expect) {
    request_.expects_continue = request_.version >= 11 && iequals(value, "100-continue");
    return;
  }
  const auto* const kept = std::ranges::find(kKept, field, &Kept::field);
  if (kept == kKept.end()) return;
  const unsigned bit = kHostBit << static_cast<unsigned>(kept - kKept.begin());
  if ((seen_ & bit) != 0) return Refuse(kept->twice, error);
  seen_ |= bit;
  if (kept->member == nullptr) return CheckFraming(field, value, error);
  if (field == http::field::host && names_host_) return;
  (request_.*kept->member).assign(value.data(), value.size());
}

// Where the body ends. What of this Beast refuses itself has not come here.
void RequestParser::CheckFraming(http::field field, StringView value, ErrorCode& error) {
  if (field == http::field::content_length) {
    if (!IsNumber(View(value))) Refuse("Its Content-Length is not one number.", error);
  } else if (!iequals(value, "chunked")) {
    // Beast takes it for a request without a body, and its body for the next request.
    Refuse("Its Transfer-Encoding is not chunked.", error);
  } else if (request_.version < 11) {
    Refuse("It is HTTP/1.0, which has no Transfer-Encoding.", error);
  }
}

void RequestParser::on_header_impl(ErrorCode& error) {
  const bool has_host = (seen_ & kHostBit) != 0;
  if (request_.version >= 11 && !has_host) Refuse("It has no Host header.", error);
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
