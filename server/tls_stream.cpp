#include "server/tls_stream.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mbedtls/net_sockets.h>

#include "server/no_throw.hpp"

namespace synthetics::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Before others have a turn. A multiple of a record's size, as a record that has not left whole has
// to be begun again with the same bytes.
constexpr std::size_t kMostWritten = 64UL * 1024;

// Before others have a turn, too: mbedTLS goes on by itself from a warning to what follows it.
constexpr std::size_t kMostRead = 64UL * 1024;

error_code ErrorOf(int result) {
  switch (result) {
    case 0:
    case MBEDTLS_ERR_SSL_CONN_EOF:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
      return asio::error::eof;
    case MBEDTLS_ERR_SSL_WANT_READ:
    case MBEDTLS_ERR_SSL_WANT_WRITE:
      return asio::error::would_block;
    default:
      return TlsError(result);
  }
}

}  // namespace

TlsStream::TlsStream(tcp::socket& socket, const TlsConfig& config)
    : socket_(socket), readable_(kMostRead) {
  CheckTls(mbedtls_ssl_setup(ssl_.get(), config.get()));
  mbedtls_ssl_set_bio(ssl_.get(), this, &Send, &Receive, nullptr);
}

int TlsStream::Receive(void* self, unsigned char* into, std::size_t size) {
  auto& stream = *static_cast<TlsStream*>(self);
  if (stream.readable_ == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  error_code error;
  const std::size_t got =
      stream.socket_.read_some(asio::buffer(into, std::min(size, stream.readable_)), error);
  stream.readable_ -= got;
  if (!error) return static_cast<int>(got);
  if (error == asio::error::would_block) return MBEDTLS_ERR_SSL_WANT_READ;
  return error == asio::error::eof ? MBEDTLS_ERR_SSL_CONN_EOF : MBEDTLS_ERR_NET_RECV_FAILED;
}

int TlsStream::Send(void* self, const unsigned char* from, std::size_t size) {
  error_code error;
  const std::size_t sent =
      static_cast<TlsStream*>(self)->socket_.write_some(asio::buffer(from, size), error);
  if (!error) return static_cast<int>(sent);
  return error == asio::error::would_block ? MBEDTLS_ERR_SSL_WANT_WRITE
                                           : MBEDTLS_ERR_NET_SEND_FAILED;
}

asio::awaitable<error_code> TlsStream::ShakeHands() {
  while (true) {
    const int result = mbedtls_ssl_handshake(ssl_.get());
    if (result == 0) co_return error_code{};
    const error_code error = co_await Await(result);
    if (error) co_return error;
  }
}

asio::awaitable<TlsStream::Moved> TlsStream::ReadSome(asio::mutable_buffer into) {
  // Whoever sends without a pause lets others have a turn.
  co_await asio::post(socket_.get_executor(), asio::use_awaitable);
  readable_ = kMostRead;
  while (true) {
    const int result =
        mbedtls_ssl_read(ssl_.get(), static_cast<unsigned char*>(into.data()), into.size());
    if (result > 0) co_return Moved{error_code{}, static_cast<std::size_t>(result)};
    const error_code error = co_await Await(result);
    if (error) co_return Moved{error, 0};
  }
}

asio::awaitable<TlsStream::Moved> TlsStream::Write(std::array<asio::const_buffer, 2> pieces) {
  std::size_t sent = 0;
  for (asio::const_buffer piece : pieces) {
    while (piece.size() > 0) {
      error_code error;
      const std::size_t size = WriteSome(asio::buffer(piece, kMostWritten), error);
      piece += size;
      sent += size;
      if (error == asio::error::would_block) error = co_await Await(MBEDTLS_ERR_SSL_WANT_WRITE);
      if (error) co_return Moved{error, sent};
      co_await asio::post(socket_.get_executor(), asio::use_awaitable);
    }
  }
  co_return Moved{error_code{}, sent};
}

std::size_t TlsStream::WriteSome(asio::const_buffer piece, error_code& error) {
  const std::size_t size = piece.size();
  while (piece.size() > 0) {
    const int result = mbedtls_ssl_write(
        ssl_.get(), static_cast<const unsigned char*>(piece.data()), piece.size());
    if (result <= 0) {
      error = ErrorOf(result);
      break;
    }
    piece += static_cast<std::size_t>(result);
  }
  return size - piece.size();
}

void TlsStream::WriteEnd() { mbedtls_ssl_close_notify(ssl_.get()); }

// Until the socket is ready for what that result of mbedTLS's waits for; its error, if it is one.
asio::awaitable<error_code> TlsStream::Await(int result) {
  const error_code error = ErrorOf(result);
  if (error != asio::error::would_block) co_return error;
  const auto what =
      result == MBEDTLS_ERR_SSL_WANT_READ ? tcp::socket::wait_read : tcp::socket::wait_write;
  const auto [failure] = co_await socket_.async_wait(what, kNoThrow);
  readable_ = kMostRead;
  co_return failure;
}

}  // namespace synthetics::server
