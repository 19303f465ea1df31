// A connection, in the clear or by TLS: what a session and a probe read from and write to.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <tuple>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/tls_stream.hpp"

namespace synthetics::server {

class Connection {
 public:
  using Moved = TlsStream::Moved;
  using Socket = boost::asio::ip::tcp::socket;

  explicit Connection(Socket socket);

  Socket::executor_type executor() { return socket_.get_executor(); }

  // Whose it is; unspecified where that has gone already.
  boost::asio::ip::address peer() const;

  // The first byte that has not been read yet, which is not read by this either.
  boost::asio::awaitable<std::tuple<boost::system::error_code, char>> Peek();

  // From here on by TLS. The configuration has to outlive the connection.
  boost::asio::awaitable<boost::system::error_code> ShakeHands(const TlsConfig& config);

  // Some bytes, at least one unless there is an error: `eof` at the end.
  boost::asio::awaitable<Moved> Read(boost::asio::mutable_buffer into);

  // What can be written at once; the rest, `would_block` where there is some, is for `Write`.
  std::size_t WriteSome(boost::asio::const_buffer piece, boost::system::error_code& error);

  // All of it.
  boost::asio::awaitable<Moved> Write(std::array<boost::asio::const_buffer, 2> pieces);

  // What is awaited ends in `operation_aborted`.
  void Cancel();

  // Nothing more is sent; what still comes is read as it comes, and not deciphered.
  void EndWriting();
  void End();

  // With an RST in place of a FIN.
  void Reset();

 private:
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace synthetics::server
