// The way of one request, from its head to its answer.
#pragma once

#include <optional>

#include "api/auth/authorize.hpp"
#include "api/control/control.hpp"
#include "api/error.hpp"
#include "api/job.hpp"
#include "api/operation.hpp"
#include "api/options.hpp"
#include "api/target.hpp"
#include "state/engine/engine.hpp"
#include "state/host_clock.hpp"

namespace synthetics::api {

class RequestJob : public Job {
 public:
  RequestJob(state::Engine& engine, const state::HostClock& host, Control& control,
             const Options& options, const Request& request, state::Random& request_ids,
             Journal& journal, UsedActions& used_actions);

  // Brings the world up to date, then answers. Catches what nobody can answer for, the one place
  // that does: a 500 with an id that is in the log.
  std::optional<Response> Step() override;

  std::chrono::milliseconds Pause() const override {
    return inner_ ? inner_->Pause() : std::chrono::milliseconds{0};
  }

 private:
  std::optional<Response> StepGuarded();
  // The answer, which may tell of what is not stored yet.
  std::optional<Response> Work();
  bool HasCaughtUp();
  std::optional<ApiError> RefuseRoute();
  std::optional<Response> AnswerControl();
  Result<Response> AnswerOperation();
  // Whose world the request speaks to; with `--auth` once it is known who has signed it.
  Result<state::Scope> Identify();
  // What the signer's policies say, where `--auth` asks for that.
  Refusal Permit(Context& context, const Operation& operation, const Call& call);
  Result<Response> Invoke(Context& context, const Operation& operation, const Call& call);
  // The answer that a fault has for the operation's; none where the operation is asked all the
  // same.
  std::optional<Response> Fail(const Route& route);
  Response Refuse(const ApiError& error);
  Response Finish(Response response);

  state::Engine& engine_;
  const state::HostClock& host_;
  Control& control_;
  const Options& options_;
  state::Random& request_ids_;
  Journal& journal_;
  UsedActions& used_actions_;
  Request request_;
  std::optional<Target> target_;
  const Principal* principal_ = nullptr;  // who has signed the request, where that is asked
  Trace trace_;
  Delivery delivery_;
  Family family_ = Family::kResource;
  std::unique_ptr<Job> inner_;  // what the control plane works on
  // What has been answered waits one step for what it tells of to be stored: whatever arrives
  // meanwhile is stored with it.
  std::optional<Response> response_;
  std::int64_t unsettled_ = 0;
};

}  // namespace synthetics::api
