#include "server/connection.hpp"

#include <utility>

#include <boost/asio/write.hpp>

#include "server/no_throw.hpp"

namespace synthetics::server {

namespace asio = boost::asio;
using boost::system::error_code;

Connection::Connection(Socket socket) : socket_(std::move(socket)) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
}

asio::ip::address Connection::peer() const {
  error_code ignored;
  return socket_.remote_endpoint(ignored).address();
}

asio::awaitable<std::tuple<error_code, char>> Connection::Peek() {
  auto [error] = co_await socket_.async_wait(Socket::wait_read, kNoThrow);
  char first = 0;
  if (!error) socket_.receive(asio::buffer(&first, 1), Socket::message_peek, error);
  co_return std::tuple{error, first};
}

asio::awaitable<error_code> Connection::ShakeHands(const TlsConfig& config) {
  tls_ = std::make_unique<TlsStream>(socket_, config);
  return tls_->ShakeHands();
}

// No coroutines, these: in the clear nothing is paid for what might have been.
asio::awaitable<Connection::Moved> Connection::Read(asio::mutable_buffer into) {
  if (tls_) return tls_->ReadSome(into);
  return socket_.async_read_some(asio::mutable_buffers_1(into), kNoThrow);
}

std::size_t Connection::WriteSome(asio::const_buffer piece, error_code& error) {
  if (tls_) return tls_->WriteSome(piece, error);
  return socket_.write_some(asio::const_buffers_1(piece), error);
}

asio::awaitable<Connection::Moved> Connection::Write(std::array<asio::const_buffer, 2> pieces) {
  if (tls_) return tls_->Write(pieces);
  return asio::async_write(socket_, pieces, kNoThrow);
}

void Connection::Cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::EndWriting() {
  if (tls_) tls_->WriteEnd();
  tls_.reset();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Connection::End() {
  EndWriting();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
}

// Closing without lingering makes the kernel send an RST in place of a FIN.
void Connection::Reset() {
  error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace synthetics::server
