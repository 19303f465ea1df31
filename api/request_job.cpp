#include "api/request_job.hpp"

#include <utility>

#include "api/auth/admin.hpp"
#include "api/auth/authorize.hpp"
#include "api/auth/signature.hpp"
#include "api/credential.hpp"
#include "api/faults.hpp"
#include "api/protection.hpp"

namespace synthetics::api {
namespace {

// Without the query, where a presigned request has its signature.
std::string PathOf(const Request& request) {
  return std::string(request.target.substr(0, request.target.find('?')));
}

ApiError RefusalOf(const Operation& operation, ApiError error) {
  if (error.kind == ErrorKind::kTooLarge && !operation.can_be_too_large) {
    error.kind = ErrorKind::kInvalid;
  }
  return error;
}

}  // namespace

RequestJob::RequestJob(state::Engine& engine, const state::HostClock& host, Control& control,
                       const Options& options, const Request& request, state::Random& request_ids,
                       Journal& journal, UsedActions& used_actions)
    : engine_(engine),
      host_(host),
      control_(control),
      options_(options),
      request_ids_(request_ids),
      journal_(journal),
      used_actions_(used_actions),
      request_(request),
      target_(ParseTarget(request.target)) {
  if (target_ && Control::Owns(*target_)) family_ = Family::kControl;
  // The control plane's requests do not count: a health check must not change a session's ids.
  if (family_ != Family::kControl) trace_.request_id = request_ids_.Uuid();
}

std::optional<Response> RequestJob::Step() {
  try {
    auto response = StepGuarded();
    if (!response) return {};
    return Finish(*std::move(response));
  } catch (const std::exception& error) {
    trace_.fault = error.what();
    if (trace_.request_id.empty()) trace_.request_id = request_ids_.Uuid();
    return Finish(
        ToResponse({ErrorKind::kInternal, "Internal error " + trace_.request_id}, family_));
  }
}

std::optional<Response> RequestJob::StepGuarded() {
  if (unsettled_ != 0) {
    engine_.Settle(unsettled_);
    return std::move(response_);
  }
  response_ = Work();
  if (!response_) return {};
  unsettled_ = engine_.Unsettled();
  if (unsettled_ != 0) return {};
  return std::move(response_);
}

std::optional<Response> RequestJob::Work() {
  if (inner_) return inner_->Step();
  if (const auto refusal = RefuseRoute()) return Refuse(*refusal);
  const bool is_timeless =
      family_ == Family::kControl && Control::IsTimeless(request_.method, *target_);
  if (!is_timeless && !HasCaughtUp()) return {};
  if (family_ == Family::kControl) return AnswerControl();
  auto response = AnswerOperation();
  if (!response) return Refuse(response.error());
  return *std::move(response);
}

bool RequestJob::HasCaughtUp() {
  try {
    return engine_.CatchUp(state::kSlice);
  } catch (const std::exception& error) {
    // What is due cannot be stored: time stands still, and whoever only reads can be answered.
    trace_.warning = std::string("time stands still: ") + error.what();
    return true;
  }
}

std::optional<ApiError> RequestJob::RefuseRoute() {
  if (auto refusal = RefuseForeignPage(request_, options_.allowed_hosts)) return refusal;
  if (target_ && family_ == Family::kControl) {
    return RefuseStranger(request_, *target_, options_.admin_token);
  }
  if (target_) return {};
  return ApiError{ErrorKind::kInvalid, "Not a path: " + PathOf(request_)};
}

std::optional<Response> RequestJob::AnswerControl() {
  auto reply = control_.Handle(request_, *target_);
  if (auto* response = std::get_if<Response>(&reply)) return std::move(*response);
  inner_ = std::move(std::get<std::unique_ptr<Job>>(reply));
  return inner_->Step();
}

Result<state::Scope> RequestJob::Identify() {
  if (options_.auth == Auth::kOff) {
    return ScopeOf(request_.authorization, QueryValue(*target_, "X-Amz-Credential"),
                   options_.defaults);
  }
  const auto signer = VerifySignature(request_, *target_, options_.principals, host_.Now());
  if (!signer) return signer.error();
  principal_ = signer->principal;
  trace_.access_key_id = principal_->access_key_id;
  auto scope = ScopeOf({}, signer->credential, options_.defaults);
  if (scope && principal_->account) scope->account = *principal_->account;
  return scope;
}

Result<Response> RequestJob::AnswerOperation() {
  const auto route = FindRoute(request_.method, *target_);
  if (route) {
    trace_.operation = route->operation->name;
    family_ = route->operation->family;
  }
  const auto scope = Identify();
  if (!scope) return scope.error();
  trace_.account = scope->account;
  trace_.region = scope->region;
  if (!route) {
    return ApiError{ErrorKind::kUnknownOperation,
                    "No operation has this method and path: " + PathOf(request_)};
  }
  const Parameters parameters{route->labels, target_->query};
  const Call call{parameters, request_.body};
  Context context{.engine = engine_, .scope = *scope, .options = options_};
  if (auto refusal = Permit(context, *route->operation, call)) return *std::move(refusal);
  if (auto failure = Fail(*route)) return *std::move(failure);
  return Invoke(context, *route->operation, call);
}

Refusal RequestJob::Permit(Context& context, const Operation& operation, const Call& call) {
  if (options_.auth != Auth::kIam && options_.auth != Auth::kAudit) return {};
  auto refusal = Authorize({*principal_, operation, call, request_, context}, used_actions_);
  if (!refusal || options_.auth == Auth::kIam) return refusal;
  trace_.warning = "Would have been denied: " + refusal->message;
  trace_.explain = trace_.warning;
  return {};
}

std::optional<Response> RequestJob::Fail(const Route& route) {
  if (engine_.store().faults.IsEmpty()) return {};
  trace_.resource = ResourceOf(route, request_.body);
  auto fault = MeetFault(engine_, trace_);
  if (!fault) return {};
  trace_.explain = fault->explain;
  delivery_ = fault->delivery;
  return std::move(fault->answer);
}

Result<Response> RequestJob::Invoke(Context& context, const Operation& operation,
                                    const Call& call) {
  state::Engine::Change change(engine_);
  auto body = operation.invoke(context, call, trace_.resource);
  if (!context.warning.empty()) trace_.warning = std::move(context.warning);
  if (!body) return RefusalOf(operation, body.error());
  change.Join();
  Response response;
  response.body = *std::move(body);
  return response;
}

Response RequestJob::Refuse(const ApiError& error) {
  if (!trace_.explain.empty()) trace_.explain += " ";
  trace_.explain += Explanation(error);
  return ToResponse(error, family_);
}

Response RequestJob::Finish(Response response) {
  if (family_ == Family::kControl) {
    trace_.explain.clear();
    trace_.is_control = true;
    response.trace = trace_;
    return response;
  }
  response.headers.emplace_back("x-amzn-RequestId", trace_.request_id);
  if (!trace_.explain.empty()) AddExplanation(response, trace_.explain);
  response.delivery = delivery_;
  response.trace = trace_;
  response.trace.journal_id = journal_.Add(engine_.now(), request_, response);
  return response;
}

}  // namespace synthetics::api
