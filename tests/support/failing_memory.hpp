// SQLite's way to memory, with faults: a piece that it asks for, it does not get.
#pragma once

#include "tests/support/failing_part.hpp"

namespace synthetics::tests {

enum class MemoryFault {
  kOne,   // one piece
  kFull,  // that one, and all after it, until there is memory again
};

// One at a time, and while no database is open.
class FailingMemory : public FailingPart {
 public:
  explicit FailingMemory(MemoryFault fault);
  ~FailingMemory() override;

  // For SQLite's calls. Whether this one fails.
  bool Meet();

 private:
  MemoryFault fault_;
};

}  // namespace synthetics::tests
