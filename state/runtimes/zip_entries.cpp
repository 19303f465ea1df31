#include "state/runtimes/zip_entries.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include <minizip/unzip.h>

namespace synthetics::state {
namespace {

// The record at a zip's end (APPNOTE 4.3.16): its mark, its size, and where in it the length of the
// comment stands that follows it.
constexpr std::string_view kEndMark{"PK\5\6"};
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kCommentLength = 20;

// What was cut off within its last bytes, minizip would take for whole.
bool IsWhole(std::string_view zip) {
  const std::size_t end = zip.rfind(kEndMark);
  if (end == std::string_view::npos || zip.size() - end < kEndSize) return false;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(zip[end + at]); };
  const std::size_t comment = byte(kCommentLength) + 256U * byte(kCommentLength + 1);
  return zip.size() - end - kEndSize >= comment;
}

// A zip in memory as the file that minizip asks for.
struct MemoryFile {
  std::string_view bytes;
  std::size_t position = 0;
};

MemoryFile& FileOf(voidpf stream) { return *static_cast<MemoryFile*>(stream); }

voidpf Open(voidpf file, const void* /*name*/, int /*mode*/) { return file; }

uLong Read(voidpf /*file*/, voidpf stream, void* buffer, uLong size) {
  MemoryFile& file = FileOf(stream);
  const std::size_t count = std::min<std::size_t>(size, file.bytes.size() - file.position);
  if (count > 0) std::memcpy(buffer, file.bytes.data() + file.position, count);
  file.position += count;
  return count;
}

ZPOS64_T Tell(voidpf /*file*/, voidpf stream) { return FileOf(stream).position; }

long Seek(voidpf /*file*/, voidpf stream, ZPOS64_T offset, int origin) {
  MemoryFile& file = FileOf(stream);
  const std::size_t from = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                           : origin == ZLIB_FILEFUNC_SEEK_CUR ? file.position
                                                              : file.bytes.size();
  if (offset > file.bytes.size() - from) return -1;
  file.position = from + offset;
  return 0;
}

int Close(voidpf /*file*/, voidpf /*stream*/) { return 0; }
int HasError(voidpf /*file*/, voidpf /*stream*/) { return 0; }

struct Closer {
  void operator()(void* zip) const { unzClose(zip); }
};

std::string NameOfEntry(unzFile zip) {
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) return {};
  std::string name(info.size_filename, '\0');
  unzGetCurrentFileInfo64(zip, &info, name.data(), info.size_filename, nullptr, 0, nullptr, 0);
  return name;
}

}  // namespace

std::vector<std::string> EntriesOf(std::string_view zip) {
  std::vector<std::string> entries;
  if (!IsWhole(zip)) return entries;
  MemoryFile file{.bytes = zip};
  zlib_filefunc64_def functions{.zopen64_file = &Open,
                                .zread_file = &Read,
                                .zwrite_file = nullptr,
                                .ztell64_file = &Tell,
                                .zseek64_file = &Seek,
                                .zclose_file = &Close,
                                .zerror_file = &HasError,
                                .opaque = &file};
  const std::unique_ptr<void, Closer> archive(unzOpen2_64("", &functions));
  if (!archive) return entries;
  for (int code = unzGoToFirstFile(archive.get()); code == UNZ_OK;
       code = unzGoToNextFile(archive.get())) {
    entries.push_back(NameOfEntry(archive.get()));
  }
  return entries;
}

}  // namespace synthetics::state
