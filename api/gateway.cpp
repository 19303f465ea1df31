#include "api/gateway.hpp"

#include <utility>

#include "api/credential.hpp"
#include "api/operation.hpp"
#include "api/protection.hpp"
#include "api/target.hpp"

namespace synthetics::api {
namespace {

// Events in one slice of catching up: a few milliseconds.
constexpr int kSlice = 256;

// Any fixed number but 0: request ids are drawn beside the world's own chance, which reads would
// otherwise have to store again.
constexpr std::uint64_t kRequestIdSalt = 0x5265715f49645f31;

std::string_view QueryValue(const Target& target, std::string_view key) {
  for (const auto& [name, value] : target.query) {
    if (name == key) return value;
  }
  return {};
}

}  // namespace

// A request that came while much was due: the world is brought up to date first.
class CatchUpJob : public Job {
 public:
  CatchUpJob(Gateway& gateway, const Request& request, Target target, Trace trace)
      : gateway_(gateway),
        request_(request),
        target_(std::move(target)),
        trace_(std::move(trace)) {}

  std::optional<Response> Step() override {
    if (inner_) return inner_->Step();
    if (!gateway_.engine_.CatchUp(kSlice)) return {};
    auto reply = gateway_.Answer(request_, target_, trace_);
    if (auto* response = std::get_if<Response>(&reply)) return std::move(*response);
    inner_ = std::move(std::get<std::unique_ptr<Job>>(reply));
    return {};
  }

 private:
  Gateway& gateway_;
  Request request_;
  Target target_;
  Trace trace_;
  std::unique_ptr<Job> inner_;
};

// A job whose faults are answers too.
class GuardedJob : public Job {
 public:
  GuardedJob(std::unique_ptr<Job> job, Trace trace)
      : job_(std::move(job)), trace_(std::move(trace)) {}

  std::optional<Response> Step() override {
    try {
      return job_->Step();
    } catch (const std::exception& error) {
      return Gateway::Fault(trace_, error);
    }
  }

 private:
  std::unique_ptr<Job> job_;
  Trace trace_;
};

Gateway::Gateway(state::Engine& engine, const state::HostClock& host, Options options)
    : engine_(engine),
      options_(std::move(options)),
      control_(engine, host, options_),
      request_ids_(options_.seed ^ kRequestIdSalt) {}

Reply Gateway::Handle(const Request& request) {
  Trace trace;
  trace.request_id = request_ids_.Uuid();
  try {
    auto reply = HandleGuarded(request, trace);
    auto* const job = std::get_if<std::unique_ptr<Job>>(&reply);
    if (job == nullptr) return reply;
    return std::make_unique<GuardedJob>(std::move(*job), trace);
  } catch (const std::exception& error) {
    return Fault(trace, error);
  }
}

Response Gateway::RefuseUnread(std::string_view target, int status, std::string_view why) {
  const auto parsed = ParseTarget(target);
  if (parsed && Control::Owns(*parsed)) return Control::ToResponse(status, why);
  return ToResponse(status, why);
}

Reply Gateway::HandleGuarded(const Request& request, Trace& trace) {
  const auto target = ParseTarget(request.target);
  const bool is_control = target && Control::Owns(*target);
  if (const auto refusal = RefuseForeignPage(request, options_.allowed_hosts)) {
    return is_control ? Control::ToResponse(*refusal) : ToResponse(*refusal, Family::kResource);
  }
  if (!target) {
    return ToResponse({ErrorKind::kInvalid, "Not a path: " + std::string(request.target)},
                      Family::kResource);
  }
  if (is_control && Control::IsTimeless(*target)) return Answer(request, *target, trace);
  if (engine_.CatchUp(kSlice)) return Answer(request, *target, trace);
  return std::make_unique<CatchUpJob>(*this, request, *target, trace);
}

Reply Gateway::Answer(const Request& request, const Target& target, Trace& trace) {
  if (Control::Owns(target)) return control_.Handle(request, target, trace);
  return AnswerOperation(request, target, trace);
}

Response Gateway::AnswerOperation(const Request& request, const Target& target, Trace& trace) {
  const auto refuse = [&](const ApiError& error, Family family) {
    Response response = ToResponse(error, family);
    response.headers.emplace_back("x-amzn-RequestId", trace.request_id);
    response.trace = trace;
    return response;
  };
  const auto scope =
      ScopeOf(request.authorization, QueryValue(target, "X-Amz-Credential"), options_.defaults);
  if (!scope) return refuse(scope.error(), Family::kResource);
  trace.account = scope->account;
  trace.region = scope->region;
  const auto route = FindRoute(request.method, target);
  if (!route) {
    return refuse({ErrorKind::kUnknownOperation,
                   "No operation has this method and path: " + std::string(request.target)},
                  Family::kResource);
  }
  const Operation& operation = *route->operation;
  trace.operation = operation.name;
  if (operation.invoke == nullptr) {
    return refuse({ErrorKind::kNotImplemented,
                   std::string(operation.name) + " is not emulated by this version."},
                  operation.family);
  }

  Context context{engine_, *scope};
  const Parameters parameters{route->labels, target.query};
  state::Engine::Change change(engine_);
  auto body = operation.invoke(context, {parameters, request.body}, trace.resource);
  if (!body) return refuse(body.error(), operation.family);
  change.Commit();

  Response response;
  response.body = *std::move(body);
  response.headers.emplace_back("x-amzn-RequestId", trace.request_id);
  response.trace = trace;
  return response;
}

Response Gateway::Fault(Trace trace, const std::exception& error) {
  Response response =
      ToResponse({ErrorKind::kInternal, "Internal error " + trace.request_id}, Family::kResource);
  response.headers.emplace_back("x-amzn-RequestId", trace.request_id);
  trace.fault = error.what();
  response.trace = std::move(trace);
  return response;
}

}  // namespace synthetics::api
