// One connection: requests in, answers out, in their order, until either side has had enough.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "api/gateway.hpp"
#include "server/connection.hpp"
#include "server/http_request.hpp"

namespace synthetics::server {

class Session : public std::enable_shared_from_this<Session> {
 public:
  struct Shared {
    api::Gateway& gateway;
    std::chrono::milliseconds idle_timeout;
    std::function<void()> after_request;  // something may have become due
    const TlsConfig* tls;                 // null: in the clear
    bool keeps_headers = false;           // all of a request's, which its signature is over
  };

  Session(boost::asio::ip::tcp::socket socket, const Shared& shared);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() = default;

  // Serves the connection to its end. The argument keeps the session alive that long.
  static boost::asio::awaitable<void> Run(std::shared_ptr<Session> self);

  // Tells whoever is on the other side that there are too many connections, whatever they ask.
  static boost::asio::awaitable<void> Refuse(std::shared_ptr<Session> self);

  // Answers what is under way, delayed answers at once, then ends.
  void Stop();

 private:
  enum class Next { kGoOn, kClose };

  boost::asio::awaitable<Next> ShakeHands();
  boost::asio::awaitable<void> RefusePlain();
  boost::asio::awaitable<Next> ServeOne();
  // What has to hold of a request before its body is read.
  static boost::system::error_code CheckHead(RequestParser& parser);
  boost::asio::awaitable<boost::system::error_code> ReadBody(RequestParser& parser);
  // As the gateway reads it.
  api::Request ToApi(const HttpRequest& request) const;
  // Reads until the parser has that much of the request.
  boost::asio::awaitable<boost::system::error_code> Read(RequestParser& parser, Part part);
  // Gives the parser what has been read already.
  boost::system::error_code Parse(RequestParser& parser, Part part);
  boost::asio::awaitable<Next> Answer(HttpRequest request);
  boost::asio::awaitable<api::Response> WorkOff(std::unique_ptr<api::Job> job);
  // As a fault would have it, or by `Write`.
  boost::asio::awaitable<Next> Deliver(api::Response response, const HttpRequest& request);
  boost::asio::awaitable<void> Delay(std::chrono::milliseconds delay);
  boost::asio::awaitable<void> WriteCut(api::Response response, const HttpRequest& request);
  boost::asio::awaitable<void> Hang();
  boost::asio::awaitable<Next> Write(api::Response response, const HttpRequest& request);
  boost::asio::awaitable<void> RefuseAndClose(const api::ApiError& refusal, RequestParser& parser);
  bool BeginsAsTls(const RequestParser& parser) const;
  boost::asio::awaitable<void> WriteLast(api::Response response, HttpRequest request);
  void Close();
  std::optional<api::ApiError> RefusalOf(boost::system::error_code error,
                                         const RequestParser& parser) const;
  boost::asio::awaitable<void> Linger();

  // The read or write that is under way ends in `operation_aborted` unless it is over, or
  // `Disarm` called, in the idle timeout's time.
  void Arm();
  void Disarm();
  // One wait is under way whatever is armed meanwhile; when it ends it looks what was.
  void AwaitDeadline();

  Connection connection_;
  const Shared& shared_;
  boost::asio::steady_timer deadline_;
  std::chrono::steady_clock::time_point armed_until_;
  bool is_waiting_ = false;  // for the deadline
  boost::asio::steady_timer delay_;
  boost::asio::ip::address peer_;
  std::string peer_text_;
  boost::beast::flat_buffer buffer_;
  bool has_answered_ = false;
  bool has_timed_out_ = false;
  bool is_reading_head_ = false;
  bool is_hanging_ = false;
  bool is_stopping_ = false;
};

}  // namespace synthetics::server
