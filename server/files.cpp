#include "server/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/start_error.hpp"

namespace synthetics::server {

std::string ReadFile(const std::string& path, const std::string& what) {
  std::ifstream file(path, std::ios::binary);
  // A directory can be opened, and not be read.
  if (!file || std::filesystem::is_directory(path)) {
    throw StartError("cannot read the " + what + " '" + path + "'");
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace synthetics::server
