#include "server/session.hpp"

#include <array>
#include <tuple>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http/error.hpp>

#include "server/http_answer.hpp"
#include "server/log.hpp"
#include "server/no_throw.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Kind = api::ErrorKind;

constexpr std::size_t kLongestLinger = 32UL << 20U;  // bytes

constexpr int kBadRequest = 400;
constexpr char kTlsHandshake = 0x16;  // a record's first byte

constexpr std::size_t kMostJoined = 64UL * 1024;  // of a body
constexpr std::size_t kMostRead = 64UL * 1024;    // at a time

std::uint64_t LargestBody(const HttpRequest& request) {
  return api::Gateway::LargestBody(request.verb, request.target);
}

std::chrono::microseconds MicrosecondsSince(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               began);
}

void LogAccess(const HttpRequest& request, const api::Response& response,
               std::chrono::microseconds took) {
  const api::Trace& trace = response.trace;
  if (!trace.fault.empty()) {
    Log(LogLevel::kError, "A fault of our own",
        {{"requestId", trace.request_id}, {"why", trace.fault}});
  }
  if (!trace.warning.empty()) {
    Log(LogLevel::kWarning, trace.warning, {{"resource", trace.resource}});
  }
  if (!Logs(LogLevel::kInfo)) return;
  // Without the query, where a presigned request has its signature.
  const std::string route =
      request.method + " " + request.target.substr(0, request.target.find('?'));
  std::vector<LogField> fields{{"resource", trace.resource},
                               {"account", trace.account},
                               {"region", trace.region},
                               {"status", std::int64_t{response.status}},
                               {"us", std::int64_t{took.count()}}};
  if (!trace.access_key_id.empty()) fields.push_back({"accessKeyId", trace.access_key_id});
  Log(LogLevel::kInfo, trace.operation.empty() ? route : trace.operation, fields);
}

// An IPv4 address as one, also where it has come to a socket of IPv6; without the interface.
asio::ip::address Plain(const asio::ip::address& address) {
  if (!address.is_v6()) return address;
  if (!address.to_v6().is_v4_mapped()) return asio::ip::address_v6(address.to_v6().to_bytes());
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, const Shared& shared)
    : connection_(std::move(socket)),
      shared_(shared),
      deadline_(connection_.executor()),
      delay_(connection_.executor()),
      peer_(Plain(connection_.peer())),
      peer_text_(peer_.to_string()) {}

asio::awaitable<void> Session::Run(std::shared_ptr<Session> self) {
  auto next = Next::kGoOn;
  if (self->shared_.tls != nullptr) next = co_await self->ShakeHands();
  while (next == Next::kGoOn) next = co_await self->ServeOne();
  self->Close();
}

asio::awaitable<void> Session::Refuse(std::shared_ptr<Session> self) {
  // By TLS it would take a handshake first, which is what there is no room for.
  if (self->shared_.tls == nullptr) {
    const api::ApiError full{Kind::kTooManyConnections,
                             "There are as many connections as --max-connections allows."};
    api::Response response = api::Gateway::RefuseUnread({}, full);
    HttpRequest unread;
    self->Arm();
    co_await self->WriteLast(std::move(response), std::move(unread));
  }
  self->Close();
}

void Session::Close() {
  deadline_.cancel();
  connection_.End();
}

void Session::Stop() {
  is_stopping_ = true;
  delay_.cancel();
  if (is_reading_head_ || is_hanging_) connection_.Cancel();
}

// Has a head's time. No record of TLS begins with a letter, and every request does.
asio::awaitable<Session::Next> Session::ShakeHands() {
  Arm();
  is_reading_head_ = true;
  auto [error, first] = co_await connection_.Peek();
  const bool is_plain = first >= 'A' && first <= 'Z';
  if (!error && !is_plain) error = co_await connection_.ShakeHands(*shared_.tls);
  is_reading_head_ = false;
  if (is_plain) {
    co_await RefusePlain();
  } else if (error && error != asio::error::eof && !is_stopping_) {
    Log(LogLevel::kInfo, "A TLS handshake failed",
        {{"why", has_timed_out_ ? "it took too long" : error.message()}});
  }
  co_return error || is_plain ? Next::kClose : Next::kGoOn;
}

asio::awaitable<void> Session::RefusePlain() {
  Log(LogLevel::kInfo, "A client speaks plain HTTP, and this port speaks TLS");
  api::Response response;
  response.status = kBadRequest;
  response.headers.emplace_back("Content-Type", "text/plain");
  response.body = "this port speaks TLS: use https://\n";
  const HttpRequest unread;
  co_await Write(std::move(response), unread);
  co_await Linger();
}

asio::awaitable<Session::Next> Session::ServeOne() {
  // Whoever sends many requests at once lets others have a turn.
  if (buffer_.size() > 0) co_await asio::post(connection_.executor(), asio::use_awaitable);
  if (is_stopping_) co_return Next::kClose;
  RequestParser parser(shared_.keeps_headers);
  is_reading_head_ = true;
  error_code error = co_await Read(parser, Part::kHead);
  is_reading_head_ = false;
  if (!error) error = CheckHead(parser);
  std::optional<api::ApiError> refusal;
  if (!error && !parser.is_done()) {
    refusal = shared_.gateway.RefuseHead(ToApi(parser.get()));
    if (!refusal) error = co_await ReadBody(parser);
  }
  if (error) refusal = RefusalOf(error, parser);
  if (refusal) co_await RefuseAndClose(*refusal, parser);
  if (error || refusal) co_return Next::kClose;
  co_return co_await Answer(parser.Take());
}

error_code Session::CheckHead(RequestParser& parser) {
  if (parser.is_done()) return {};
  const std::uint64_t largest = LargestBody(parser.get());
  parser.body_limit(largest);
  if (parser.content_length().value_or(0) > largest) {
    return http::make_error_code(http::error::body_limit);
  }
  return {};
}

api::Request Session::ToApi(const HttpRequest& request) const {
  api::Request given = server::ToApi(request);
  given.peer = peer_text_;
  given.is_loopback = peer_.is_loopback();
  given.is_secure = shared_.tls != nullptr;
  return given;
}

asio::awaitable<error_code> Session::ReadBody(RequestParser& parser) {
  if (parser.get().expects_continue) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::array<asio::const_buffer, 2> go_on{asio::buffer(kContinue)};
    const auto [error, size] = co_await connection_.Write(go_on);
    if (error) co_return error;
  }
  co_return co_await Read(parser, Part::kAll);
}

asio::awaitable<error_code> Session::Read(RequestParser& parser, Part part) {
  Arm();
  while (true) {
    if (const error_code error = Parse(parser, part)) co_return error;
    if (parser.Has(part)) co_return error_code{};
    const auto into = buffer_.prepare(boost::beast::read_size(buffer_, kMostRead));
    const auto [failure, size] = co_await connection_.Read(into);
    if (failure == asio::error::eof) {
      co_return parser.got_some() ? http::make_error_code(http::error::partial_message)
                                  : http::make_error_code(http::error::end_of_stream);
    }
    if (failure) co_return failure;
    buffer_.commit(size);
  }
}

error_code Session::Parse(RequestParser& parser, Part part) {
  const asio::const_buffer arrived = buffer_.cdata();
  error_code error;
  buffer_.consume(
      parser.Read({static_cast<const char*>(arrived.data()), arrived.size()}, part, error));
  return error;
}

asio::awaitable<Session::Next> Session::Answer(HttpRequest request) {
  Disarm();
  const auto began = std::chrono::steady_clock::now();
  auto reply = shared_.gateway.Handle(ToApi(request));
  if (auto* job = std::get_if<std::unique_ptr<api::Job>>(&reply)) {
    reply = co_await WorkOff(std::move(*job));
  }
  auto response = std::get<api::Response>(std::move(reply));
  shared_.after_request();
  const auto took = MicrosecondsSince(began);
  shared_.gateway.Answered(response.trace, response.status, took);
  LogAccess(request, response, took);
  has_answered_ = true;
  co_return co_await Deliver(std::move(response), request);
}

asio::awaitable<api::Response> Session::WorkOff(std::unique_ptr<api::Job> job) {
  while (true) {
    // Others have their turn.
    if (const auto pause = job->Pause(); pause.count() > 0) co_await Delay(pause);
    co_await asio::post(connection_.executor(), asio::use_awaitable);
    if (auto response = job->Step()) co_return *std::move(response);
  }
}

asio::awaitable<Session::Next> Session::Deliver(api::Response response,
                                                const HttpRequest& request) {
  using End = api::Delivery::End;
  const api::Delivery delivery = response.delivery;
  if (delivery.delay.count() > 0) co_await Delay(delivery.delay);
  if (delivery.end == End::kWhole) co_return co_await Write(std::move(response), request);
  if (delivery.end == End::kCut) co_await WriteCut(std::move(response), request);
  if (delivery.end == End::kHang) co_await Hang();
  if (delivery.end == End::kReset) connection_.Reset();
  co_return Next::kClose;
}

asio::awaitable<void> Session::Delay(std::chrono::milliseconds delay) {
  if (is_stopping_) co_return;
  delay_.expires_after(delay);
  co_await delay_.async_wait(kNoThrow);
}

// Cut within its body: to many clients a head that is cut is an answer without a body.
asio::awaitable<void> Session::WriteCut(api::Response response, const HttpRequest& request) {
  std::string bytes = HeadOf(response, request, request.keep_alive);
  if (HasBody(response, request)) bytes.append(response.body, 0, response.body.size() / 2);
  const std::array<asio::const_buffer, 2> part{asio::buffer(bytes)};
  Arm();
  co_await connection_.Write(part);
}

// Until the client has had enough, or the server stops.
asio::awaitable<void> Session::Hang() {
  if (is_stopping_) co_return;
  is_hanging_ = true;
  std::array<char, 4096> unread{};
  const auto into = asio::buffer(unread);
  for (bool is_over = false; !is_over;) {
    const auto [error, size] = co_await connection_.Read(into);
    is_over = error.failed();
  }
  is_hanging_ = false;
}

// At once, where the socket takes all of it, as it nearly always does; and one piece is sent sooner
// than two.
asio::awaitable<Session::Next> Session::Write(api::Response response, const HttpRequest& request) {
  const bool keep_alive = request.keep_alive && !is_stopping_;
  std::string head = HeadOf(response, request, keep_alive);
  std::string body = HasBody(response, request) ? std::move(response.body) : std::string{};
  if (body.size() <= kMostJoined) head.append(std::exchange(body, {}));
  error_code error;
  std::size_t sent = connection_.WriteSome(asio::buffer(head), error);
  if (error == asio::error::would_block) error.clear();
  if (!error && (sent < head.size() || !body.empty())) {
    const std::array<asio::const_buffer, 2> rest{asio::buffer(head) + sent, asio::buffer(body)};
    Arm();
    std::tie(error, sent) = co_await connection_.Write(rest);
  }
  co_return !error && keep_alive ? Next::kGoOn : Next::kClose;
}

asio::awaitable<void> Session::RefuseAndClose(const api::ApiError& refusal, RequestParser& parser) {
  if (BeginsAsTls(parser)) {
    Log(LogLevel::kInfo, "A client speaks TLS, and this port speaks plain HTTP");
  }
  HttpRequest request = parser.Take();
  api::Response response = api::Gateway::RefuseUnread(request.target, refusal);
  LogAccess(request, response, {});
  co_await WriteLast(std::move(response), std::move(request));
}

asio::awaitable<void> Session::WriteLast(api::Response response, HttpRequest request) {
  request.version = 11;
  request.keep_alive = false;
  co_await Write(std::move(response), request);
  co_await Linger();
}

bool Session::BeginsAsTls(const RequestParser& parser) const {
  return shared_.tls == nullptr && !parser.is_header_done() && buffer_.size() > 0 &&
         *static_cast<const char*>(buffer_.data().data()) == kTlsHandshake;
}

// Nothing where the other side has gone, or has been idle after an answer.
std::optional<api::ApiError> Session::RefusalOf(error_code error,
                                                const RequestParser& parser) const {
  if (error == http::error::header_limit) {
    return api::ApiError{
        Kind::kHeadTooLarge,
        "The head of the request, or of a part of its body, is larger than 64 KiB."};
  }
  if (error == http::error::body_limit) {
    const std::uint64_t mebibytes = LargestBody(parser.get()) >> 20U;
    return api::ApiError{Kind::kTooLarge, "The body of the request is larger than " +
                                              std::to_string(mebibytes) + " MiB."};
  }
  const bool is_silent = !parser.got_some() && buffer_.size() == 0;
  if (has_timed_out_ && !(is_silent && has_answered_)) {
    return api::ApiError{Kind::kTimedOut, "The request did not arrive in time."};
  }
  const error_code malformed = http::make_error_code(http::error::bad_version);
  if (error.category() != malformed.category() || error == http::error::end_of_stream ||
      error == http::error::partial_message) {
    return {};
  }
  const std::string_view flaw = parser.flaw();
  return api::ApiError{Kind::kMalformed, "The request is malformed: " +
                                             (flaw.empty() ? error.message() : std::string(flaw))};
}

// Closing with unread bytes would reset the connection, and the answer with it.
asio::awaitable<void> Session::Linger() {
  connection_.EndWriting();
  std::array<char, 4096> rest{};
  for (std::size_t read = 0; read < kLongestLinger;) {
    const auto into = asio::buffer(rest);
    const auto [ended, size] = co_await connection_.Read(into);
    if (ended) co_return;
    read += size;
  }
}

void Session::Arm() {
  armed_until_ = std::chrono::steady_clock::now() + shared_.idle_timeout;
  if (!is_waiting_) AwaitDeadline();
}

void Session::Disarm() { armed_until_ = std::chrono::steady_clock::time_point::max(); }

void Session::AwaitDeadline() {
  is_waiting_ = true;
  deadline_.expires_at(armed_until_);
  deadline_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->is_waiting_ = false;
    if (self->armed_until_ == std::chrono::steady_clock::time_point::max()) return;
    if (self->armed_until_ > std::chrono::steady_clock::now()) return self->AwaitDeadline();
    self->has_timed_out_ = true;
    self->connection_.Cancel();
    // What had ended already and not been told yet was not ended by this.
    self->Arm();
  });
}

}  // namespace synthetics::server
