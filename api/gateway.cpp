#include "api/gateway.hpp"

#include <utility>

#include "api/request_job.hpp"
#include "api/target.hpp"

namespace synthetics::api {
namespace {

// Any fixed number but 0: request ids are drawn beside the world's own chance, which reads would
// otherwise have to store again.
constexpr std::uint64_t kRequestIdSalt = 0x5265715f49645f31;

}  // namespace

Gateway::Gateway(state::Engine& engine, const state::HostClock& host, Options options)
    : engine_(engine),
      options_(std::move(options)),
      control_(engine, host, options_),
      request_ids_(engine.world().seed ^ kRequestIdSalt) {}

Reply Gateway::Handle(const Request& request) {
  auto job =
      std::make_unique<RequestJob>(engine_, control_, options_, request, request_ids_.Uuid());
  if (auto response = job->Step()) return *std::move(response);
  return job;
}

Response Gateway::RefuseUnread(std::string_view target, const ApiError& error) {
  const auto parsed = ParseTarget(target);
  const bool is_control = parsed && Control::Owns(*parsed);
  return ToResponse(error, is_control ? Family::kControl : Family::kResource);
}

}  // namespace synthetics::api
