// A connection's encryption: bytes in the clear on this side, TLS on its socket's.
#pragma once

#include <array>
#include <cstddef>
#include <tuple>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <mbedtls/ssl.h>

#include "server/tls_config.hpp"
#include "server/tls_library.hpp"

namespace synthetics::server {

// Reads and writes as much as the socket, which does not block, has or takes; where that is nothing
// it waits for the socket, so that a cancel of the socket's ends any of these. `eof` is the other
// side's end, whether it was announced or not: a request tells its length itself.
class TlsStream {
 public:
  // An error, and how many bytes were moved before it.
  using Moved = std::tuple<boost::system::error_code, std::size_t>;

  // Both have to outlive it.
  TlsStream(boost::asio::ip::tcp::socket& socket, const TlsConfig& config);
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;
  ~TlsStream() = default;

  boost::asio::awaitable<boost::system::error_code> ShakeHands();
  boost::asio::awaitable<Moved> ReadSome(boost::asio::mutable_buffer into);
  boost::asio::awaitable<Moved> Write(std::array<boost::asio::const_buffer, 2> pieces);

  // What can be written at once. What is left, `would_block` says that there is some, has to be
  // given to `Write` next.
  std::size_t WriteSome(boost::asio::const_buffer piece, boost::system::error_code& error);

  // Tells the other side that nothing follows, if it can be told at once.
  void WriteEnd();

 private:
  // For mbedTLS.
  static int Receive(void* self, unsigned char* into, std::size_t size);
  static int Send(void* self, const unsigned char* from, std::size_t size);

  boost::asio::awaitable<boost::system::error_code> Await(int result);

  boost::asio::ip::tcp::socket& socket_;
  std::size_t readable_ = 0;  // bytes, before others have a turn
  TlsHandle<mbedtls_ssl_context, mbedtls_ssl_init, mbedtls_ssl_free> ssl_;
};

}  // namespace synthetics::server
