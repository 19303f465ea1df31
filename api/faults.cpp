#include "api/faults.hpp"

#include <algorithm>
#include <chrono>

#include "api/arn.hpp"
#include "api/control/fault_shapes.hpp"
#include "api/error.hpp"

namespace synthetics::api {
namespace {

constexpr std::string_view kEverything = "*";

template <class Matches>
bool IsMatch(const std::optional<std::string>& wanted, Matches matches) {
  return !wanted || matches(*wanted);
}

bool Matches(const FaultMatch& match, const Trace& request) {
  const auto is_operation = [&](const std::string& wanted) {
    return wanted == kEverything || wanted == request.operation;
  };
  const auto is_resource = [&](const std::string& wanted) {
    return IsResource(request.resource, wanted);
  };
  const auto is_account = [&](const std::string& wanted) { return wanted == request.account; };
  const auto is_region = [&](const std::string& wanted) { return wanted == request.region; };
  return IsMatch(match.operation, is_operation) && IsMatch(match.resource, is_resource) &&
         IsMatch(match.account, is_account) && IsMatch(match.region, is_region);
}

// Counts what has to be counted, and says whether the rule has its hit.
bool Hits(state::Engine& engine, state::FaultRule& rule, double probability) {
  const bool passes = rule.after_requests > 0;
  if (passes) {
    --rule.after_requests;
  } else {
    if (!engine.Happens(probability)) return false;
    ++rule.hits;
    if (rule.times) --*rule.times;
  }
  engine.store().faults.Save(rule);
  return !passes;
}

Delivery DeliveryOf(const FaultBody& fault) {
  Delivery delivery;
  delivery.delay = std::chrono::milliseconds{fault.latency_ms.value_or(0)};
  if (fault.connection == "reset") delivery.end = Delivery::End::kReset;
  if (fault.connection == "close") delivery.end = Delivery::End::kCut;
  if (fault.connection == "hang") delivery.end = Delivery::End::kHang;
  return delivery;
}

std::optional<Response> AnswerOf(const FaultBody& fault) {
  Response response;
  response.status = static_cast<int>(fault.status.value_or(kNoAnswer));
  if (fault.code) {
    response.headers.emplace_back("x-amzn-ErrorType", *fault.code);
    response.body = ServiceBody(fault.message.value_or(""));
    return response;
  }
  if (fault.body) {
    response.headers.emplace_back("Content-Type", "text/plain");
    response.body = *fault.body;
    return response;
  }
  if (fault.connection == "reset" || fault.connection == "hang") return response;
  return {};
}

std::string Explain(std::int64_t id, const FaultBody& fault, std::string_view operation) {
  std::string deed;
  if (fault.code || fault.body) {
    deed = "answered " + std::to_string(*fault.status) + " in place of " + std::string(operation);
  } else if (fault.connection) {
    deed = "met " + std::string(operation) + " with connection '" + *fault.connection + "'";
  } else {
    deed = "delayed " + std::string(operation) + " by " + std::to_string(*fault.latency_ms) + " ms";
  }
  const std::string number = std::to_string(id);
  return "Fault rule " + number + " " + deed + "; DELETE /_emulator/faults/" + number +
         " removes it.";
}

}  // namespace

std::string ResourceOf(const Route& route, std::string_view body) {
  if (!route.labels.empty()) return route.labels.front().second;
  const bool has_name = std::ranges::any_of(
      route.operation->request, [](const Field& field) { return field.name == "Name"; });
  if (!has_name) return {};
  const auto document = ParseJson(body);
  const Json* const name = document ? FindMember(*document, "Name") : nullptr;
  if (name == nullptr || !name->IsString()) return {};
  return std::string(Text(*name));
}

bool IsResource(std::string_view resource, std::string_view wanted) {
  if (resource == wanted) return true;
  const auto arn = ParseResourceArn(resource);
  return arn && arn->name == wanted;
}

std::optional<Fault> MeetFault(state::Engine& engine, const Trace& request) {
  state::Engine::Change change(engine);
  std::optional<Fault> met;
  for (state::FaultRule& rule : engine.store().faults.All()) {
    const auto told = DecodeStored<FaultRequest>(rule.told);
    if (rule.times == 0 || !Matches(told.match.value_or(FaultMatch{}), request)) continue;
    if (!Hits(engine, rule, told.probability.value_or(1))) continue;
    met = Fault{.answer = AnswerOf(told.fault),
                .delivery = DeliveryOf(told.fault),
                .explain = Explain(rule.id, told.fault, request.operation)};
    break;
  }
  change.Commit();
  return met;
}

}  // namespace synthetics::api
