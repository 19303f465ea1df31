// What the control plane's handlers answer with. Their types say what the row of the table, and the
// document that is made of it, have to know: status, media type, shape.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "api/codec.hpp"
#include "api/control/control.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/job.hpp"

namespace synthetics::api {

// A shape by itself is a 200 with its JSON; the others follow.

struct NoContent {};

template <Shape T>
struct Created {
  T body;
};

// Under a name of the client's own: 201 for a new one, 200 for one that took another's place.
template <Shape T>
struct Stored {
  T body;
  bool is_new;
};

// What has no shape of ours, of a media type.
template <const std::string_view& kType>
struct Raw {
  std::string body;
};
using AnyJson = Raw<kJsonType>;
using MetricsText = Raw<kMetricsType>;
using PemFile = Raw<kPemType>;
using SnapshotFile = Raw<kSnapshotType>;

// An answer that takes long.
template <Shape T>
class Task {
 public:
  Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  virtual ~Task() = default;

  // Like `Job::Step` and `Job::Pause`.
  virtual std::optional<Result<T>> Step() = 0;
  virtual std::chrono::milliseconds Pause() const { return std::chrono::milliseconds{0}; }
};
template <Shape T>
using Later = std::unique_ptr<Task<T>>;

// How an answer looks from outside.
struct AnswerForm {
  std::span<const int> statuses;
  std::string_view type = {};                     // of the body; empty: there is none
  std::span<const Field> (*members)() = nullptr;  // null: of no fixed shape
};

inline constexpr std::array kOk{200};
inline constexpr std::array kCreated{201};
inline constexpr std::array kStored{200, 201};
inline constexpr std::array kNoContent{204};

template <Shape T>
constexpr AnswerForm FormOf(const T* /*type*/) {
  return {kOk, kJsonType, &FieldsOf<T>};
}
template <Shape T>
constexpr AnswerForm FormOf(const Created<T>* /*type*/) {
  return {kCreated, kJsonType, &FieldsOf<T>};
}
template <Shape T>
constexpr AnswerForm FormOf(const Stored<T>* /*type*/) {
  return {kStored, kJsonType, &FieldsOf<T>};
}
template <Shape T>
constexpr AnswerForm FormOf(const Later<T>* /*type*/) {
  return {kOk, kJsonType, &FieldsOf<T>};
}
constexpr AnswerForm FormOf(const NoContent* /*type*/) { return {kNoContent}; }
template <const std::string_view& kType>
constexpr AnswerForm FormOf(const Raw<kType>* /*type*/) {
  return {kOk, kType};
}

template <Shape T>
Response JsonAnswer(int status, const T& body) {
  Response response;
  response.status = status;
  response.body = Encode(body);
  return response;
}

template <Shape T>
Reply ToReply(T body) {
  return JsonAnswer(200, body);
}
template <Shape T>
Reply ToReply(Created<T> answer) {
  return JsonAnswer(201, answer.body);
}
template <Shape T>
Reply ToReply(Stored<T> answer) {
  return JsonAnswer(answer.is_new ? 201 : 200, answer.body);
}
inline Reply ToReply(NoContent /*answer*/) {
  Response response;
  response.status = 204;
  return response;
}
template <const std::string_view& kType>
Reply ToReply(Raw<kType> answer) {
  Response response;
  if (kType != kJsonType) response.headers.emplace_back("Content-Type", kType);
  response.body = std::move(answer.body);
  return response;
}

template <Shape T>
class TaskJob : public Job {
 public:
  explicit TaskJob(Later<T> task) : task_(std::move(task)) {}

  std::optional<Response> Step() override {
    const auto answer = task_->Step();
    if (!answer) return {};
    if (!*answer) return ToResponse(answer->error(), Family::kControl);
    return JsonAnswer(200, **answer);
  }
  std::chrono::milliseconds Pause() const override { return task_->Pause(); }

 private:
  Later<T> task_;
};
template <Shape T>
Reply ToReply(Later<T> task) {
  return std::make_unique<TaskJob<T>>(std::move(task));
}

}  // namespace synthetics::api
