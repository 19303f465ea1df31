// A request and its answer as values: this room knows no sockets.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "state/names.hpp"

namespace synthetics::api {

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kSnapshotType = "application/vnd.sqlite3";
inline constexpr std::string_view kPemType = "application/x-pem-file";
inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4";

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOther };

// `kOther` is for those that are not asked for here, and has none.
inline constexpr state::NameTable<Method, 7> kMethodNames{{
    {Method::kGet, "GET"},
    {Method::kHead, "HEAD"},
    {Method::kPost, "POST"},
    {Method::kPut, "PUT"},
    {Method::kPatch, "PATCH"},
    {Method::kDelete, "DELETE"},
    {Method::kOther, ""},
}};

// A header as it was sent.
struct Header {
  std::string name;
  std::string value;
};

// Views into what the caller keeps alive until the request is answered. An absent header is empty.
struct Request {
  Method method = Method::kOther;
  std::string_view target;  // as sent: percent-encoded, with its query
  std::string_view authorization;
  std::string_view content_type;
  std::string_view host;
  std::string_view origin;
  std::string_view body;
  std::string_view user_agent = {};
  std::span<const Header> headers = {};  // all, in their order; none where nobody verifies them
  std::string_view peer = {};            // the IP address of whoever sent it
  bool is_secure = false;                // it came by TLS
  bool is_loopback = false;              // that is this machine, by its loopback interface
};

// What the access log says of a request, beside its status and its time.
struct Trace {
  std::string operation;  // empty for a route that is none
  std::string resource;
  std::string account;
  std::string region;
  std::string access_key_id;  // of whom has signed the request; empty where nobody verifies that
  std::string request_id;
  std::string fault;  // why a 500 is one; empty otherwise
  std::string warning;
  std::string explain;  // why a refusal is one; empty otherwise
  std::int64_t journal_id = 0;
  bool is_control = false;  // the control plane answered
};

// How an answer leaves, where a fault makes that differ.
struct Delivery {
  enum class End {
    kWhole,
    kCut,    // in the middle of its body
    kReset,  // nothing is sent, and the connection reset
    kHang,   // nothing is sent
  };

  std::chrono::milliseconds delay{0};  // in real time
  End end = End::kWhole;
};

// The status of what is not answered.
inline constexpr int kNoAnswer = 0;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;  // JSON, unless a header says otherwise
  Trace trace;
  Delivery delivery;
};

}  // namespace synthetics::api
