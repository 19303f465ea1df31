#include "api/gateway.hpp"

#include <utility>

#include "api/auth/admin.hpp"
#include "api/request_ids.hpp"
#include "api/request_job.hpp"
#include "api/target.hpp"

namespace synthetics::api {

Gateway::Gateway(state::Engine& engine, const state::HostClock& host, Options options)
    : engine_(engine),
      host_(host),
      options_(std::move(options)),
      request_ids_(RequestIds(engine.world())),
      journal_(options_.journal_size),
      control_(engine, host, options_, request_ids_, journal_, metrics_) {}

Reply Gateway::Handle(const Request& request) {
  auto job = std::make_unique<RequestJob>(engine_, host_, control_, options_, request, request_ids_,
                                          journal_);
  if (auto response = job->Step()) return *std::move(response);
  return job;
}

std::uint64_t Gateway::LargestBody(Method method, std::string_view target) {
  return Control::LargestBody(method, ParseTarget(target).value_or(Target{}));
}

std::optional<ApiError> Gateway::RefuseHead(const Request& head) const {
  const auto target = ParseTarget(head.target);
  if (!target || !Control::Owns(*target)) return {};
  return RefuseStranger(head, *target, options_.admin_token);
}

Response Gateway::RefuseUnread(std::string_view target, const ApiError& error) {
  const auto parsed = ParseTarget(target);
  const bool is_control = parsed && Control::Owns(*parsed);
  if (is_control) return ToResponse(error, Family::kControl);
  Response response = ToResponse(error, Family::kResource);
  AddExplanation(response, Explanation(error));
  return response;
}

void Gateway::Answered(const Trace& trace, int status, std::chrono::microseconds took) {
  metrics_.Count(trace, status, took);
  journal_.SetDuration(trace.journal_id, took.count());
}

}  // namespace synthetics::api
