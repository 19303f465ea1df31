// The bytes of a connection: however they are cut on their way, they are the same requests.
#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "server/http_request.hpp"
#include "tests/fuzz/check.hpp"

using namespace synthetics;
using server::HttpRequest;
using server::Part;
using server::RequestParser;
using tests::Expect;

namespace {

struct Reading {
  std::vector<HttpRequest> requests;
  bool is_refused = false;  // what follows the requests; else more is waited for
};

auto Content(const HttpRequest& request) {
  return std::tie(request.method, request.target, request.authorization, request.content_type,
                  request.host, request.origin, request.user_agent, request.body, request.verb,
                  request.version, request.keep_alive, request.expects_continue);
}

// Reads as a session does; `size_of_next` says how many bytes arrive the next time.
template <class SizeOfNext>
Reading ReadAll(std::string_view bytes, SizeOfNext size_of_next) {
  std::size_t begin = 0;  // of what has arrived and is not read
  std::size_t end = 0;
  Reading reading;
  const auto read = [&](RequestParser& parser, Part part) {
    while (true) {
      RequestParser::ErrorCode error;
      const std::size_t size = parser.Read(bytes.substr(begin, end - begin), part, error);
      Expect(size <= end - begin, "nothing is read that has not arrived", bytes);
      begin += size;
      reading.is_refused = error.failed();
      if (error) return false;
      if (parser.Has(part)) return true;
      if (end == bytes.size()) return false;
      end = std::min(bytes.size(), end + size_of_next());
    }
  };
  while (true) {
    RequestParser parser;
    if (!read(parser, Part::kHead) || !read(parser, Part::kAll)) return reading;
    reading.requests.push_back(parser.Take());
    if (!reading.requests.back().keep_alive) return reading;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = tests::TextOf(data, size);
  const Reading whole = ReadAll(bytes, [&] { return bytes.size(); });
  const Reading single = ReadAll(bytes, [] { return std::size_t{1}; });
  // The same input has the same cuts each time.
  std::minstd_rand random(static_cast<unsigned>(size));
  const Reading cut = ReadAll(bytes, [&] { return 1 + random() % 16; });
  for (const Reading* const other : {&single, &cut}) {
    Expect(std::ranges::equal(whole.requests, other->requests, {}, Content, Content),
           "the same requests, however their bytes are cut", bytes);
  }
  return 0;
}
