// The way of one request, from its head to its answer.
#pragma once

#include <optional>

#include "api/control/control.hpp"
#include "api/error.hpp"
#include "api/job.hpp"
#include "api/operation.hpp"
#include "api/options.hpp"
#include "api/target.hpp"
#include "state/engine/engine.hpp"

namespace synthetics::api {

class RequestJob : public Job {
 public:
  RequestJob(state::Engine& engine, Control& control, const Options& options,
             const Request& request, state::Random& request_ids);

  // Brings the world up to date, then answers. Catches what nobody can answer for, the one place
  // that does: a 500 with an id that is in the log.
  std::optional<Response> Step() override;

  std::chrono::milliseconds Pause() const override {
    return inner_ ? inner_->Pause() : std::chrono::milliseconds{0};
  }

 private:
  std::optional<Response> StepGuarded();
  std::optional<ApiError> RefuseRoute();
  std::optional<Response> AnswerControl();
  Result<Response> AnswerOperation();
  Response Finish(Response response) const;

  state::Engine& engine_;
  Control& control_;
  const Options& options_;
  state::Random& request_ids_;
  Request request_;
  std::optional<Target> target_;
  Trace trace_;
  Family family_ = Family::kResource;
  std::unique_ptr<Job> inner_;  // what the control plane works on
};

}  // namespace synthetics::api
