// SQLite's way to the disk, with faults: what it asks of its default VFS is counted, and fails from
// where a test says.
#pragma once

#include <memory>

#include "tests/support/failing_part.hpp"

namespace synthetics::tests {

enum class DiskFault {
  kOne,   // one call fails, of whatever kind
  kFull,  // what writes fails, half of it done, until the disk is back
};

// One at a time. What is opened while it lives goes through it.
class FailingVfs : public FailingPart {
 public:
  explicit FailingVfs(DiskFault fault);
  ~FailingVfs() override;

  bool FailsReaders() const override { return fault_ == DiskFault::kOne; }

  // For SQLite's calls. Whether this one fails.
  bool Meet(bool is_write);
  // What a call that writes fails with.
  int CodeOr(int code) const;

  struct Registration;

 private:
  DiskFault fault_;
  std::unique_ptr<Registration> registration_;
};

}  // namespace synthetics::tests
