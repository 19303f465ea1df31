#include "api/request_job.hpp"

#include <utility>

#include "api/credential.hpp"
#include "api/protection.hpp"

namespace synthetics::api {
namespace {

std::string_view QueryValue(const Target& target, std::string_view key) {
  for (const auto& [name, value] : target.query) {
    if (name == key) return value;
  }
  return {};
}

ApiError RefusalOf(const Operation& operation, ApiError error) {
  if (error.kind == ErrorKind::kTooLarge && !operation.can_be_too_large) {
    error.kind = ErrorKind::kInvalid;
  }
  return error;
}

}  // namespace

RequestJob::RequestJob(state::Engine& engine, Control& control, const Options& options,
                       const Request& request, state::Random& request_ids)
    : engine_(engine),
      control_(control),
      options_(options),
      request_ids_(request_ids),
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
  if (inner_) return inner_->Step();
  if (const auto refusal = RefuseRoute()) return ToResponse(*refusal, family_);
  const bool is_timeless =
      family_ == Family::kControl && Control::IsTimeless(request_.method, *target_);
  if (!is_timeless && !engine_.CatchUp(state::kSlice)) return {};
  if (family_ == Family::kControl) return AnswerControl();
  auto response = AnswerOperation();
  if (!response) return ToResponse(response.error(), family_);
  return *std::move(response);
}

std::optional<ApiError> RequestJob::RefuseRoute() {
  if (auto refusal = RefuseForeignPage(request_, options_.allowed_hosts)) return refusal;
  if (target_) return {};
  return ApiError{ErrorKind::kInvalid, "Not a path: " + std::string(request_.target)};
}

std::optional<Response> RequestJob::AnswerControl() {
  auto reply = control_.Handle(request_, *target_);
  if (auto* response = std::get_if<Response>(&reply)) return std::move(*response);
  inner_ = std::move(std::get<std::unique_ptr<Job>>(reply));
  return inner_->Step();
}

Result<Response> RequestJob::AnswerOperation() {
  const auto scope =
      ScopeOf(request_.authorization, QueryValue(*target_, "X-Amz-Credential"), options_.defaults);
  if (!scope) return scope.error();
  trace_.account = scope->account;
  trace_.region = scope->region;
  const auto route = FindRoute(request_.method, *target_);
  if (!route) {
    return ApiError{ErrorKind::kUnknownOperation,
                    "No operation has this method and path: " + std::string(request_.target)};
  }
  const Operation& operation = *route->operation;
  trace_.operation = operation.name;
  family_ = operation.family;

  Context context{.engine = engine_, .scope = *scope, .options = options_};
  const Parameters parameters{route->labels, target_->query};
  state::Engine::Change change(engine_);
  auto body = operation.invoke(context, {parameters, request_.body}, trace_.resource);
  trace_.warning = std::move(context.warning);
  if (!body) return RefusalOf(operation, body.error());
  change.Commit();
  Response response;
  response.body = *std::move(body);
  return response;
}

Response RequestJob::Finish(Response response) const {
  if (family_ != Family::kControl) {
    response.headers.emplace_back("x-amzn-RequestId", trace_.request_id);
  }
  response.trace = trace_;
  return response;
}

}  // namespace synthetics::api
