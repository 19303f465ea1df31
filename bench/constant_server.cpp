// The least that a server on Beast can do: it reads each request whole and answers with the same
// 200, made beforehand and sent in one write. What a program on Beast takes longer is its own work.
//
// usage: constant_server PORT <BODY
//
// BODY is what it answers with, JSON. It listens on 127.0.0.1; PORT 0 picks a free one. Prints its
// address and then "Ready.", as synthetics-local does.

#include <cstdint>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Tcp::socket socket, const std::string& answer)
      : socket_(std::move(socket)), answer_(answer) {}

  void Read() {
    parser_.emplace();
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (!error) self->Write();
                     });
  }

 private:
  void Write() {
    asio::async_write(socket_, asio::buffer(answer_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error) self->Read();
                      });
  }

  Tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  const std::string& answer_;
};

void Accept(Tcp::acceptor& acceptor, const std::string& answer) {
  acceptor.async_accept([&](error_code error, Tcp::socket socket) {
    if (!error) {
      socket.set_option(Tcp::no_delay(true));
      std::make_shared<Connection>(std::move(socket), answer)->Read();
    }
    Accept(acceptor, answer);
  });
}

std::string MakeAnswer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: constant_server PORT <BODY\n";
    return 2;
  }
  const std::string body(std::istreambuf_iterator<char>(std::cin), {});
  const std::string answer = MakeAnswer(body);
  asio::io_context context(1);
  const auto port = static_cast<std::uint16_t>(std::stoul(argv[1]));
  Tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  Accept(acceptor, answer);
  std::cout << "http://" << acceptor.local_endpoint() << "\nReady." << std::endl;
  context.run();
}
