#include "server/http_answer.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <boost/beast/http/status.hpp>

namespace synthetics::server {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view kContentType = "Content-Type";
constexpr int kNoContent = 204;

std::string FormatDate(std::time_t now) {
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  const std::size_t length =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), length};
}

// Made once a second.
const std::string& HttpDate() {
  static std::time_t made_at = 0;
  static std::string date;
  if (const std::time_t now = std::time(nullptr); now != made_at) {
    date = FormatDate(now);
    made_at = now;
  }
  return date;
}

void AppendHeader(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

// Only what is not so by itself in the request's version of HTTP is said.
void AppendConnection(std::string& head, unsigned version, bool keep_alive) {
  const bool is_usual = version >= 11;
  if (keep_alive != is_usual) AppendHeader(head, "Connection", keep_alive ? "keep-alive" : "close");
}

}  // namespace

bool HasBody(const api::Response& response, const HttpRequest& request) {
  return response.status != kNoContent && request.verb != api::Method::kHead;
}

std::string HeadOf(const api::Response& response, const HttpRequest& request, bool keep_alive) {
  constexpr std::size_t kUsualSize = 512;
  std::string head;
  head.reserve(kUsualSize);
  head.append(request.version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ");
  head.append(std::to_string(response.status)).append(" ");
  const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
  head.append(reason.data(), reason.size()).append("\r\n");
  AppendHeader(head, "Server", "synthetics-local");
  AppendHeader(head, "Date", HttpDate());
  const bool has_type = std::ranges::any_of(
      response.headers, [](const auto& header) { return header.first == kContentType; });
  if (response.status != kNoContent && !has_type) AppendHeader(head, kContentType, api::kJsonType);
  for (const auto& [name, value] : response.headers) AppendHeader(head, name, value);
  AppendConnection(head, request.version, keep_alive);
  if (response.status != kNoContent) {
    AppendHeader(head, "Content-Length", std::to_string(response.body.size()));
  }
  head.append("\r\n");
  return head;
}

}  // namespace synthetics::server
