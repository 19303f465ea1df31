// The shapes of the control plane's faults.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/control/shapes.hpp"

namespace synthetics::api {

// Which requests; what is not said matches all.
struct FaultMatch {
  std::optional<std::string> operation;  // `*`: every one
  std::optional<std::string> resource;
  std::optional<std::string> account;
  std::optional<std::string> region;
};
template <>
struct ShapeOf<FaultMatch> {
  static constexpr std::array kFields{
      Optional<&FaultMatch::operation>("operation"),
      Optional<&FaultMatch::resource>("resource"),
      Optional<&FaultMatch::account>("account", kAccount),
      Optional<&FaultMatch::region>("region", kRegion),
  };
};

inline constexpr Constraint kFaultStatus{.min = 200, .max = 599};
// It becomes a header.
inline constexpr Constraint kFaultCode{.pattern = "[A-Za-z0-9_.:#/-]{1,128}"};
inline constexpr Constraint kLatency{.min = 1, .max = 3'600'000};  // an hour
inline constexpr std::array<std::string_view, 3> kConnectionFaults{"reset", "close", "hang"};
inline constexpr Constraint kConnectionFault{.values = kConnectionFaults};

struct FaultBody {
  std::optional<std::int64_t> status;
  std::optional<std::string> code;
  std::optional<std::string> message;
  std::optional<std::int64_t> latency_ms;
  std::optional<std::string> connection;
  std::optional<std::string> body;
};
template <>
struct ShapeOf<FaultBody> {
  static constexpr std::array kFields{
      Optional<&FaultBody::status>("status", kFaultStatus),
      Optional<&FaultBody::code>("code", kFaultCode),
      Optional<&FaultBody::message>("message"),
      Optional<&FaultBody::latency_ms>("latencyMs", kLatency),
      Optional<&FaultBody::connection>("connection", kConnectionFault),
      Optional<&FaultBody::body>("body"),
  };
};

inline constexpr Constraint kFaultCount{.min = 0};

struct FaultRequest {
  std::optional<FaultMatch> match;
  FaultBody fault;
  std::optional<std::int64_t> times;
  std::optional<double> probability;
  std::optional<std::int64_t> after_requests;
};
template <>
struct ShapeOf<FaultRequest> {
  static constexpr std::array kFields{
      Optional<&FaultRequest::match>("match"),
      Required<&FaultRequest::fault>("fault"),
      Optional<&FaultRequest::times>("times", kFaultCount),
      Optional<&FaultRequest::probability>("probability", kProbability),
      Optional<&FaultRequest::after_requests>("afterRequests", kFaultCount),
  };
};

struct FaultId {
  std::int64_t id = 0;
};
template <>
struct ShapeOf<FaultId> {
  static constexpr std::array kFields{Label<&FaultId::id>("id")};
};

// `times` and `afterRequests` are what is left of them.
struct FaultResponse {
  std::int64_t id = 0;
  FaultMatch match;
  FaultBody fault;
  std::optional<std::int64_t> times;
  double probability = 1;
  std::int64_t after_requests = 0;
  std::int64_t hits = 0;
};
template <>
struct ShapeOf<FaultResponse> {
  static constexpr std::array kFields{
      Required<&FaultResponse::id>("id"),
      Required<&FaultResponse::match>("match"),
      Required<&FaultResponse::fault>("fault"),
      Optional<&FaultResponse::times>("times"),
      Required<&FaultResponse::probability>("probability"),
      Required<&FaultResponse::after_requests>("afterRequests"),
      Required<&FaultResponse::hits>("hits"),
  };
};

struct FaultsResponse {
  std::vector<FaultResponse> faults;
};
template <>
struct ShapeOf<FaultsResponse> {
  static constexpr std::array kFields{Required<&FaultsResponse::faults>("faults")};
};

}  // namespace synthetics::api
