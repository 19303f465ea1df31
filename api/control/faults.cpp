#include <utility>

#include "api/control/fault_shapes.hpp"
#include "api/control/given.hpp"
#include "api/control/routes.hpp"
#include "api/operation.hpp"

namespace synthetics::api {
namespace {

ApiError Invalid(std::string message) { return {ErrorKind::kInvalid, std::move(message)}; }

Refusal CheckOperation(const FaultRequest& request) {
  const auto operation = request.match ? request.match->operation : std::nullopt;
  if (!operation || *operation == "*") return {};
  if (IsOperation(*operation)) return {};
  return Invalid("'" + *operation + "' at 'match.operation' is no operation of Synthetics, nor *.");
}

// One of an error, a body, a connection's end and a latency; an error can be late as well.
Refusal CheckKind(const FaultBody& fault) {
  const bool is_error = fault.code.has_value();
  const bool is_late = fault.latency_ms && !is_error;
  if (CountGiven(is_error, is_late, fault.connection.has_value(), fault.body.has_value()) != 1) {
    return Invalid(
        "'fault' takes one of: an error ('status', 'code', 'message'), which may have 'latencyMs';"
        " 'latencyMs' alone; 'connection'; 'body' with a 'status'.");
  }
  if (fault.message && !is_error) return Invalid("'fault.message' is an error's, with a 'code'.");
  const bool needs_status = is_error || fault.body.has_value();
  if (fault.status.has_value() != needs_status) {
    return Invalid("'fault.status' belongs to a 'code' or a 'body', and to nothing else.");
  }
  return {};
}

Refusal CheckNumbers(const FaultRequest& request) {
  constexpr std::int64_t kFirstError = 400;
  const std::int64_t status = request.fault.status.value_or(kFirstError);
  if (request.fault.code && status < kFirstError) {
    return Invalid("An error's 'fault.status' is 400 to 599, not " + std::to_string(status) + ".");
  }
  if (status == 204 || status == 304) return Invalid("An answer of this status has no 'body'.");
  return {};
}

FaultResponse Show(const state::FaultRule& rule) {
  auto told = DecodeStored<FaultRequest>(rule.told);
  return {.id = rule.id,
          .match = told.match.value_or(FaultMatch{}),
          .fault = std::move(told.fault),
          .times = rule.times,
          .probability = told.probability.value_or(1),
          .after_requests = rule.after_requests,
          .hits = rule.hits};
}

ApiError NoSuchRule(std::int64_t id) {
  return {ErrorKind::kNotFound, "There is no fault rule " + std::to_string(id) + "."};
}

}  // namespace

Result<Created<FaultResponse>> PostFault(ControlContext& context, const FaultRequest& request) {
  if (auto refusal = CheckOperation(request)) return *std::move(refusal);
  if (auto refusal = CheckKind(request.fault)) return *std::move(refusal);
  if (auto refusal = CheckNumbers(request)) return *std::move(refusal);
  state::FaultRule rule{.told = Encode(request),
                        .times = request.times,
                        .after_requests = request.after_requests.value_or(0)};
  state::Engine::Change change(context.engine);
  context.engine.store().faults.Insert(rule);
  change.Commit();
  return Created<FaultResponse>{Show(rule)};
}

Result<FaultsResponse> GetFaults(ControlContext& context, const Empty& /*request*/) {
  FaultsResponse response;
  for (const state::FaultRule& rule : context.engine.store().faults.All()) {
    response.faults.push_back(Show(rule));
  }
  return response;
}

Result<FaultResponse> GetFault(ControlContext& context, const FaultId& request) {
  const auto rule = context.engine.store().faults.Find(request.id);
  if (!rule) return NoSuchRule(request.id);
  return Show(*rule);
}

Result<NoContent> DeleteFaults(ControlContext& context, const Empty& /*request*/) {
  state::Engine::Change change(context.engine);
  context.engine.store().faults.Clear();
  change.Commit();
  return NoContent{};
}

Result<NoContent> DeleteFault(ControlContext& context, const FaultId& request) {
  state::Engine::Change change(context.engine);
  if (!context.engine.store().faults.Remove(request.id)) return NoSuchRule(request.id);
  change.Commit();
  return NoContent{};
}

}  // namespace synthetics::api
