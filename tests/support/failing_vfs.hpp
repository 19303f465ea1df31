// SQLite's way to the disk, with faults: what it asks of its default VFS is counted, and fails from
// where a test says.
#pragma once

#include <cstdint>
#include <memory>

namespace synthetics::tests {

enum class DiskFault {
  kOne,   // one call fails, of whatever kind
  kFull,  // what writes fails, half of it done, until the disk is back
};

// One at a time. What is opened while it lives goes through it.
class FailingVfs {
 public:
  FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;
  ~FailingVfs();

  // The n-th call from here on, that the fault is for, is the first to fail.
  void FailAt(std::int64_t n, DiskFault fault);
  // The disk is back.
  void Heal();

  // Whether a call has failed since `FailAt`.
  bool HasFailed() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace synthetics::tests
