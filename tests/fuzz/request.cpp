// Requests at the gateway, one after the other: whatever they are, none makes a fault of our own,
// and each has an answer of its form. An input is requests with lines of `%%` between, each a line
// `METHOD target`, lines `header: value`, an empty line and the body.
#include <array>
#include <utility>

#include "tests/fuzz/world.hpp"

using namespace synthetics;
using tests::Cut;

namespace {

constexpr std::array<std::pair<std::string_view, api::Method>, 6> kMethods{
    {{"GET", api::Method::kGet},
     {"HEAD", api::Method::kHead},
     {"POST", api::Method::kPost},
     {"PUT", api::Method::kPut},
     {"PATCH", api::Method::kPatch},
     {"DELETE", api::Method::kDelete}}};

constexpr std::array<std::pair<std::string_view, std::string_view api::Request::*>, 5> kHeaders{
    {{"authorization", &api::Request::authorization},
     {"content-type", &api::Request::content_type},
     {"host", &api::Request::host},
     {"origin", &api::Request::origin},
     {"user-agent", &api::Request::user_agent}}};

api::Request ReadRequest(std::string_view text) {
  api::Request request{.method = api::Method::kOther,
                       .target = {},
                       .authorization = {},
                       .content_type = "application/json",
                       .host = {},
                       .origin = {},
                       .body = {}};
  request.target = Cut(text, "\n");
  const std::string_view name = Cut(request.target, " ");
  for (const auto& [method, value] : kMethods) {
    if (method == name) request.method = value;
  }
  while (!text.empty()) {
    std::string_view value = Cut(text, "\n");
    if (value.empty()) break;
    const std::string_view header = Cut(value, ": ");
    for (const auto& [known, member] : kHeaders) {
      if (known == header) request.*member = value;
    }
  }
  request.body = text;
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static tests::World world;
  world.Begin();
  std::string_view rest = tests::TextOf(data, size);
  while (!rest.empty()) world.Send(ReadRequest(Cut(rest, "\n%%\n")));
  world.Send(api::Method::kPost, "/_emulator/clock/advance", R"({"seconds":4000})");
  world.Send(api::Method::kPost, "/canaries");
  return 0;
}
