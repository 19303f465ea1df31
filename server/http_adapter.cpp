#include "server/http_adapter.hpp"

#include <array>
#include <ctime>

namespace synthetics::server {
namespace {

namespace http = boost::beast::http;

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

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

std::string HttpDate() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  const std::size_t length =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), length};
}

}  // namespace

api::Request ToApi(const HttpRequest& request) {
  return {.method = ToMethod(request.method()),
          .target = View(request.target()),
          .authorization = View(request[http::field::authorization]),
          .content_type = View(request[http::field::content_type]),
          .host = View(request[http::field::host]),
          .origin = View(request[http::field::origin]),
          .body = request.body(),
          .user_agent = View(request[http::field::user_agent])};
}

HttpResponse ToHttp(api::Response response, const HttpRequest& request) {
  HttpResponse message(static_cast<http::status>(response.status), request.version());
  message.set(http::field::server, "synthetics-local");
  message.set(http::field::date, HttpDate());
  if (response.status != 204) message.set(http::field::content_type, "application/json");
  for (const auto& [name, value] : response.headers) {
    message.set(boost::beast::string_view(name.data(), name.size()), value);
  }
  message.keep_alive(request.keep_alive());
  if (response.status == 204) return message;
  message.body() = std::move(response.body);
  message.prepare_payload();
  // The length of what a GET would have got, and nothing of it.
  if (request.method() == http::verb::head) message.body().clear();
  return message;
}

}  // namespace synthetics::server
