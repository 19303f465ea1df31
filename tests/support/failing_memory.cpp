#include "tests/support/failing_memory.hpp"

#include <stdexcept>

#include <sqlite3.h>

namespace synthetics::tests {
namespace {

// SQLite's methods for memory have no argument of their own to find them by.
FailingMemory* current = nullptr;
sqlite3_mem_methods real;

void* Allocate(int size) { return current->Meet() ? nullptr : real.xMalloc(size); }

void* Reallocate(void* memory, int size) {
  return current->Meet() ? nullptr : real.xRealloc(memory, size);
}

void Use(sqlite3_mem_methods& methods) {
  if (sqlite3_shutdown() != SQLITE_OK ||
      sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK) {
    throw std::runtime_error("SQLite does not take other memory");
  }
}

}  // namespace

FailingMemory::FailingMemory(MemoryFault fault) : fault_(fault) {
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
  current = this;
  sqlite3_mem_methods failing = real;
  failing.xMalloc = &Allocate;
  failing.xRealloc = &Reallocate;
  Use(failing);
}

FailingMemory::~FailingMemory() { Use(real); }

bool FailingMemory::Meet() {
  return FailingPart::Meet(fault_ == MemoryFault::kOne ? Length::kOnce : Length::kUntilHealed);
}

}  // namespace synthetics::tests
