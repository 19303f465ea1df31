#include "tests/support/failing_vfs.hpp"

#include <stdexcept>

#include <sqlite3.h>

#include "state/sqlite/database.hpp"

namespace synthetics::tests {

struct FailingVfs::Registration {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  FailingVfs* owner = nullptr;
};

namespace {

using Registration = FailingVfs::Registration;

// SQLite allocates the real file behind it.
struct File {
  sqlite3_file base;
  FailingVfs* vfs;

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
  if (self.vfs->Meet(false)) return SQLITE_IOERR_READ;
  return self.Methods().xRead(self.Real(), data, size, offset);
}

int Write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  File& self = File::Of(file);
  if (!self.vfs->Meet(true)) return self.Methods().xWrite(self.Real(), data, size, offset);
  self.Methods().xWrite(self.Real(), data, size / 2, offset);
  return self.vfs->CodeOr(SQLITE_IOERR_WRITE);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  File& self = File::Of(file);
  if (self.vfs->Meet(true)) return self.vfs->CodeOr(SQLITE_IOERR_TRUNCATE);
  return self.Methods().xTruncate(self.Real(), size);
}

// The disk itself is asked for nothing: it would take the time of a thousand other calls.
int Sync(sqlite3_file* file, int /*flags*/) {
  File& self = File::Of(file);
  return self.vfs->Meet(true) ? self.vfs->CodeOr(SQLITE_IOERR_FSYNC) : SQLITE_OK;
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

Registration& RegistrationOf(sqlite3_vfs* vfs) {
  return *static_cast<Registration*>(vfs->pAppData);
}

int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_given) {
  const Registration& registration = RegistrationOf(vfs);
  file->pMethods = nullptr;
  if (registration.owner->Meet((flags & SQLITE_OPEN_CREATE) != 0)) return SQLITE_CANTOPEN;
  File& self = File::Of(file);
  self.vfs = registration.owner;
  const int code =
      registration.real->xOpen(registration.real, path, self.Real(), flags, flags_given);
  if (self.Real()->pMethods != nullptr) self.base.pMethods = &kMethods;
  return code;
}

int Delete(sqlite3_vfs* vfs, const char* path, int sync) {
  const Registration& registration = RegistrationOf(vfs);
  if (registration.owner->Meet(true)) return SQLITE_IOERR_DELETE;
  return registration.real->xDelete(registration.real, path, sync);
}

}  // namespace

FailingVfs::FailingVfs(DiskFault fault)
    : fault_(fault), registration_(std::make_unique<Registration>()) {
  // SQLite has to be configured before anything else is asked of it.
  state::sqlite::Database::InMemory();
  registration_->real = sqlite3_vfs_find(nullptr);
  registration_->owner = this;
  sqlite3_vfs& vfs = registration_->vfs;
  vfs = *registration_->real;
  vfs.pNext = nullptr;
  vfs.szOsFile += static_cast<int>(sizeof(File));
  vfs.zName = "failing";
  vfs.pAppData = registration_.get();
  vfs.xOpen = &Open;
  vfs.xDelete = &Delete;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::runtime_error("no VFS");
}

FailingVfs::~FailingVfs() {
  sqlite3_vfs_unregister(&registration_->vfs);
  sqlite3_vfs_register(registration_->real, 1);
}

bool FailingVfs::Meet(bool is_write) {
  if (fault_ == DiskFault::kOne) return FailingPart::Meet(Length::kOnce);
  return is_write && FailingPart::Meet(Length::kUntilHealed);
}

int FailingVfs::CodeOr(int code) const { return fault_ == DiskFault::kFull ? SQLITE_FULL : code; }

}  // namespace synthetics::tests
