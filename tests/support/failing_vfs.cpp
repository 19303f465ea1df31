#include "tests/support/failing_vfs.hpp"

#include <stdexcept>

#include <sqlite3.h>

#include "state/sqlite/database.hpp"

namespace synthetics::tests {

struct FailingVfs::State {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  DiskFault fault = DiskFault::kOne;
  std::int64_t calls_left = INT64_MAX;  // until one fails
  bool has_failed = false;

  // Whether this call fails.
  bool Meet(bool is_write) {
    if (fault == DiskFault::kFull && !is_write) return false;
    if (calls_left > 1) {
      --calls_left;
      return false;
    }
    if (fault == DiskFault::kOne) calls_left = INT64_MAX;
    has_failed = true;
    return true;
  }
  // What a call that writes fails with.
  int CodeOr(int code) const { return fault == DiskFault::kFull ? SQLITE_FULL : code; }
};

namespace {

using State = FailingVfs::State;

// SQLite allocates the real file behind it.
struct File {
  sqlite3_file base;
  State* state;

  static File& Of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  sqlite3_file* Real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  const sqlite3_io_methods& Methods() { return *Real()->pMethods; }
};

int Close(sqlite3_file* file) {
  File& self = File::Of(file);
  return self.Methods().xClose(self.Real());
}

int Read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
  File& self = File::Of(file);
  if (self.state->Meet(false)) return SQLITE_IOERR_READ;
  return self.Methods().xRead(self.Real(), data, size, offset);
}

int Write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  File& self = File::Of(file);
  if (!self.state->Meet(true)) return self.Methods().xWrite(self.Real(), data, size, offset);
  self.Methods().xWrite(self.Real(), data, size / 2, offset);
  return self.state->CodeOr(SQLITE_IOERR_WRITE);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  File& self = File::Of(file);
  if (self.state->Meet(true)) return self.state->CodeOr(SQLITE_IOERR_TRUNCATE);
  return self.Methods().xTruncate(self.Real(), size);
}

// The disk itself is asked for nothing: it would take the time of a thousand other calls.
int Sync(sqlite3_file* file, int /*flags*/) {
  File& self = File::Of(file);
  return self.state->Meet(true) ? self.state->CodeOr(SQLITE_IOERR_FSYNC) : SQLITE_OK;
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  File& self = File::Of(file);
  return self.Methods().xFileSize(self.Real(), size);
}

int Lock(sqlite3_file* file, int level) {
  File& self = File::Of(file);
  return self.Methods().xLock(self.Real(), level);
}

int Unlock(sqlite3_file* file, int level) {
  File& self = File::Of(file);
  return self.Methods().xUnlock(self.Real(), level);
}

int CheckReservedLock(sqlite3_file* file, int* result) {
  File& self = File::Of(file);
  return self.Methods().xCheckReservedLock(self.Real(), result);
}

int FileControl(sqlite3_file* file, int operation, void* argument) {
  File& self = File::Of(file);
  return self.Methods().xFileControl(self.Real(), operation, argument);
}

int SectorSize(sqlite3_file* file) {
  File& self = File::Of(file);
  return self.Methods().xSectorSize(self.Real());
}

int DeviceCharacteristics(sqlite3_file* file) {
  File& self = File::Of(file);
  return self.Methods().xDeviceCharacteristics(self.Real());
}

// The first version of them: no shared memory, which one user of a file does without.
constexpr sqlite3_io_methods kMethods{
    .iVersion = 1,
    .xClose = &Close,
    .xRead = &Read,
    .xWrite = &Write,
    .xTruncate = &Truncate,
    .xSync = &Sync,
    .xFileSize = &FileSize,
    .xLock = &Lock,
    .xUnlock = &Unlock,
    .xCheckReservedLock = &CheckReservedLock,
    .xFileControl = &FileControl,
    .xSectorSize = &SectorSize,
    .xDeviceCharacteristics = &DeviceCharacteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

State& StateOf(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_given) {
  State& state = StateOf(vfs);
  file->pMethods = nullptr;
  if (state.Meet((flags & SQLITE_OPEN_CREATE) != 0)) return SQLITE_CANTOPEN;
  File& self = File::Of(file);
  self.state = &state;
  const int code = state.real->xOpen(state.real, path, self.Real(), flags, flags_given);
  if (self.Real()->pMethods != nullptr) self.base.pMethods = &kMethods;
  return code;
}

int Delete(sqlite3_vfs* vfs, const char* path, int sync) {
  State& state = StateOf(vfs);
  if (state.Meet(true)) return SQLITE_IOERR_DELETE;
  return state.real->xDelete(state.real, path, sync);
}

}  // namespace

FailingVfs::FailingVfs() : state_(std::make_unique<State>()) {
  // SQLite has to be configured before anything else is asked of it.
  state::sqlite::Database::InMemory();
  state_->real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs& vfs = state_->vfs;
  vfs = *state_->real;
  vfs.pNext = nullptr;
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.zName = "failing";
  vfs.pAppData = state_.get();
  vfs.xOpen = &Open;
  vfs.xDelete = &Delete;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::runtime_error("no VFS");
}

FailingVfs::~FailingVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

void FailingVfs::FailAt(std::int64_t n, DiskFault fault) {
  state_->fault = fault;
  state_->calls_left = n;
  state_->has_failed = false;
}

void FailingVfs::Heal() { state_->calls_left = INT64_MAX; }

bool FailingVfs::HasFailed() const { return state_->has_failed; }

}  // namespace synthetics::tests
