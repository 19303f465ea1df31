// A part of the machine that fails where a test says.
#pragma once

#include <cstdint>

namespace synthetics::tests {

class FailingPart {
 public:
  FailingPart() = default;
  FailingPart(const FailingPart&) = delete;
  FailingPart& operator=(const FailingPart&) = delete;
  virtual ~FailingPart() = default;

  // The n-th call to it from here on is the first to fail.
  void FailAt(std::int64_t n) {
    calls_left_ = n;
    has_failed_ = false;
  }
  // It is as good as new.
  void Heal() { calls_left_ = INT64_MAX; }

  // Whether a call has failed since `FailAt`.
  bool HasFailed() const { return has_failed_; }

  // Whether what only reads needs it.
  virtual bool FailsReaders() const { return true; }

 protected:
  // One more call: whether it fails, and whether those after it do, too.
  enum class Length { kOnce, kUntilHealed };
  bool Meet(Length length) {
    if (calls_left_ > 1) {
      --calls_left_;
      return false;
    }
    if (length == Length::kOnce) Heal();
    has_failed_ = true;
    return true;
  }

 private:
  std::int64_t calls_left_ = INT64_MAX;  // until one fails
  bool has_failed_ = false;
};

}  // namespace synthetics::tests
