// A zip made by hand, to be looked into.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace synthetics::tests {

// As many bytes as asked for, the lowest first.
inline std::string LittleEndian(std::size_t value, int bytes) {
  std::string text;
  for (; bytes > 0; --bytes, value >>= 8U) text += static_cast<char>(value & 0xFFU);
  return text;
}

// The part that the header of an entry and its record in the directory share: versions, flags,
// method, time, date, checksum and sizes of a stored file that is empty.
inline std::string EntryHead(const std::string& name) {
  const std::string first_of_1980 = LittleEndian(0x21, 2);
  return LittleEndian(20, 2) + std::string(6, '\0') + first_of_1980 + std::string(12, '\0') +
         LittleEndian(name.size(), 2) + LittleEndian(0, 2);
}

// A zip of empty files with these names, of which there may be 65,535. A name that ends with a
// slash is a directory.
inline std::string MakeZip(const std::vector<std::string>& names) {
  std::string files;
  std::string directory;
  for (const std::string& name : names) {
    directory += "PK\x01\x02" + LittleEndian(20, 2) + EntryHead(name) + std::string(10, '\0') +
                 LittleEndian(files.size(), 4) + name;
    files += "PK\x03\x04" + EntryHead(name) + name;
  }
  const std::string count = LittleEndian(names.size(), 2);
  return files + directory + "PK\x05\x06" + LittleEndian(0, 4) + count + count +
         LittleEndian(directory.size(), 4) + LittleEndian(files.size(), 4) + LittleEndian(0, 2);
}

}  // namespace synthetics::tests
